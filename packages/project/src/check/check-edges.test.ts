/** Real projects, real compilers: what is found, and that nothing right is found fault with. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { source } from '@flowerpower/core';
import { buildCoreOnce, checkedProject, releases } from './__fixtures__/checked-project.js';
import type { CheckReport } from './report.js';

beforeAll(buildCoreOnce, 600_000);

/** One line a problem: code, giver and taker with the types. */
function summary({ problems }: CheckReport): string[] {
  return problems.map((problem) => {
    if (problem.code !== 'FP_EDGE_TYPE') return problem.code;
    const { from, to } = problem;
    const parameter = from.parameter === undefined ? '' : `(${from.parameter})`;
    return `${from.node}${parameter}: ${from.type} -> ${to.node}(${to.parameter}): ${to.type}`;
  });
}

const rightGraph = `
import { node, tag, when, type NodeContext } from '@flowerpower/core';

export interface Row { id: string; amount: number }

// Object style; a promise; an optional edge that nothing gives; a rename in the pattern.
export async function cleaned({ raw, limit = 10 }: { raw: string[]; limit?: number }): Promise<Row[]> {
  return raw.slice(0, limit).map((id) => ({ id, amount: 1 }));
}
export const amounts = ({ cleaned: rows }: { cleaned: Row[] }, ctx: NodeContext) => {
  ctx.log.info('amounts');
  return rows.map(({ amount }) => amount);
};

// Positional, with and without a context, with an optional edge; widening to readonly and to Iterable.
export function total(amounts: Iterable<number>, ctx: NodeContext): number {
  return [...amounts].reduce((sum, amount) => sum + amount, ctx.attempt);
}
export function scaled(amounts: readonly number[], factor: number, total = 1): number[] {
  return amounts.map((amount) => (amount * factor) / total);
}
export function count(cleaned: Row[]): number { return cleaned.length; }

// Explicit inputs, a further parameter with a default, a context under any name, and edges renamed by params.
export const ratio = node({ inputs: ['count', 'total'] }, (some: number, all: number, digits = 2) =>
  (some / all).toFixed(digits), tag({ owner: 'growth' }));
export const logged = node({ inputs: ['ratio'] }, (text: string, context: NodeContext) => {
  context.log.info(text);
  return text;
});
export const doubled = ({ value }: { value: number }) => 2 * value;

// Async iterables stay what they are.
export async function* lines({ cleaned }: { cleaned: Row[] }): AsyncGenerator<string> {
  for (const { id } of cleaned) yield id;
}
export async function joined({ lines }: { lines: AsyncIterable<string> }): Promise<string> {
  let all = '';
  for await (const line of lines) all += line;
  return all;
}

// Generics and overloads are judged by what they are called with.
export function identity<T>({ cleaned }: { cleaned: T }): T { return cleaned; }
export function first<T extends { id: string }>(identity: readonly T[]): T | undefined { return identity[0]; }
export function firstAmount({ first }: { first: Row | undefined }): number | undefined { return first?.amount; }
export function same<const T>({ mode }: { mode: T }): T { return mode; }
export function useMode({ same }: { same: 'fast' | 'slow' }): string { return same; }
export function shown(value: string): string;
export function shown(value: number): number[];
export function shown(value: string | number): unknown { return value; }
export function useShown({ shown }: { shown: number[] }): number { return shown.length; }
/** Of a shared type of inputs, it reads one. */
export function reader({ total }: { total: number; neverRead: string }): number { return total; }
export function echo<T>({ anything }: { anything: T }): T { return anything; }
export function useEcho({ echo }: { echo: Date }): number { return echo.getTime(); }

// Variants.
export const rate__uk = node(() => 0.2, when({ country: 'uk' }));
export const rate__none = node(() => 'none', when({ country: 'none' }));
export const taxed = ({ rate, total }: { rate: number; total: number }) => rate * total;
`;

