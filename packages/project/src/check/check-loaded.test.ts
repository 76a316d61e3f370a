/** What loaders give is judged as any other edge: by the type that follows from their options, or by a schema. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createDriver, loadNode, saveNode } from '@flowerpower/core';
import { builtinLoaders, builtinSavers, from, parseOptions, to } from '@flowerpower/io';
import { createModuleImporter } from '@flowerpower/modules';
import { buildCoreOnce, checkedProject, releases } from './__fixtures__/checked-project.js';
import type { CheckReport } from './report.js';

beforeAll(buildCoreOnce, 600_000);

function csv(options: object = {}): string {
  return builtinLoaders.csv.valueType!(parseOptions(builtinLoaders.csv, { path: 'a.csv', ...options }));
}

const types = { amount: 'number', day: 'date', id: 'bigint' };

/** No cell is null. */
const filled = { types, nullValues: [] };

/** Parameters with what is loaded for them. */
const fitting: readonly (readonly [parameter: string, loaded: string])[] = [
  ['{ amount: string }[]', csv()],
  ['{ amount: number }[]', csv(filled)],
  ['{ amount: number; name: string; day: Date; id: bigint }[]', csv(filled)],
  ['{ amount: number | null; name: string; day: Date | null }[]', csv({ types })],
  ['{ amount: number | null }[]', csv(filled)],
  ['{ name: string | null }[]', csv({ nullValues: ['-'] })],
  ['readonly Row[]', csv(filled)],
  ['Iterable<Row>', csv(filled)],
  ['Row[] | undefined', csv(filled)],
  ['Row[] | null', csv(filled)],
  ['{ name?: string }[]', csv()],
  ['Record<string, string>[]', csv()],
  ['Record<string, unknown>[]', csv(filled)],
  ['unknown', csv()],
  ['any[]', csv()],
  ['object[]', csv()],
  ['{ amount: number }[]', csv({ columns: ['amount', 'x'], ...filled, types: { amount: 'number' } })],
  ['{ amount: number }[]', csv({ ...filled, infer: true })],
  ['AsyncIterable<Row[]>', csv({ ...filled, as: 'batches' })],
  ['AsyncIterable<unknown>', csv({ as: 'batches' })],
  ['unknown[]', 'OpenRecord<{}, unknown>[]'],
  ['{ a: unknown }[]', 'OpenRecord<{}, unknown>[]'],
  ['Row[]', 'any[]'],
  ['string', 'string'],
  ['Uint8Array', 'Uint8Array'],
];
const misfitting: readonly (readonly [parameter: string, loaded: string])[] = [
  ['{ amount: number }[]', csv()],
  ['readonly Row[]', csv()],
  ['Row[]', csv({ types })],
  ['AsyncIterable<Row[]>', csv({ types, as: 'batches' })],
  ['{ day: Date }[]', csv({ types, nullValues: ['-'] })],
  ['{ name: string }[]', csv({ nullValues: ['-'] })],
  ['string', csv()],
  ['string[]', csv()],
  ['Row', csv(filled)],
  ['Row[]', csv({ ...filled, as: 'batches' })],
  ['AsyncIterable<Row[]>', csv(filled)],
  ['{ amount: string }[]', csv(filled)],
  ['Record<string, number>[]', csv()],
  ['{ amount: number; other: string }[]', csv({ columns: ['amount'], types: { amount: 'number' } })],
  ['string', 'OpenRecord<{}, unknown>[]'],
  ['number', 'string'],
  ['[Row, Row]', csv(filled)],
];

