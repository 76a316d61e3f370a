import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { createModuleImporter } from '../module-importer.js';

type Files = Readonly<Record<string, string>>;

/** The versions of the exports of `a` in a project of these files. */
async function versionsOf(files: Files): Promise<Readonly<Record<string, string>>> {
  const { root } = tempProject(files);
  const { codeVersions } = await createModuleImporter({ root }).import('a');
  return codeVersions!;
}

/** Which exports of `a` another text of a file changes. */
async function changedBy(files: Files, edits: Files): Promise<string[]> {
  const [before, after] = [await versionsOf(files), await versionsOf({ ...files, ...edits })];
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

/** One edit in `a`, or in the file that is named. */
const edit = (files: Files, from: string, to: string, file = 'a.ts') => {
  expect(files[file]).toContain(from);
  return changedBy(files, { [file]: files[file]!.replace(from, to) });
};

const prices: Files = {
  'a.ts': `
import { rate } from './rates.js';
const half = (x: number) => x / 2;
export const net = ({ price }: { price: number }) => half(price) * rate;
export const gross = ({ net }: { net: number }) => net * 1.2;
export const label = ({ gross }: { gross: number }) => \`\${gross} EUR\`;
`,
  'rates.ts': `export const rate = 2;\nexport const other = 3;`,
};

test('another function of the module, and what it alone reaches, change nothing', async () => {
  expect(await edit(prices, '1.2', '1.3')).toEqual(['gross']);
  expect(await edit(prices, 'x / 2', 'x / 3')).toEqual(['net']);
  expect(await edit(prices, 'rate = 2', 'rate = 4', 'rates.ts')).toEqual(['net']);
  expect(await edit(prices, 'other = 3', 'other = 4', 'rates.ts')).toEqual([]);
});

test('comments, formatting, types and the names of files change nothing', async () => {
  expect(
    await changedBy(prices, {
      'a.ts': `// A comment.
import {
  rate as rate,
} from "./rates.js"; /* another */
const half = (x: string | number) => (x as number) / 2.0;;
/** What is paid. */
export const net = ({ price }: {
  price: number; // in euros
}): number => {  return half((price)) * rate; };
export const gross = ({ net }: { net: number; }) => (net * 1.20);
export const label = ({ gross }: { gross: number }) => \`\${ /* here */ gross} EUR\`;
`.replace(/\{ {2}return (.*); \};/, '$1;'),
    }),
  ).toEqual([]);
  const renamed = {
    'a.ts': prices['a.ts']!.replace('./rates.js', './elsewhere.js'),
    'elsewhere.ts': prices['rates.ts']!,
  };
  expect(await versionsOf(renamed)).toEqual(await versionsOf(prices));
});

test('the text of a function has no comments, since it is a part of versions too', async () => {
  const { importer } = tempProject({
    'a.ts':
      'export const a = () => {\n  // one\n  const text = `x /* kept */`; /* two */\n  return text;\n};',
  });
  const { exports } = await importer.import('a');
  expect(String((exports as { a: () => string }).a)).toBe(
    '() => {\n\tconst text = `x /* kept */`;\n\treturn text;\n}',
  );
});

/** Stands for the package: its functions neither run nor change what they are given. */
const flowerpower: Files = {
  'node_modules/flowerpower/package.json': '{ "name": "flowerpower", "type": "module", "main": "i.js" }',
  'node_modules/flowerpower/i.js': 'export const node = (fn) => fn;\nexport const retry = () => 1;',
};

test.each<[string, Files, [from: string, to: string, file?: string], string[]]>([
  [
    'a helper behind a helper in another file',
    {
      'a.ts': `import { f } from './b';\nexport const a = () => f();`,
      'b.ts': `const g = () => 1;\nexport const f = () => g();`,
    },
    ['=> 1', '=> 2', 'b.ts'],
    ['a'],
  ],
  [
    'a member of a namespace import, and not its neighbour',
    {
      'a.ts': `import * as b from './b';\nexport const a = () => b.f();\nexport const c = () => b.g;`,
      'b.ts': `export const f = () => 1;\nexport const g = 2;`,
    },
    ['=> 1', '=> 2', 'b.ts'],
    ['a'],
  ],
  [
    'a namespace that is handed on',
    {
      'a.ts': `import * as b from './b';\nexport const a = () => Object.keys(b);\nexport const c = () => b['g'];`,
      'b.ts': `export const f = () => 1;\nexport const g = 2;`,
    },
    ['=> 1', '=> 2', 'b.ts'],
    ['a', 'c'],
  ],
  [
    'a re-export under another name, through a star',
    {
      'a.ts': `import { f } from './b';\nexport const a = () => f;\nexport * from './c';`,
      'b.ts': `export * from './c';`,
      'c.ts': `const x = 1;\nexport { x as f };\nexport const y = 2;`,
    },
    ['x = 1', 'x = 3', 'c.ts'],
    ['a', 'f'],
  ],
  [
    'modules that import each other',
    {
      'a.ts': `import { b } from './b';\nexport const a = (n: number): number => n === 0 ? 1 : b(n - 1);\nexport const c = () => 1;`,
      'b.ts': `import { a } from './a';\nexport const b = (n: number): number => 2 * a(n);`,
    },
    ['2 * a', '3 * a', 'b.ts'],
    ['a'],
  ],
  [
    'a shadowed name is not the one at the top',
    {
      'a.ts': `const x = 1;\nexport const a = () => { const x = 2; return x; };\nexport const b = ({ x }: { x: number }) => x;\nexport const c = () => [3].map((x) => { { let x = 5; void x; } return x; });\nexport const d = (y = x) => { var x = 4; return x + y; };`,
    },
    ['x = 1', 'x = 9'],
    ['d'],
  ],
  [
    'destructured exports',
    {
      'a.ts': `const make = () => ({ a: 1, list: [2, 3] });\nexport const { a, list: [b, ...c] } = make();\nexport const d = 4;`,
    },
    ['a: 1', 'a: 5'],
    ['a', 'b', 'c'],
  ],
  [
    'an enum',
    {
      'a.ts': `enum Color { Red = 1, Blue = 2 }\nexport const a = () => Color.Red;\nexport const b = () => 1;`,
    },
    ['Blue = 2', 'Blue = 3'],
    ['a'],
  ],
  [
    'a namespace of TypeScript, for every node, since it is a statement',
    { 'a.ts': `namespace N { export const x = 1; }\nexport const a = () => N.x;\nexport const b = () => 1;` },
    ['x = 1', 'x = 2'],
    ['a', 'b'],
  ],
  [
    'a getter of an object, and what it reaches',
    {
      'a.ts': `const base = 1;\nconst config = { get rate() { return base; } };\nexport const a = () => config.rate;\nexport const b = () => 1;`,
    },
    ['base = 1', 'base = 2'],
    ['a'],
  ],
  [
    'a class and the class that it extends',
    {
      'a.ts': `class Base { rate() { return 1; } }\nclass Shop extends Base {}\nexport const a = () => new Shop().rate();\nexport const b = () => 1;`,
    },
    ['return 1', 'return 2'],
    ['a'],
  ],
  [
    'a variable that another function assigns',
    {
      'a.ts': `let n = 0;\nexport const a = () => ++n;\nexport const b = () => n;\nexport const c = () => 1;`,
    },
    ['++n', '--n'],
    ['a', 'b'],
  ],
  [
    'content that another function changes',
    {
      'a.ts': `const list: number[] = [];\nconst same = { list };\nexport const a = () => list.push(1);\nexport const b = () => same.list.length;\nexport const c = () => 1;`,
    },
    ['push(1)', 'push(2)'],
    ['a', 'b'],
  ],
  [
    'content that another file changes',
    {
      'a.ts': `import * as s from './s';\nexport const a = () => { s.state.n = 1; };\nexport { b } from './b';\nexport const c = () => 1;`,
      's.ts': 'export const state = { n: 0 };',
      'b.ts': `import { state } from './s';\nexport const b = () => state.n;`,
    },
    ['n = 1', 'n = 2'],
    ['a', 'b'],
  ],
  [
    'content that a constant changes while it is made',
    {
      'a.ts': `const list: number[] = [];\nconst add = (into: number[], n: number) => into.push(n);\nconst first = add(list, 1);\nexport const b = () => list.length;\nexport const c = () => 1;`,
    },
    ['add(list, 1)', 'add(list, 2)'],
    ['b'],
  ],
  [
    'a count that goes up with each constant',
    {
      'a.ts': `const counter = () => { let n = 0; return () => n++; };\nconst next = counter();\nconst first = [next(), 'a'];\nconst second = next();\nexport const b = () => second;\nexport const c = () => 1;`,
    },
    [`[next(), 'a']`, `['a']`],
    ['b'],
  ],
  [
    'a statement that may do anything, for every node',
    {
      'a.ts': `import './b';\nexport const a = () => 1;`,
      'b.ts': `const n = 1;\nObject.assign(globalThis, { n });\nReflect.deleteProperty(globalThis, 'n');`,
    },
    ['n = 1', 'n = 2', 'b.ts'],
    ['a'],
  ],
  [
    'a constant that changes what the program shares, for every node',
    {
      'a.ts': `const set = (n: number) => { process.env['N'] = String(n); delete process.env['N']; return n; };\nconst n = set(1);\nexport const a = () => 1;\nexport const b = () => n;`,
    },
    ['set(1)', 'set(2)'],
    ['a', 'b'],
  ],
  [
    'text that is run as code may read and change everything of its module',
    { 'a.ts': `const x = 1;\nexport const a = () => eval('x');\nexport const b = () => 2;` },
    ['x = 1', 'x = 3'],
    ['a', 'b'],
  ],
  [
    'a module that is imported while a node runs',
    {
      'a.ts': `export const a = async () => (await import('./b')).f;\nexport const c = () => 1;`,
      'b.ts': `let f = 1;\nf += 1;\nexport { f };`,
    },
    ['f += 1', 'f += 2', 'b.ts'],
    ['a'],
  ],
  [
    'a node that is the default of another module',
    {
      'a.ts': `export { default as a } from './b';\nexport const c = () => 1;`,
      'b.ts': 'const rate = 1;\nexport default () => rate;',
    },
    ['rate = 1', 'rate = 2', 'b.ts'],
    ['a'],
  ],
  [
    'data of a file',
    {
      'a.ts': `import data from './d.json';\nexport const a = () => data.n;\nexport const c = () => 1;`,
      'd.json': '{ "n": 1 }',
    },
    ['1', '2', 'd.json'],
    ['a'],
  ],
  [
    'the formatting of data',
    { 'a.ts': `import data from './d.json';\nexport const a = () => data.n;`, 'd.json': '{ "n": 1 }' },
    ['{ "n"', '{"n"', 'd.json'],
    [],
  ],
  [
    'an argument of a modifier, and not the function of another node that it wraps',
    {
      ...flowerpower,
      'a.ts': `import { node, retry } from 'flowerpower';\nconst policy = { attempts: 3 };\nconst fa = () => 1;\nexport const a = node(fa, retry(policy));\nexport const b = node(() => 2, retry(policy));`,
    },
    ['=> 1', '=> 3'],
    ['a'],
  ],
  [
    'a helper that makes nodes leaves them apart',
    {
      'a.ts': `const twice = (x: number) => 2 * x;\nconst wrap = (fn: () => number) => () => twice(fn());\nexport const a = wrap(() => 1);\nexport const b = wrap(() => 2);`,
    },
    ['=> 1', '=> 3'],
    ['a'],
  ],
  [
    'a decorator, for every node, since it is applied by a statement',
    {
      'tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true } }',
      'a.ts': `const mark = (target: Function) => { (target as any).n = 1; };\n@mark class A {}\nexport const a = () => A;\nexport const b = () => 1;`,
    },
    ['n = 1', 'n = 2'],
    ['a', 'b'],
  ],
  [
    'a variable that is declared twice',
    {
      'a.js': `const make = () => 1;\nvar x = make();\nvar x;\nvar y = 1;\nvar y = 2;\nexport const a = () => x;\nexport const b = () => y;`,
    },
    ['=> 1', '=> 3', 'a.js'],
    ['a'],
  ],
  [
    'names that every object inherits',
    {
      'a.ts': `const toString = () => 1;\nexport const constructor = () => toString();\nexport const hasOwnProperty = () => 2;`,
    },
    ['=> 1', '=> 3'],
    ['constructor'],
  ],
  [
    'exports whose names are texts',
    {
      'a.ts': `import { 'any text' as f } from './b';\nexport const a = () => f;`,
      'b.ts': `const x = 1;\nexport { x as 'any text' };`,
    },
    ['x = 1', 'x = 2', 'b.ts'],
    ['a'],
  ],
  [
    'which of two files a name comes from',
    {
      'a.ts': `import { f } from './b';\nimport { f as g } from './c';\nexport const a = () => f - g;`,
      'b.ts': 'export const f = 1;',
      'c.ts': 'export const f = 2;',
    },
    [`f } from './b';\nimport { f as g } from './c'`, `f as g } from './b';\nimport { f } from './c'`],
    ['a'],
  ],
])('%s', async (_, files, [from, to, file], expected) => {
  expect(await edit(files, from, to, file)).toEqual(expected);
});

test('what is installed of a package counts, with what it needs', async () => {
  const installed = (version: string, deeper: string): Files => ({
    'a.ts': `import { x } from 'shop';\nimport os from 'node:os';\nexport const a = () => x;\nexport const b = () => os.EOL;`,
    'node_modules/shop/package.json': JSON.stringify({
      name: 'shop',
      version,
      type: 'module',
      main: 'i.js',
      dependencies: { till: '*' },
    }),
    'node_modules/shop/i.js': 'export const x = 1;',
    'node_modules/till/package.json': JSON.stringify({ name: 'till', version: deeper }),
  });
  expect(await changedBy(installed('1.0.0', '1.0.0'), installed('1.0.0', '1.0.0'))).toEqual([]);
  expect(await changedBy(installed('1.0.0', '1.0.0'), installed('1.0.1', '1.0.0'))).toEqual(['a']);
  expect(await changedBy(installed('1.0.0', '1.0.0'), installed('1.0.0', '2.0.0'))).toEqual(['a']);
});

test('files of a package that is linked to a folder count', async () => {
  const linked = async (deeper: string) => {
    const { root, path, importer } = tempProject({
      'app/a.ts': `import { x } from 'shop';\nexport const a = () => x;\nexport const b = () => 1;`,
      'shop/package.json': '{ "name": "shop", "version": "1.0.0", "type": "module", "exports": "./i.js" }',
      'shop/i.js': `export { x } from './x.js';`,
      'shop/x.js': deeper,
      'shop/unused.js': deeper,
    });
    symlinkSync(path('shop'), join(root, 'node_modules/shop'), 'dir');
    return (await importer.import('app/a')).codeVersions!;
  };
  const [before, after] = [await linked('export const x = 1;'), await linked('export const x = 2;')];
  expect(after['a']).not.toBe(before['a']);
  expect(after['b']).toBe(before['b']);
});

test('a package that is exchanged is seen by the next process', async () => {
  const manifest = (version: string) =>
    JSON.stringify({ name: 'shop', version, type: 'module', main: 'i.js' });
  const { root, write } = tempProject({
    'a.ts': `import { x } from 'shop';\nexport const a = () => x;`,
    'node_modules/shop/package.json': manifest('1.0.0'),
    'node_modules/shop/i.js': 'export const x = 1;',
  });
  const version = async () => (await createModuleImporter({ root }).import('a')).codeVersions!['a'];
  const before = await version();
  expect(await version()).toBe(before);
  write({ 'node_modules/shop/package.json': manifest('2.0.0') });
  expect(await version()).not.toBe(before);
});

test('a file that is too deep for its tree counts as a whole, with all that it imports', async () => {
  const sum = Array.from({ length: 30_000 }, (_, index) => index % 10).join(' + ');
  const files: Files = {
    'a.ts': `import { f } from './b';\nexport * from './c';\nexport const deep = ${sum};\nexport const a = () => f;`,
    'b.ts': 'export const f = 1;\nexport const g = 2;',
    'c.ts': 'export const c = () => 1;',
  };
  const all = ['a', 'c', 'deep'];
  expect((await edit(files, '=> f', '=> f + 1')).sort()).toEqual(all);
  expect((await edit(files, 'g = 2', 'g = 3', 'b.ts')).sort()).toEqual(all);
});