/** Options that find fault with more than the plain language does. */
const strictest = JSON.stringify({
  compilerOptions: {
    target: 'ES2023',
    module: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noPropertyAccessFromIndexSignature: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    allowUnreachableCode: false,
    verbatimModuleSyntax: true,
    isolatedModules: true,
  },
});

const wrongGraph = `
import { node, when, type NodeContext } from '@flowerpower/core';
export interface Row { id: string; amount: number }

export async function cleaned(): Promise<Row[]> { return []; }
export async function* stream(): AsyncGenerator<string> { yield ''; }
export const unannotated = () => ({ a: 1 });
export const rate__uk = node(() => 0.2, when({ country: 'uk' }));
export const rate__none = node(() => 'none', when({ country: 'none' }));
export const maybe = (): number | undefined => undefined;
export function generic<T>({ cleaned }: { cleaned: T[] }): T { return cleaned[0]!; }

export function object({ cleaned: rows, rate }: { cleaned: number[]; rate: number }): number { return rows.length * rate; }
export function positional(cleaned: Row[], rate: Date, maybe: number, ctx: NodeContext): number { return ctx.attempt; }
export const explicit = node({ inputs: ['stream', 'cleaned'] }, (texts: Iterable<string>, rows: Row[]) => [texts, rows]);
export const renamed = ({ value }: { value: number[] }) => value;
export const optional = ({ unannotated }: { unannotated?: { b: string } }) => unannotated;
export function fromGeneric({ generic }: { generic: string }): string { return generic; }
export function constrained<T extends { price: number }>({ cleaned }: { cleaned: T[] }): T[] { return cleaned; }
export function overloaded(options: { cleaned: string }): string;
export function overloaded(options: { cleaned: number }): string;
export function overloaded({ cleaned }: { cleaned: string | number }): string { return String(cleaned); }
export function bound({ size, names, db }: { size: number; names: string[]; db: { mode: 'r' | 'w' } }): number { return size; }
export function badContext({ cleaned }: { cleaned: Row[] }, ctx: { user: string }): string { return ctx.user; }
`;

