/** What the types of modifiers tell, and what they do not. */
import { createDriver } from '@flowerpower/core';
import { createModuleImporter } from '@flowerpower/modules';
import { beforeAll, expect, test } from 'vitest';
import { buildCoreOnce, checkedProject } from './__fixtures__/checked-project.js';
import { checkEdges } from './check-edges.js';
import type { CheckReport } from './report.js';

beforeAll(buildCoreOnce, 600_000);

const header =
  "import { checkOutput, extractFields, group, inject, mutate, node, notNull, parameterize, source, step, tag } from '@flowerpower/core';\n";

function checkText(text: string, request: object = {}): Promise<CheckReport> {
  return checkedProject({ 'pipelines/etl.ts': header + text }).check(request);
}

const messages = ({ problems }: CheckReport) => problems.map(({ message }) => message);

test('the message names both types as the compiler sees them after the modifiers', async () => {
  const report = await checkText(`
export const gross = (): string => '';
export const net = node(({ x }: { x: number }) => ({ cents: x }), inject({ x: source('gross') }), extractFields('cents'));
export const label = ({ cents }: { cents: string }) => cents;`);
  expect(messages(report)).toEqual([
    "gross gives string, but net wants number for its parameter 'x'.",
    "cents gives number, but label wants string for its parameter 'cents'.",
  ]);
  expect(report).toMatchObject({ edges: 3, unchecked: 0 });
});

test('promises and async iterables keep their meaning behind modifiers', async () => {
  const code = (item: string, line: string) => `
export const source1 = async (): Promise<AsyncIterable<${item}>> => (async function* () {})();
export const lines = node(
  async function* ({ input }: { input: AsyncIterable<string> }): AsyncGenerator<string> { yield* input; },
  inject({ input: source('source1') }), tag({ a: 'b' }));
export const first = node(
  async ({ lines }: { lines: AsyncIterable<${line}> }) => { for await (const line of lines) return { line }; return { line: null }; },
  extractFields('line', { fillWith: 0 }));
export const shown = ({ line }: { line: ${line} | null | number }) => line;`;
  expect(await checkText(code('string', 'string'))).toMatchObject({ problems: [], unchecked: 0, edges: 4 });
  expect(messages(await checkText(code('Date', 'bigint'))).map((text) => text.split('\n')[0])).toEqual([
    "source1 gives AsyncIterable<Date>, but lines wants AsyncIterable<string> for its parameter 'input'.",
    expect.stringMatching(/^lines gives AsyncGenerator<string.*>, but first wants AsyncIterable<bigint> for/),
  ]);
});

test('an optional parameter takes what may be undefined, a required one does not', async () => {
  const code = (parameter: string) => `
export const maybe = (): number | undefined => 1;
export const made = node((${parameter}) => 1, checkOutput(notNull()));`;
  const tsconfig = (exact: boolean) =>
    JSON.stringify({ compilerOptions: { strict: true, exactOptionalPropertyTypes: exact } });
  const check = (parameter: string, exact: boolean) =>
    checkedProject({
      'pipelines/etl.ts': header + code(parameter),
      'tsconfig.json': tsconfig(exact),
    }).check();
  expect((await check('{ maybe = 1 }: { maybe?: number }', false)).problems).toEqual([]);
  expect((await check('{ maybe }: { maybe: number | undefined }', true)).problems).toEqual([]);
  expect((await check('{ maybe = 1 }: { maybe?: number }', true)).problems).toHaveLength(1);
  expect((await check('{ maybe }: { maybe: number }', false)).problems).toHaveLength(1);
});

test('values from outside are judged where modifiers lead them', async () => {
  const code = `
export const made = node(({ x, y }: { x: number; y: string }) => y + x, inject({ x: source('limit') }), parameterize({ big: {} }));
export const other = ({ limit }: { limit: string }) => limit;`;
  expect(messages(await checkText(code))).toEqual([
    "'limit' goes to both functions: big wants number for its parameter 'x', but other wants string for its parameter 'limit'.",
  ]);
  const given = await checkText(code, { inputs: { limit: 3, y: ['a'] } });
  expect(messages(given).map((text) => text.split('\n')[0])).toEqual([
    "The input 'y' is string[], but big wants string for its parameter 'y'.",
    "The input 'limit' is number, but other wants string for its parameter 'limit'.",
  ]);
});

