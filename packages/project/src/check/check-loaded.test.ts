/** What loaders give is judged as any other edge: by the type that follows from their options, or by a schema. */
import { beforeAll, describe, expect, test } from 'vitest';
import { createDriver, loadNode, saveNode } from '@flowerpower/core';
import { builtinLoaders, from, parseOptions, to } from '@flowerpower/io';
import { createModuleImporter } from '@flowerpower/modules';
import { buildCoreOnce, checkedProject, releases } from './__fixtures__/checked-project.js';

beforeAll(buildCoreOnce, 600_000);

function csv(options: object = {}): string {
  return builtinLoaders.csv.valueType!(parseOptions(builtinLoaders.csv, { path: 'a.csv', ...options }));
}

const types = { amount: 'number', day: 'date', id: 'bigint' };

/** Parameters with what is loaded for them. */
const fitting: readonly (readonly [parameter: string, loaded: string])[] = [
  ['{ amount: string }[]', csv()],
  ['{ amount: number }[]', csv({ types })],
  ['{ amount: number | null; name: string; day: Date; id: bigint }[]', csv({ types })],
  ['readonly Row[]', csv({ types })],
  ['Iterable<Row>', csv({ types })],
  ['Row[] | undefined', csv({ types })],
  ['Row[] | null', csv({ types })],
  ['{ name?: string }[]', csv()],
  ['Record<string, string>[]', csv()],
  ['Record<string, unknown>[]', csv({ types })],
  ['unknown', csv()],
  ['any[]', csv()],
  ['object[]', csv()],
  ['{ amount: number }[]', csv({ infer: true })],
  ['{ amount: number }[]', csv({ columns: ['amount', 'x'], types: { amount: 'number' } })],
  ['AsyncIterable<Row[]>', csv({ types, as: 'batches' })],
  ['AsyncIterable<unknown>', csv({ as: 'batches' })],
  ['Row[]', 'OpenRecord<{}, unknown>[]'],
  ['Row[]', 'any[]'],
  ['string', 'string'],
  ['Uint8Array', 'Uint8Array'],
];
const misfitting: readonly (readonly [parameter: string, loaded: string])[] = [
  ['{ amount: number }[]', csv()],
  ['readonly Row[]', csv()],
  ['string', csv()],
  ['string[]', csv()],
  ['Row', csv({ types })],
  ['Row[]', csv({ types, as: 'batches' })],
  ['AsyncIterable<Row[]>', csv({ types })],
  ['{ amount: string }[]', csv({ types })],
  ['Record<string, number>[]', csv()],
  ['{ amount: number; other: string }[]', csv({ columns: ['amount'], types: { amount: 'number' } })],
  ['string', 'OpenRecord<{}, unknown>[]'],
  ['number', 'string'],
  ['[Row, Row]', csv({ types })],
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
    const { problems, unchecked } = await project.check({
      loaders: cases.map(([, type], index) => ({ name: `rows${index}`, type })),
    });
    const refused = problems.map((problem) =>
      problem.code === 'FP_EDGE_TYPE' ? problem.to.node : problem.message,
    );
    expect(refused).toEqual(misfitting.map((_, index) => `f${fitting.length + index}`));
    expect(unchecked).toBe(0);
    expect(problems[0]).toMatchObject({
      message: [
        "rows21 gives { amount: string; }[], but f21 wants { amount: number }[] for its parameter 'rows21'.",
        "  Types of property 'amount' are incompatible.",
        "  Type 'string' is not assignable to type 'number'.",
      ].join('\n'),
      hint: 'Say what the data is under io.load.rows21 (types, or a schema), or change what f21 takes.',
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

test('what a saver of the configuration takes is neither counted nor listed', async () => {
  const project = checkedProject({
    'pipelines/etl.ts':
      'export const one = (): number => 1;\nexport const two = ({ one }: { one: number }): number => one;',
  });
  const modules = [await createModuleImporter({ root: project.root }).import('pipelines/etl.ts')];
  const io = { 'save.two': saveNode('two', to.json({ path: 'two.json' })) };
  const { graph } = createDriver({ modules: [...modules, io] });
  expect(await project.check({ graph })).toMatchObject({ ok: true, edges: 1, unchecked: 0 });
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