describe.each(Object.keys(releases) as (keyof typeof releases)[])('%s', (release) => {
  test('untyped data does not reach typed nodes, and what fits does', async () => {
    const cases = [...fitting, ...misfitting];
    const functions = cases.map(
      ([parameter], index) =>
        `export const f${index} = ({ rows${index} }: { rows${index}: ${parameter} }) => rows${index};`,
    );
    const project = checkedProject(
      { 'pipelines/etl.ts': ['export interface Row { amount: number }', ...functions].join('\n') },
      releases[release],
    );
    const { problems, uncheckedEdges } = await project.check({
      loaders: cases.map(([, type], index) => ({ name: `rows${index}`, type })),
    });
    const refused = problems.map((problem) =>
      problem.code === 'FP_EDGE_TYPE' ? problem.to.node : problem.message,
    );
    expect(refused).toEqual(misfitting.map((_, index) => `f${fitting.length + index}`));
    expect(uncheckedEdges).toEqual([]);
    const first = `rows${fitting.length}`;
    expect(problems[0]).toMatchObject({
      message: [
        `${first} gives { amount: string; }[], but f${fitting.length} wants { amount: number }[] for its parameter '${first}'.`,
        "  Types of property 'amount' are incompatible.",
        "  Type 'string' is not assignable to type 'number'.",
      ].join('\n'),
      hint: `Say what the data is under io.load.${first} (types, or a schema), or change what f${fitting.length} takes.`,
    });
  });
});

const schemas = `
export interface Standard<Output> {
  readonly '~standard': {
    readonly version: 1; readonly vendor: string; readonly validate: (value: unknown) => { value: Output };
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}
export const sales = {} as Standard<{ region: string; amount: number }[]>;
`;

test('a schema says what the functions get, from the module of the pipeline or another file', async () => {
  const project = checkedProject({
    'schemas/sales.ts': schemas,
    'pipelines/etl.ts': `export { sales } from '../schemas/sales.js';
      export const total = ({ rows }: { rows: { amount: number }[] }) => rows.length;
      export const wrong = ({ rows }: { rows: { amount: string }[] }) => rows.length;`,
  });
  for (const module of ['etl', 'sales']) {
    const files = ['pipelines/etl.ts', 'schemas/sales.ts'];
    const report = await project.check({
      files,
      loaders: [
        {
          name: 'rows',
          type: 'unknown',
          schema: { module: module === 'etl' ? 'pipelines/etl' : 'schemas/sales', exportName: 'sales' },
        },
      ],
    });
    expect(report.problems.map(({ message }) => message.split('\n')[0])).toEqual([
      "rows gives { region: string; amount: number; }[], but wrong wants { amount: string }[] for its parameter 'rows'.",
    ]);
    expect(report).toMatchObject({ edges: 2, unchecked: 0 });
  }
});

test('what only the data tells, or a plugin tells wrongly, is listed as unchecked', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': 'export const total = ({ rows }: { rows: number[] }) => rows.length;',
  });
  const check = async (type: string) => project.check({ loaders: [{ name: 'rows', type }] });
  expect(await check('unknown')).toMatchObject({
    ok: true,
    uncheckedEdges: [
      {
        from: 'rows',
        to: 'total',
        reason: "only the data tells what 'rows' is; a schema under io.load.rows would tell it before",
      },
    ],
  });
  expect(await check('NoSuchType[]')).toMatchObject({ ok: true, unchecked: 1 });
});

test('the null of an empty field is named, with the way out', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': 'export const total = ({ rows }: { rows: { amount: number }[] }) => rows.length;',
  });
  const { problems } = await project.check({ loaders: [{ name: 'rows', type: csv({ types }) }] });
  expect(problems).toMatchObject([
    {
      hint: 'An empty field is null. Let total take null, or set nullValues: [] under io.load.rows: then an empty field is an error.',
    },
  ]);
});

test('infer: true and jsonl: what columns hold that only the file tells is listed as unchecked', async () => {
  const project = checkedProject({
    'pipelines/etl.ts':
      'export const total = ({ rows }: { rows: { id: Date; amount: boolean }[] }) => rows.length;',
  });
  for (const type of [
    csv({ infer: true }),
    csv({ infer: true, types: { id: 'date' } }),
    'OpenRecord<{}, unknown>[]',
  ]) {
    const report = await project.check({ loaders: [{ name: 'rows', type }] });
    expect(report).toMatchObject({ ok: !type.includes('id'), edges: 0, unchecked: 1 });
    expect(report.uncheckedEdges[0]!.reason).toBe(
      "only the file tells what columns of 'rows' hold; types, or a schema under io.load.rows, would tell it before",
    );
  }
});