describe.each(Object.entries(releases))('%s', (_, release) => {
  test('a right graph has no problems', async () => {
    const project = checkedProject({ 'pipelines/etl.ts': rightGraph, 'tsconfig.json': strictest }, release);
    const report = await project.check({
      config: { country: 'uk' },
      params: {
        scaled: { factor: 3 },
        doubled: { value: source('total') },
        same: { mode: 'fast' },
        shown: { value: 1 },
      },
    });
    expect(report).toMatchObject({ ok: true, problems: [], unchecked: 0, openInputs: ['raw', 'anything'] });
    expect(report.edges).toBe(23);
    expect(report.typescript).toMatch(release === 'ts7' ? /^7\./ : /^6\./);
  });

  test('a wrong edge is reported in every style, with both places and both types', async () => {
    const project = checkedProject({ 'pipelines/etl.ts': wrongGraph }, release);
    const report = await project.check({
      config: { country: 'none' },
      params: {
        renamed: { value: source('cleaned') },
        bound: { size: 'ten', names: ['a', 1], db: { mode: 'x' } },
      },
    });
    expect(report.ok).toBe(false);
    expect(summary(report).sort()).toEqual(
      [
        'cleaned: Row[] -> object(cleaned): number[]',
        'rate: string -> object(rate): number',
        'rate: string -> positional(rate): Date',
        'maybe: number | undefined -> positional(maybe): number',
        'stream: AsyncGenerator<string> -> explicit(stream): Iterable<string>',
        'cleaned: Row[] -> renamed(value): number[]',
        'unannotated: { a: number; } -> optional(unannotated): { b: string }',
        'generic: T -> fromGeneric(generic): string',
        'cleaned: Row[] -> constrained(cleaned): T[]',
        'cleaned: Row[] -> overloaded(cleaned): string | number',
        'params.bound.size: string -> bound(size): number',
        'params.bound.names: undefined -> bound(names): string[]',
        "params.bound.db: undefined -> bound(db): { mode: 'r' | 'w' }",
        'FP_CHECK_NODE',
      ].sort(),
    );
    const [object] = report.problems.filter(({ message }) => message.includes('object'));
    const file = `${project.root}/pipelines/etl.ts`;
    expect(object).toMatchObject({
      code: 'FP_EDGE_TYPE',
      message:
        "cleaned gives Row[], but object wants number[] for its parameter 'cleaned'.\n" +
        "  Type 'Row' is not assignable to type 'number'.",
      places: [
        { file, line: 5 },
        { file, line: 13 },
      ],
      from: { node: 'cleaned', type: 'Row[]', place: { file, line: 5 } },
      to: { node: 'object', parameter: 'cleaned', type: 'number[]', place: { file, line: 13 } },
      ts: { code: 2322 },
    });
    const text = report.problems.map(({ message }) => message).join('\n');
    // The compiler compares what the generic function gives here, which the annotation does not tell.
    expect(text).toContain(
      "generic gives T, but fromGeneric wants string for its parameter 'generic'.\n  Type 'Row' is",
    );
    expect(text).toContain('params.bound.names is a value that does not fit, but bound wants string[]');
    expect(text).toContain("no overload of overloaded takes it as parameter 'cleaned'.");
    expect(text).toContain('badContext cannot be called with the node context');
  });

  test('errors in the files of the project are reported with their places', async () => {
    const project = checkedProject(
      {
        'pipelines/etl.ts':
          "import { help } from '../lib/help.ts';\nexport const a = (): number => help('x');\nexport const b = ({ a }: { a: string }) => a;\n",
        'lib/help.ts': 'export const help = (n: number): number => n.toFixed();\n',
        // Everything in it that gets in the way of a check, and a global declaration that is needed.
        'tsconfig.json': JSON.stringify({
          compilerOptions: {
            strict: true,
            target: 'ES2022',
            module: 'NodeNext',
            rootDir: 'pipelines',
            outDir: 'dist',
            declarationDir: 'types',
            tsBuildInfoFile: 'info.tsbuildinfo',
            composite: true,
            isolatedDeclarations: true,
            verbatimModuleSyntax: true,
            noUnusedLocals: true,
            noCheck: true,
          },
          include: ['pipelines'],
        }),
      },
      release,
    );
    const report = await project.check();
    expect(
      report.problems.map((found) => [found.code, found.places?.[0], 'ts' in found && found.ts.code]),
    ).toEqual([
      ['FP_CHECK_SOURCE', { file: `${project.root}/lib/help.ts`, line: 1, column: 44 }, 2322],
      ['FP_CHECK_SOURCE', { file: `${project.root}/pipelines/etl.ts`, line: 2, column: 37 }, 2345],
      ['FP_EDGE_TYPE', { file: `${project.root}/pipelines/etl.ts`, line: 2, column: 14 }, 2322],
    ]);
    expect(report.problems[0]?.message).toBe("Type 'string' is not assignable to type 'number'. (TS2322)");
  });
});

test("the project's own options decide, wherever its tsconfig.json is", async () => {
  const module = `
export const maybe = (): number | undefined => undefined;
export const takes = ({ maybe }: { maybe: number }) => maybe + unitFactor;
`;
  const files = {
    'app/package.json': '{ "type": "commonjs" }',
    'app/pipelines/etl.ts': module,
    'app/globals.d.ts': 'declare const unitFactor: number;',
  };
  const strict = checkedProject({ ...files, 'tsconfig.json': '{ "compilerOptions": { "strict": true } }' });
  const root = `${strict.root}/app`;
  const request = { files: ['app/pipelines/etl.ts'], root };
  expect(summary(await strict.check(request))).toEqual(['maybe: number | undefined -> takes(maybe): number']);
  const loose = checkedProject({ ...files, 'tsconfig.json': '{ "compilerOptions": { "strict": false } }' });
  expect((await loose.check({ ...request, root: `${loose.root}/app` })).problems).toEqual([]);
});

