import { describe, expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';

async function nodesOf(source: string, others: Record<string, string> = {}) {
  const project = tempProject({ 'a.ts': source, ...others });
  const { nodes } = await project.importer.import('a');
  return { nodes, path: project.path };
}

const object = {
  style: 'object',
  parameters: [{ name: 'x', optional: false, type: 'number' }],
  takesContext: false,
};

describe('forms of an export', () => {
  test.each([
    ['export function f({ x }: { x: number }) {}'],
    ['export async function f({ x }: { x: number }) {}'],
    ['export function* f({ x }: { x: number }) {}'],
    ['export async function* f({ x }: { x: number }) {}'],
    ['export const f = ({ x }: { x: number }) => x;'],
    ['export const f = async ({ x }: { x: number } = { x: 1 }) => x;'],
    ['export const f = function named({ x }: { x: number }) {};'],
    ['export const f = async function* ({ x }: { x: number }) {};'],
    ['export const f = (({ x }: { x: number }) => x) satisfies Function;'],
    ['export const f = (<unknown>(({ x }: { x: number }) => x)!) as Function;'],
    ['export let other = 1, f = ({ x }: { x: number }) => x;'],
    ['const f = ({ x }: { x: number }) => x; export { f };'],
    ['function g({ x }: { x: number }) {} export { g as f };'],
    [`function g({ x }: { x: number }) {} export { g as 'f' };`],
    ['export const f = g; function g({ x }: { x: number }) {}'],
    [`import { node } from '@flowerpower/core'; export const f = node(({ x }: { x: number }) => x, 1, 2);`],
    [
      `import { node as n } from '@flowerpower/core'; export const f = n(n(function ({ x }: { x: number }) {}));`,
    ],
    [`import * as fp from '@flowerpower/core'; export const f = fp.node(({ x }: { x: number }) => x);`],
    [
      `import { node } from '@flowerpower/core'; const g = ({ x }: { x: number }) => x; export const f = node(g);`,
    ],
    [
      `import { node } from '@flowerpower/core'; export const f = node(g); function g({ x }: { x: number }) {}`,
    ],
    [`import { node } from '@flowerpower/core'; import { g } from './b'; export const f = node(g);`],
  ])('%s', async (source) => {
    const { nodes } = await nodesOf(withStub(source), {
      'b.ts': 'export const g = ({ x }: { x: number }) => x;',
      'core.ts': 'export const node = (...args: unknown[]) => args.find((arg) => typeof arg === "function");',
    });
    expect(Object.keys(nodes)).toEqual(['f']);
    expect(nodes['f']).toMatchObject(object);
    expect(nodes['f']!.file).toBeUndefined();
  });

  // The frame's core may not offer node() yet; the importer goes by the imported name alone.
  const withStub = (source: string): string => source.replace('@flowerpower/core', './core');

  test.each([
    ['a default export', 'export default function f({ x }: { x: number }) {}'],
    ['a class', 'export class f { constructor(x: number) {} }'],
    ['a value', 'export const f = 1;'],
    ['a function made by a call', 'const make = () => () => 1; export const f = make();'],
    [
      'a call of something else named node',
      'const node = (fn: unknown) => fn; export const f = node((x: number) => x);',
    ],
    ['a type', 'export type f = (x: number) => void; export declare function g(x: number): void;'],
    ['a destructured export', 'export const { f } = { f: (x: number) => x };'],
    ['a rest element in the pattern', 'export const f = ({ x, ...rest }: any) => rest;'],
    ['a rest parameter', 'export const f = (...x: number[]) => x;'],
    ['a rest parameter after a pattern', 'export const f = ({ x }: any, ...rest: any[]) => x;'],
    ['a third parameter after a pattern', 'export const f = ({ x }: any, a: any, b: any) => x;'],
    ['a context that is not the last', 'export const f = (x: any, ctx: any, y: any) => x;'],
    ['a computed key', `const k = 'x'; export const f = ({ [k]: y }: any) => y;`],
    ['an array pattern', 'export const f = ([x]: number[]) => x;'],
    ['a pattern after a name', 'export const f = (x: number, { y }: any) => y;'],
    ['a namespace export', `export * as f from './b';`],
    [
      'an alias of itself',
      'export const f = (): unknown => g(), g = f as () => unknown; export const h = h2; var h2 = h3; var h3 = h2;',
    ],
  ])('leave no facts: %s', async (what, source) => {
    const { nodes } = await nodesOf(source, { 'b.ts': 'export const x = 1;' });
    expect(Object.keys(nodes).filter((name) => name === 'f' || name === 'h')).toEqual(
      what === 'an alias of itself' ? ['f'] : [],
    );
  });
});

describe('facts from other files', () => {
  test('name the file that holds the function', async () => {
    const { nodes, path } = await nodesOf(
      `export { a as b } from './one';\nexport * from './two.js';\nimport { c } from './one';\nexport { c };\nexport const own = 1;\nexport * from './three';`,
      {
        'one.ts': `/** A. */\nexport const a = (x: number) => x;\nexport { d as c } from './deep/four';`,
        'two.ts': `export function two(): void {}\nexport default function ignored() {}\nexport * from './a';`,
        'three.ts': `export const own = (wrong: 1) => wrong;\nexport * from './deep/four';`,
        'deep/four.ts': '\nexport function d({ x }: { x: 1 }) { return x; }',
      },
    );
    expect(Object.keys(nodes).sort()).toEqual(['b', 'c', 'd', 'two']);
    expect(nodes['b']).toMatchObject({ file: path('one.ts'), line: 2, column: 14, doc: 'A.' });
    expect(nodes['c']).toMatchObject({ file: path('deep/four.ts'), line: 2, column: 17, style: 'object' });
    expect(nodes['two']).toMatchObject({ file: path('two.ts'), line: 1 });
  });

  test('of a helper give the signature, the export gives the place', async () => {
    const { nodes } = await nodesOf(
      `import { node } from './core'; import { helper } from './b';\n\n/** Own. */\nexport const f = node(helper);\nexport const g = node(helper);`,
      {
        'b.ts':
          '/** Helper. */\nexport function helper(x: number, y?: string): Promise<number> { return 1 as never; }',
        'core.ts': 'export const node = (fn: unknown) => fn;',
      },
    );
    expect(nodes['f']).toMatchObject({ line: 4, column: 14, doc: 'Own.', returnType: 'Promise<number>' });
    expect(nodes['f']!.file).toBeUndefined();
    expect(nodes['g']).toMatchObject({
      line: 5,
      doc: 'Helper.',
      parameters: [{ name: 'x' }, { name: 'y', optional: true }],
    });
  });

  test('end when modules borrow from each other in a circle', async () => {
    const { nodes } = await nodesOf(
      `import { node } from './core'; import { g } from './b'; export const f = node(() => g); export const h = node(g);`,
      {
        'b.ts': `import { node } from './core'; import { h } from './a'; export const g = node(h);`,
        'core.ts': 'export function node(fn: unknown) { return fn; }',
      },
    ).catch((error: { cause: Error }) => {
      // Evaluating such a circle fails in any runtime; the facts must not hang before that.
      expect(error.cause).toBeInstanceOf(ReferenceError);
      return { nodes: {} };
    });
    expect(nodes).toBeDefined();
  });
});

describe('parameters', () => {
  test('of a destructured first argument', async () => {
    const { nodes } = await nodesOf(`
      interface Base { deep?: Map<string, { a: 1 }> }
      export interface Inputs extends Base { plain: number[]; 'quoted-key': string; method?(): void }
      interface Inputs { merged: 1 }
      type Alias = (Inputs & { both: true });
      type Generic<T> = { g: T };
      export const inline = ({ a: b, c = 1, d: { e } = { e: 1 }, f }: { a: A; c?: B<C>; d?: { e: number }; f?: D }) => [b, c, e, f];
      export const named = ({ plain, deep, merged, method, 'quoted-key': q }: Inputs, ctx: unknown) => [plain, deep, merged, method, q, ctx];
      export const alias = ({ plain, both, unknown }: Alias) => [plain, both, unknown];
      export const generic = ({ g }: Generic<number>) => g;
      export const foreign = ({ g = 2 }: Readonly<{ g: 1 }>) => g;
      export const untyped = ({ a, 0: zero }) => [a, zero];
      type A = 1; type B<T> = T; type C = 1; type D = 1;
    `);
    const parameters = (name: string) =>
      nodes[name]!.parameters.map(({ name: key, optional, type }) => `${key}${optional ? '?' : ''}: ${type}`);
    expect(parameters('inline')).toEqual(['a: A', 'c?: B<C>', 'd?: { e: number }', 'f?: D']);
    expect(parameters('named')).toEqual([
      'plain: number[]',
      'deep?: Map<string, { a: 1 }>',
      'merged: 1',
      'method?: undefined',
      'quoted-key: string',
    ]);
    expect(parameters('alias')).toEqual(['plain: number[]', 'both: true', 'unknown: undefined']);
    expect(parameters('generic')).toEqual(['g: undefined']);
    expect(parameters('foreign')).toEqual(['g?: undefined']);
    expect(parameters('untyped')).toEqual(['a: undefined', '0: undefined']);
    expect(nodes['named']!.takesContext).toBe(true);
    expect(nodes['inline']!.takesContext).toBe(false);
  });

  test('by position, with a context by name and without `this`', async () => {
    const { nodes } = await nodesOf(`
      export function f(this: void, rawData: readonly number[], limit = 3, label?: string, ctx?: unknown): asserts label is string {}
      export const none = () => 1;
      export const only = (ctx: unknown) => ctx;
      export const rawData = (): number[] => [];
    `);
    expect(nodes['f']).toMatchObject({
      style: 'positional',
      takesContext: true,
      returnType: 'asserts label is string',
      parameters: [
        { name: 'rawData', optional: false, type: 'readonly number[]' },
        { name: 'limit', optional: true },
        { name: 'label', optional: true, type: 'string' },
      ],
    });
    expect(nodes['none']).toMatchObject({ style: 'positional', parameters: [], takesContext: false });
    expect(nodes['only']).toMatchObject({ parameters: [], takesContext: true });
    expect(nodes['rawData']).toMatchObject({ returnType: 'number[]' });
  });

  test('given by an explicit list', async () => {
    const { nodes } = await nodesOf(
      `import { node } from './core';
      export const f = node({ inputs: ['raw-data', 'limit'] as const }, (a: number[], b = 1, ctx: unknown): number => b);
      export const g = node({ inputs: ['x'] }, helper);
      export const bound = node({ inputs: ['x'] }, helper.bind(null));
      const names = ['x']; export const computed = node({ inputs: names }, helper);
      function helper(y?: string) {}`,
      { 'core.ts': 'export const node = (options: unknown, fn: unknown) => fn;' },
    );
    expect(nodes['f']).toMatchObject({
      style: 'positional',
      takesContext: true,
      returnType: 'number',
      parameters: [
        { name: 'raw-data', optional: false, type: 'number[]' },
        { name: 'limit', optional: true },
      ],
    });
    expect(nodes['g']!.parameters).toEqual([{ name: 'x', optional: true, type: 'string' }]);
    expect(nodes['bound']!.parameters).toEqual([{ name: 'x', optional: false }]);
    expect(nodes['computed']).toBeUndefined();
  });

  test('keep the names that a bundler would change', async () => {
    const project = tempProject({
      'a.ts':
        'export function rawData(): number[] { return [] }\nexport function cleaned(rawData: number[]) { return rawData }',
    });
    const { exports } = await project.importer.import('a');
    expect(String((exports as Record<string, unknown>)['cleaned'])).toMatch(/^function cleaned\(rawData\)/);
  });
});

describe('doc comments', () => {
  test('are those directly before the statement, without stars, tags at the end', async () => {
    const { nodes } = await nodesOf(`/** File. */

/**
 * Cost per signup.
 *
 *   - a list
 *
 * @param spend in €
 * @owner growth
 */
// eslint-disable-next-line
export function f() {}

/** One line. */
const g = () => 1;
/** Not this. */
export { g };

/* plain */
export function plain() {}

/** Before code. */
const between = 1;
export function none() { return between; }

/** First overload. */
export function over(x: number): void;
export function over(x: unknown): void {}
/***/
export const empty = () => 1;
`);
    expect(nodes['f']!.doc).toBe('Cost per signup.\n\n  - a list\n\n@param spend in €\n@owner growth');
    expect(nodes['g']!.doc).toBe('One line.');
    expect(nodes['plain']!.doc).toBeUndefined();
    expect(nodes['none']!.doc).toBeUndefined();
    expect(nodes['over']!.doc).toBe('First overload.');
    expect(nodes['over']!.line).toBe(28);
    expect(nodes['empty']!.doc).toBeUndefined();
  });

  test('and places are right after characters outside ASCII and with Windows line ends', async () => {
    const { nodes } = await nodesOf(
      '\uFEFF/** Größe 😀.\r\n * Zwei. */\r\nconst 漢 = "😀"; export const f = () => 漢;',
    );
    expect(nodes['f']).toMatchObject({ line: 3, column: 30 });
    expect((await nodesOf('/** Größe 😀.\r\n * Zwei. */\r\nexport const f = () => 1;')).nodes['f']!.doc).toBe(
      'Größe 😀.\nZwei.',
    );
  });
});