test('the nodes that a loader is made of are not edges of the project', async () => {
  const project = checkedProject({
    'pipelines/etl.ts':
      'export const total = ({ rows, text }: { rows: number[]; text: string }) => text + rows;',
  });
  const modules = [await createModuleImporter({ root: project.root }).import('pipelines/etl.ts')];
  const io = { rows: loadNode(from.json({ path: 'a.json' })), text: loadNode(from.text({ path: 'a.txt' })) };
  const { graph } = createDriver({ modules: [...modules, io] });
  const loaders = [
    { name: 'rows', type: 'unknown' },
    { name: 'text', type: 'string' },
  ];
  expect(await project.check({ graph, loaders })).toMatchObject({
    ok: true,
    edges: 1,
    uncheckedEdges: [{ from: 'rows', to: 'total' }],
  });
});

test('no value fits both a loader and its schema: the columns that clash are named, others are the business of the schema', async () => {
  const project = checkedProject({
    'schemas/sales.ts': `export interface Standard<Input, Output = Input> {
        readonly '~standard': {
          readonly version: 1; readonly vendor: string; readonly validate: (value: unknown) => { value: Output };
          readonly types?: { readonly input: Input; readonly output: Output } | undefined;
        };
      }
      interface Row { id: number; day: string; status: 'paid' | 'open'; note?: string; at: unknown }
      export const rows = {} as Standard<Row[]>;
      export const dates = {} as Standard<{ day: Date }[]>;
      export const any = {} as Standard<unknown, number[]>;`,
    'pipelines/etl.ts': 'export const size = ({ rows }: { rows: readonly unknown[] }) => rows.length;',
  });
  const check = async (exportName: string, options: object) => {
    const report = await project.check({
      files: ['pipelines/etl.ts', 'schemas/sales.ts'],
      loaders: [{ name: 'rows', type: csv(options), schema: { module: 'schemas/sales', exportName } }],
      placeOf: (keys) => ({ file: keys.join('.') }),
    });
    expect(report).toMatchObject({ edges: 1, unchecked: 0 });
    return report.problems;
  };
  const id = { id: 'integer' };
  expect(await check('rows', { types: id })).toEqual([]);
  expect(await check('rows', { types: id, as: 'batches' })).toMatchObject([{ to: { node: 'size' } }]);
  expect(await check('rows', { infer: true })).toEqual([]);
  expect(await check('any', {})).toEqual([]);
  expect(await check('dates', { types: { day: 'date' } })).toEqual([]);
  expect(await check('dates', {})).toMatchObject([{ code: 'FP_EDGE_TYPE' }]);
  const [clash, ...others] = await check('rows', { types: { ...id, day: 'date' } });
  expect(others).toEqual([]);
  expect(clash).toMatchObject({ code: 'FP_EDGE_TYPE', places: [{ file: 'io.load.rows' }] });
  expect(clash!.message).toMatch(/^The loader of io\.load\.rows gives .*day: Date/);
  expect(clash!.message).toContain('but its schema rows wants ');
  expect(clash!.message).toContain("Types of property 'day' are incompatible.");
});

/** What nodes give, with the type of a saver. */
const savable: readonly (readonly [given: string, saved: string])[] = [
  ['string', saverType('text')],
  ['Promise<string>', saverType('text')],
  ['Uint8Array', saverType('bytes')],
  ['{ a: number }[]', saverType('csv')],
  ['Row[]', saverType('csv')],
  ['readonly Row[][]', saverType('csv')],
  ['AsyncIterable<Row[]>', saverType('jsonl')],
  ['Map<string, Row>', saverType('csv')],
  ['unknown[]', saverType('csv')],
  ['any', saverType('text')],
  ['Row', saverType('json')],
  ['Date | null', saverType('yaml')],
  ['number', 'unknown'],
];
const unsavable: readonly (readonly [given: string, saved: string])[] = [
  ['Row', saverType('text')],
  ['number', saverType('text')],
  ['string | undefined', saverType('text')],
  ['string', saverType('bytes')],
  ['number', saverType('csv')],
  ['number[]', saverType('csv')],
  ['string', saverType('jsonl')],
  ['Uint8Array', saverType('csv')],
  ['Row', saverType('csv')],
  ['bigint', saverType('json')],
  ['void', saverType('yaml')],
];