test('bad compiler options are a problem of the tsconfig.json', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': 'export const a = () => 1;',
    'tsconfig.json': '{ "compilerOptions": { "strcit": true } }',
  });
  const { problems } = await project.check();
  expect(problems).toMatchObject([
    {
      code: 'FP_CHECK_SOURCE',
      places: [{ file: `${project.root}/tsconfig.json`, line: 1 }],
      ts: { code: 5023 },
    },
  ]);
});

test('a project without tsconfig.json may import JavaScript and files with any extension', async () => {
  const project = checkedProject({
    'pipelines/etl.ts':
      "import { one } from '../lib/one.js';\nimport { two } from '../lib/two';\nimport { three } from '../lib/three.ts';\nexport const sum = () => one + two + three;",
    'lib/one.js': 'export const one = 1;',
    'lib/two.ts': 'export const two = 2;',
    'lib/three.ts': 'export const three = 3;',
  });
  expect((await project.check()).problems).toEqual([]);
});

describe('values from outside', () => {
  const consumers = `
export const rows = ({ table, limit }: { table: string[]; limit: number }) => table.slice(0, limit);
export const names = ({ table }: { table: number[] }) => table;
export const strict = ({ limit }: { limit?: string }) => limit;
export const wide = ({ limit }: { limit: unknown }) => limit;
export const url = ({ db }: { db: { url: string } }) => db.url;
export const token = ({ db }: { db: { token: string; deep: { a: number } } }) => db.token;
`;

  test('two functions that want incompatible types of one value are reported', async () => {
    const project = checkedProject({ 'pipelines/etl.ts': consumers });
    const report = await project.check();
    expect(summary(report)).toEqual([
      'names(table): number[] -> rows(table): string[]',
      'rows(limit): number -> strict(limit): string',
    ]);
    expect(report.problems[1]).toMatchObject({
      message:
        "'limit' goes to both functions: rows wants number for its parameter 'limit', but strict wants string for its parameter 'limit'.",
    });
    expect(report.openInputs).toEqual(['table', 'limit', 'db']);
  });

  test('a value that is given is judged by each function itself', async () => {
    const project = checkedProject({ 'pipelines/etl.ts': consumers });
    const report = await project.check({
      inputs: { limit: 3, db: { url: 'u', token: 't', deep: { a: 1 }, extra: true } },
      loaders: [{ name: 'table' }],
    });
    expect(summary(report)).toEqual([
      'names(table): number[] -> rows(table): string[]',
      'limit: number -> strict(limit): string',
    ]);
    expect(report.problems[1]?.message).toBe(
      "The input 'limit' is number, but strict wants string for its parameter 'limit'.",
    );
    expect(report.openInputs).toEqual([]);
  });

  test('a value that JSON cannot express fits everywhere', async () => {
    const project = checkedProject({
      'pipelines/etl.ts': 'export const day = ({ at }: { at: Date }) => at.getDay();',
    });
    expect(await project.check({ inputs: { at: new Date(0) } })).toMatchObject({ ok: true, openInputs: [] });
    expect(await project.check({ params: { day: { at: new Date(0) } } })).toMatchObject({ ok: true });
    expect(summary(await project.check({ inputs: { at: '1970-01-01' } }))).toEqual([
      'at: string -> day(at): Date',
    ]);
  });

  test('a misspelt key of a value that one function takes is reported', async () => {
    const project = checkedProject({
      'pipelines/etl.ts': 'export const f = ({ o }: { o: { size?: number } }) => o.size;',
    });
    for (const request of [{ inputs: { o: { siez: 1 } } }, { params: { f: { o: { siez: 1 } } } }]) {
      const { problems } = await project.check(request);
      expect(problems).toMatchObject([{ code: 'FP_EDGE_TYPE', to: { node: 'f', parameter: 'o' } }]);
      expect(problems[0]?.message).toContain('siez');
    }
  });

  test('a secret is not written, but its type is checked', async () => {
    const project = checkedProject({
      'pipelines/etl.ts': 'export const f = ({ key, n }: { key: string; n: number }) => key + n;',
    });
    const isSecret = (value: string | number) => String(value).includes('hunter2');
    const report = await project.check({
      inputs: { key: 'hunter2' },
      params: { f: { n: 'hunter2' } },
      isSecret,
    });
    expect(summary(report)).toEqual(['params.f.n: string -> f(n): number']);
    expect(JSON.stringify(report)).not.toContain('hunter2');
    expect(readFileSync(report.program, 'utf8')).not.toContain('hunter2');
  });

  test('a text that stands in for an unknown value fits everywhere, and what holds it too', async () => {
    const project = checkedProject({
      'pipelines/etl.ts': 'export const f = ({ n, o }: { n: number; o: { k: boolean } }) => [n, o];',
    });
    const isUnknown = (value: string) => value === '${V}';
    const request = { inputs: { n: '${V}' }, params: { f: { o: { k: '${V}' } } } };
    expect(await project.check({ ...request, isUnknown })).toMatchObject({ ok: true, openInputs: [] });
    expect(summary(await project.check(request))).toHaveLength(2);
  });

  test('config values are judged like inputs', async () => {
    const project = checkedProject({ 'pipelines/etl.ts': 'export const f = ({ n }: { n: number }) => n;' });
    const config = { n: 'one' };
    expect(await project.check({ config })).toMatchObject({ ok: true, edges: 1, openInputs: [] });
    expect(summary(await project.check({ config, inputs: config }))).toEqual(['n: string -> f(n): number']);
  });
});