test('what one export wants of a node is not what another one wants', async () => {
  const code = (type: string) => `
export const gross = (): string => '';
export const counts = node(({ x }: { x: ${type} }) => x, parameterize({ count: { x: source('gross') } }));
export const labels = node(({ x }: { x: string }) => x, parameterize({ label: { x: source('gross') } }));
export const base = (): number => 1;
export const scaled = mutate(step((x: number, by: string) => x + by.length, source('gross')).named('byGross'), { base });`;
  expect(await checkText(code('string'))).toMatchObject({ problems: [], unchecked: 0 });
  expect(messages(await checkText(code('number')))).toEqual([
    "gross gives string, but count wants number for its parameter 'x'.",
  ]);
});

test('members of a group that take one node are both reported when they cannot agree', async () => {
  const report = await checkText(`
export const gross = (): number => 1;
export const made = node(({ pair }: { pair: [number, string] }) => pair, inject({ pair: group(source('gross'), source('gross')) }));`);
  expect(report.problems.map((problem) => 'to' in problem && problem.to.parameter)).toEqual([
    'pair[0]',
    'pair[1]',
  ]);
});

const gapOf = (node: string) => `the types of the modifiers of '${node}' do not tell what it gives`;

test('what the types do not tell is listed, with the reason', async () => {
  const report = await checkText(`
export const gross = (): number => 1;
export const byPosition = node((gross: string, all: string[]) => gross + all.length, inject({ all: group(source('gross')) }));
export const open = node((): unknown => ({ part: 1 }), extractFields('part'));
export const takesOpen = ({ part }: { part: string }) => part;
export const generic = node(<T extends { id: number }>({ row }: { row: T }): T[] => [row], checkOutput(notNull()));
export const row = () => ({ id: 1, name: 'a' });
export const takesGeneric = ({ generic }: { generic: { name: string }[] }) => generic;
export const overloaded = node(overloads, checkOutput(notNull()));
export const takesOverloaded = ({ overloaded }: { overloaded: string }) => overloaded;
function overloads(inputs: { gross: number }): string;
function overloads(inputs: { gross: string }): number;
function overloads({ gross }: { gross: number | string }): string | number { return gross; }`);
  expect(report.problems).toEqual([]);
  const found = report.uncheckedEdges.map(({ from, to, parameter, reason }) => [
    `${from} -> ${to}(${parameter})`,
    reason,
  ]);
  expect(Object.fromEntries(found)).toMatchObject({
    'gross -> byPosition(all[0])': "the types of the modifiers of 'byPosition' do not tell what it takes",
    'part -> takesOpen(part)': gapOf('part'),
    'generic -> takesGeneric(generic)': gapOf('generic'),
    'overloaded -> takesOverloaded(overloaded)': gapOf('overloaded'),
  });
  expect(report.unchecked).toBe(found.length);
});

test('a mutation that the compiler does not know leaves its nodes unchecked', async () => {
  const code = (name: string) => `
export const given = (): number => 1;
export const made = node(({ given }: { given: number }) => given, tag({ a: 'b' }));
export const ${name} = mutate(step((x: number) => [x]), { made });
export const taker = ({ made }: { made: string }) => made;`;
  const hidden = await checkText(code('_clean'));
  expect(hidden.problems).toEqual([]);
  expect(hidden.uncheckedEdges).toContainEqual({
    from: 'made',
    to: 'taker',
    parameter: 'made',
    reason: gapOf('made'),
  });
  const known = await checkText(
    code('clean').replace('step((x: number) => [x])', "step((x: number) => [x]).named('listed')"),
  );
  expect(messages(known)).toMatchObject([
    expect.stringMatching(/^made gives number\[\], but taker wants string/),
  ]);
});

test('without the package of the engine nothing that a modifier made is judged', async () => {
  const project = checkedProject({
    'pipelines/etl.ts': `${header}
export const gross = (): { cents: string } => ({ cents: '' });
export const net = node(({ gross }: { gross: { cents: string } }) => gross, extractFields('cents'));
export const label = ({ cents }: { cents: number }) => cents;`,
  });
  const { root } = project;
  const modules = [await createModuleImporter({ root }).import('pipelines/etl.ts')];
  const { graph } = createDriver({ modules });
  project.hideCore();
  const report = await checkEdges({ root, pipeline: 'etl', graph, modules });
  expect(report.problems.map(({ code }) => code)).toEqual(['FP_CHECK_SOURCE']);
  expect(report.uncheckedEdges).toMatchObject([
    { from: 'net', to: 'cents', reason: expect.stringContaining('does not find @flowerpower/core') },
    { from: 'cents', to: 'label', reason: expect.stringContaining('does not find @flowerpower/core') },
  ]);
});