function saverType(type: keyof typeof builtinSavers): string {
  const saver = builtinSavers[type];
  return saver.valueType!(parseOptions(saver, { path: 'a' }) as never);
}

test('a saver of the configuration is judged by the type that it tells', async () => {
  const cases = [...savable, ...unsavable];
  const project = checkedProject({
    'pipelines/etl.ts': [
      'export interface Row { amount: number }',
      ...cases.map(
        ([given], index) => `export declare const made${index}: ${given};
        export const n${index} = () => made${index};`,
      ),
    ]
      .join('\n')
      .replaceAll('export declare const', 'declare const'),
  });
  const modules = [await createModuleImporter({ root: project.root }).import('pipelines/etl.ts')];
  const io = Object.fromEntries(
    cases.map((_, index) => [`save.n${index}`, saveNode(`n${index}`, to.json({ path: `${index}.json` }))]),
  );
  const { graph } = createDriver({ modules: [...modules, io] });
  const report = await project.check({
    graph,
    savers: cases.map(([, type], index) => ({
      name: `n${index}`,
      node: `save.n${index}`,
      format: 'x',
      type,
    })),
    placeOf: (keys) => ({ file: keys.join('.') }),
  });
  expect(
    report.problems.map((problem) => (problem.code === 'FP_EDGE_TYPE' ? problem.from.node : problem.message)),
  ).toEqual(unsavable.map((_, index) => `n${savable.length + index}`));
  expect(report).toMatchObject({ unchecked: 0, edges: cases.length - 1 });
  expect(report.problems[0]).toMatchObject({
    message: `n${savable.length} gives Row, but io.save.n${savable.length} (x) takes string.`,
    hint: `Change what n${savable.length} returns, or the type under io.save.n${savable.length}.`,
    places: [{ file: expect.stringMatching(/etl\.ts$/) as string }, { file: `io.save.n${savable.length}` }],
  });
});

test('what a saver takes of a node that modifiers made, of items and of a loader is judged too', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `import { checkOutput, inRange, node, parallelizable } from '@flowerpower/core';
      export const cleaned = node(({ x }: { x: number }) => x, checkOutput(inRange(0, 1)));
      export const items = node(() => [1, 2], parallelizable());
      export const use = ({ text }: { text: string }) => text;`,
  });
  const modules = [await createModuleImporter({ root: project.root }).import('pipelines/etl.ts')];
  const saved = ['cleaned', 'items', 'text', 'x'];
  const io = {
    text: loadNode(from.text({ path: 'a.txt' })),
    ...Object.fromEntries(
      saved.map((name) => [`save.${name}`, saveNode(name, to.json({ path: `${name}.json` }))]),
    ),
  };
  const { graph } = createDriver({ modules: [...modules, io] });
  const check = (type: string) =>
    project.check({
      graph,
      loaders: [{ name: 'text', type: 'string' }],
      savers: saved.map((name) => ({ name, node: `save.${name}`, format: 'x', type })),
    });
  const refused = ({ problems }: CheckReport) => problems.map(({ message }) => message.split('\n')[0]);
  expect(refused(await check('string'))).toEqual([
    'cleaned gives number, but io.save.cleaned (x) takes string.',
    'Each item of items is number, but io.save.items (x) takes string.',
  ]);
  expect(refused(await check('number'))).toEqual(['text gives string, but io.save.text (x) takes number.']);
  expect(await check('NoSuchType')).toMatchObject({ ok: true, unchecked: 3 });
});

test('where compiler options are wrong, no edge counts as checked', async () => {
  const project = checkedProject({
    'tsconfig.json': '{ "compilerOptions": { "types": ["no-such-types"] } }',
    'pipelines/etl.ts':
      'export const one = (): number => 1;\nexport const two = ({ one }: { one: string }): string => one;',
  });
  const report = await project.check();
  expect(report).toMatchObject({ ok: false, edges: 0, unchecked: 0 });
  expect(report.problems).toMatchObject([{ code: 'FP_CHECK_SOURCE', ts: { code: 2688 } }]);
});