/** Whether it is reported that two functions want types of one input that disagree. */
test('types clash when no value can be of both', async () => {
  const cases: [a: string, b: string, clash: boolean][] = [
    ['number', 'string', true],
    ['{ a: number }', '{ a: string }', true],
    ['{ a: { b: number }[] }', '{ a: { b: string }[] }', true],
    ['string[]', 'string', true],
    ['boolean', '{ a: 1 }', true],
    ["'a' | 'b'", "'c'", true],
    ["'a' | 'b'", 'string', false],
    ['string | number', 'number | boolean', false],
    ['(string | number)[]', '(number | boolean)[]', false],
    ['{ a: number }', '{ b: string }', false],
    ['{ a: number; b?: string }', '{ b: string }', false],
    ['unknown', 'string', false],
    ['any', 'string', false],
    ['readonly string[]', 'string[]', false],
    ['Iterable<string>', 'string[]', false],
    ['() => number', '(x: string) => number', false],
    ['Tree', '{ next: Tree; x: 1 }', false],
  ];
  const functions = cases.map(
    ([a, b], i) => `
export const a${i} = (x${i}: unknown) => x${i};
export const b${i} = ({ x${i} }: { x${i}: ${a} }): ${a} => x${i};
export function c${i}(other: number, x${i}: ${b}): void {}
export const d${i} = ({ x${i} }: { x${i}?: ${a} }) => x${i};`,
  );
  const overloads = `
export function e(x17: number): number;
export function e(x17: string): number;
export function e(x17: string | number): number { return Number(x17); }
export const f = ({ x17 }: { x17: number }) => x17;
export const g = <T extends string>({ x18 }: { x18: T }): T => x18;
export const h = ({ x18 }: { x18: 'a' }) => x18;`;
  const project = checkedProject({
    'pipelines/etl.ts': `interface Tree { next?: Tree }\n${functions.join('\n')}\n${overloads}`,
  });
  const expected = cases.flatMap(([a, b, clash], i) =>
    clash ? [`b${i}(x${i}): ${a} -> c${i}(x${i}): ${b}`] : [],
  );
  expect(summary(await project.check())).toEqual(expected);
});

describe('what has no static type', () => {
  test('edges of JavaScript modules are counted, not checked', async () => {
    const project = checkedProject({
      'pipelines/plain.js': 'export const raw = () => 1;\nexport const shout = ({ text }) => text;',
      'pipelines/etl.ts':
        'export const text = ({ raw }: { raw: string }): number => raw.length;\nexport const size = ({ text }: { text: number }) => text;',
    });
    const report = await project.check({ files: ['pipelines/plain.js', 'pipelines/etl.ts'] });
    expect(report).toMatchObject({ ok: true, problems: [], edges: 1, unchecked: 2, openInputs: [] });
  });

  test('nodes made at run time give a value that fits everywhere', async () => {
    const project = checkedProject({
      'pipelines/etl.ts':
        'export const made = ({ sales }: { sales: string }) => sales;\nexport const uses = ({ sales }: { sales: number }) => sales;',
    });
    const { createDriver } = await import('@flowerpower/core');
    const { createModuleImporter } = await import('@flowerpower/modules');
    const module = await createModuleImporter({ root: project.root }).import('pipelines/etl.ts');
    const { graph } = createDriver({ modules: [module] });
    const nodes = new Map(graph.nodes);
    nodes.set('sales', { ...nodes.get('sales')!, kind: 'loader' });
    const report = await project.check({ graph: { ...graph, nodes, inputs: [] } });
    const reason = "'sales' comes from no TypeScript module";
    expect(report).toMatchObject({
      edges: 0,
      unchecked: 2,
      uncheckedEdges: [
        { from: 'sales', to: 'made', parameter: 'sales', reason },
        { from: 'sales', to: 'uses', parameter: 'sales', reason },
      ],
      openInputs: [],
    });
    expect(summary(report)).toEqual(['made(sales): string -> uses(sales): number']);
  });

  test('a bound positional parameter whose place is unknown leaves its node out', async () => {
    const project = checkedProject({
      'pipelines/etl.ts': `
const scale = (by: number) => (value: string, factor: string): string => value + factor + by;
export const made = scale(2);
export const value = () => 1;`,
    });
    const whole = await project.check({ params: { made: { factor: 'x' } } });
    expect(whole).toMatchObject({ ok: true, edges: 0, unchecked: 1 });
    expect(summary(await project.check())).toEqual(['value: number -> made(value): string']);
  });
});

test('edges into a module of another folder, and of a long graph, are placed right', async () => {
  const chain = Array.from({ length: 130 }, (_, index) =>
    index === 0
      ? 'export const n0 = (): number => 0;'
      : `export const n${index} = ({ n${index - 1}: n }: { n${index - 1}: ${index === 120 ? 'string' : 'number'} }): number => +n;`,
  );
  const project = checkedProject({
    'shared/numbers.mts': chain.join('\n'),
    'pipelines/etl.ts': 'export const last = ({ n0, n129 }: { n0: number; n129: Date }) => [n0, n129];',
  });
  const report = await project.check({ files: ['shared/numbers.mts', 'pipelines/etl.ts'] });
  expect(report.edges).toBe(131);
  const place = (file: string, line: number) =>
    expect.objectContaining({ file: `${project.root}/${file}`, line });
  expect(report.problems).toMatchObject([
    {
      message: "n119 gives number, but n120 wants string for its parameter 'n119'.",
      places: [place('shared/numbers.mts', 120), place('shared/numbers.mts', 121)],
    },
    {
      message: "n129 gives number, but last wants Date for its parameter 'n129'.",
      places: [place('shared/numbers.mts', 130), place('pipelines/etl.ts', 1)],
    },
  ]);
});

test('the type of contexts comes from the package that the project has', async () => {
  const project = checkedProject({
    'pipelines/etl.ts':
      'export const a = ({ x }: { x: number }, ctx: { attempt: string }) => [x, ctx];\nexport const b = (x: number, ctx?: { attempt: number }) => [x, ctx];',
  });
  const wrong = { code: 'FP_CHECK_NODE', node: 'a', hint: expect.stringContaining('NodeContext') };
  expect((await project.check()).problems).toMatchObject([wrong]);
  project.hideCore();
  expect((await project.check()).problems).toEqual([]);
  project.write({
    'node_modules/flowerpower/package.json': '{ "version": "1.0.0", "types": "index.d.ts" }',
    'node_modules/flowerpower/index.d.ts': 'export interface NodeContext { readonly attempt: number }',
  });
  expect((await project.check()).problems).toMatchObject([wrong]);
});
