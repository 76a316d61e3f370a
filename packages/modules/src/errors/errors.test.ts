import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FlowerPowerError, isFlowerPowerError } from '@flowerpower/core';
import { describe, expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { createModuleImporter, type ModuleImporter } from '../module-importer.js';
import { moduleErrors } from './catalogue.js';

async function failure(importer: ModuleImporter, file = 'a'): Promise<FlowerPowerError> {
  const error: unknown = await importer.import(file).then(
    () => new Error('The module was loaded.'),
    (reason: unknown) => reason,
  );
  if (!isFlowerPowerError(error)) throw error;
  expect(Object.keys(moduleErrors)).toContain(error.code);
  return error;
}

describe('a missing module', () => {
  test('lists what was tried and near names', async () => {
    const { importer, path } = tempProject({ 'pipelines/sales_etl.ts': '' });
    const error = await failure(importer, 'pipelines/sales_elt');
    expect(error.code).toBe('FP_MODULE_FILE_NOT_FOUND');
    for (const name of [
      'sales_elt.ts',
      'sales_elt.mts',
      'sales_elt.js',
      'sales_elt.mjs',
      'sales_elt/index.ts',
    ]) {
      expect(error.message).toContain(path(`pipelines/${name}`));
    }
    expect(error.hint).toContain(`Did you mean 'sales_etl.ts'`);
  });

  test('suggests a folder when the folder is mistyped', async () => {
    const { importer } = tempProject({ 'pipelines/a.ts': '' });
    expect((await failure(importer, 'piplines/a')).hint).toContain(`'pipelines'`);
  });

  test('is found once it exists', async () => {
    const { importer, write } = tempProject({});
    await failure(importer);
    write({ 'a.ts': 'export const a = 1;' });
    expect((await importer.import('a')).exports).toHaveProperty('a', 1);
  });

  test('of a kind that cannot be loaded is refused', async () => {
    const { importer, path } = tempProject({ 'a.json': '{}', 'b.cts': '', 'c.ts/file': '' });
    expect((await failure(importer, 'a.json')).code).toBe('FP_MODULE_UNSUPPORTED_FILE');
    expect((await failure(importer, 'b.cts')).places).toEqual([{ file: path('b.cts') }]);
    expect((await failure(importer, 'c.ts')).code).toBe('FP_MODULE_FILE_NOT_FOUND');
    expect((await failure(importer, 'a.json/below')).code).toBe('FP_MODULE_FILE_NOT_FOUND');
  });
});

describe('a duplicate export in one file', () => {
  test.each([
    ['export function a() {}\nexport function a() {}\n', 'a', [1, 2]],
    ['export const a = 1;\nconst b = 2;\nexport { b as a };\n', 'a', [1, 3]],
    ['const a = 1;\nexport default a;\nexport { a as default };\n', 'default', [2, 3]],
    ['export const a = 1;\nexport const a = 2;\n', 'a', undefined],
  ])('%j', async (text, name, lines) => {
    const { importer } = tempProject({ 'a.ts': text });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_SYNTAX');
    expect(error.message).toContain(name);
    expect(error.places[0]).toMatchObject({
      line: expect.any(Number) as number,
      column: expect.any(Number) as number,
    });
    if (lines !== undefined) {
      expect(error.places.map(({ line }) => line)).toEqual(lines);
      expect(error.hint).toContain('rename one');
    }
  });

  test('overloads are one export', async () => {
    const { importer } = tempProject({
      'a.ts':
        'export function a(x: string): string;\nexport function a(x: number): number;\nexport function a(x: unknown) { return x; }\n',
    });
    expect(Object.keys((await importer.import('a')).exports)).toEqual(['a']);
  });
});

describe('syntax errors', () => {
  test('say where, with the code around', async () => {
    const { importer, path } = tempProject({
      'a.ts': '// é漢😀\nexport const ok = 1;\n\texport const = 1;\n',
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_SYNTAX');
    expect(error.places).toEqual([{ file: path('a.ts'), line: 3, column: 15 }]);
    expect(error.message).toBe(
      `${path('a.ts')}:3:15: Unexpected token\n  2 | export const ok = 1;\n> 3 |  export const = 1;\n    |               ^`,
    );
  });

  test('of a whole closure come together with its other problems', async () => {
    const { importer, path } = tempProject({
      'a.ts': `import './b'; import './c'; import './d.json'; import './gone'; export const a = 1;`,
      'b.ts': 'const x = ;',
      'c.ts': `import './e'; const a = 1; const a = 2;`,
      'd.json': '{ "a": }',
      'e.ts': 'export = 1',
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_INVALID');
    // c.ts does not parse, so what it imports is not known.
    expect(error.problems.map(({ code, places }) => [code, places?.[0]?.file])).toEqual([
      ['FP_MODULE_UNRESOLVED_IMPORT', path('a.ts')],
      ['FP_MODULE_SYNTAX', path('b.ts')],
      ['FP_MODULE_SYNTAX', path('c.ts')],
      ['FP_MODULE_SYNTAX', path('d.json')],
    ]);
    for (const problem of error.problems) expect(error.message).toContain(problem.message);
  });
});

describe('syntax that cannot run', () => {
  test.each([
    [
      'standard decorators',
      'const d = () => {};\n@d class A { @d m() {} }',
      'FP_MODULE_UNSUPPORTED_SYNTAX',
      'experimentalDecorators',
    ],
    [
      'import = require',
      `const x = 1;\nimport fs = require('node:fs'); export const y = fs;`,
      'FP_MODULE_UNSUPPORTED_SYNTAX',
      `import name from 'node:fs'`,
    ],
    ['export =', 'const x = 1;\nexport = x;', 'FP_MODULE_UNSUPPORTED_SYNTAX', 'export default'],
    [
      'CommonJS',
      `const fs = require('node:fs');\nmodule.exports = { fs };`,
      'FP_MODULE_UNSUPPORTED_SYNTAX',
      'createRequire',
    ],
    ['CommonJS exports', '\nexports.a = 1;', 'FP_MODULE_UNSUPPORTED_SYNTAX', 'createRequire'],
    [
      'a computed relative import',
      '\nexport const f = (name: string) => import(`./steps/${name}.ts`);',
      'FP_MODULE_DYNAMIC_IMPORT',
      'literal paths',
    ],
    [
      'a joined relative import',
      `\nexport const f = (name: string) => import('./steps/' + name);`,
      'FP_MODULE_DYNAMIC_IMPORT',
      'literal paths',
    ],
  ])('%s', async (_, source, code, hint) => {
    const { importer } = tempProject({ 'a.ts': source });
    const error = await failure(importer);
    expect(error.code).toBe(code);
    expect(error.places[0]?.line).toBe(2);
    expect(error.message).toContain('> 2 |');
    expect(error.hint).toContain(hint);
  });

  test('a relative path that is only known at run time fails where it is imported', async () => {
    const { importer } = tempProject({
      'a.ts': 'export const f = (name: string) => import(name);',
      'b.ts': '',
    });
    const { f } = (await importer.import('a')).exports as { f: (name: string) => Promise<unknown> };
    await expect(f('node:fs')).resolves.toHaveProperty('readFileSync');
    expect(() => f('./b.ts')).toThrow(expect.objectContaining({ code: 'FP_MODULE_DYNAMIC_IMPORT' }) as Error);
  });

  test('names of CommonJS are free in an ES module', async () => {
    const { importer } = tempProject({
      'a.ts':
        'const exports: any = {}; const module: any = {}; exports.a = 1; module.exports = 2; export const a = exports.a;',
    });
    expect((await importer.import('a')).exports).toHaveProperty('a', 1);
  });
});

describe('imports that lead nowhere', () => {
  test('name the importer and the nearest file', async () => {
    const { importer, path } = tempProject({
      'a.ts': `export * from './lib/b';`,
      'lib/b.ts': `\nimport { c } from './prices.js';\nexport const b = c;`,
      'lib/price.ts': '',
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_UNRESOLVED_IMPORT');
    expect(error.places).toEqual([{ file: path('lib/b.ts'), line: 2, column: 19 }]);
    expect(error.message).toContain(path('lib/prices.ts'));
    expect(error.hint).toContain(`'price.ts'`);
  });

  test('of an unsupported kind of file say so', async () => {
    const { importer, path } = tempProject({
      'a.ts': `import './view.tsx'; import './old.cjs';`,
      'view.tsx': '',
      'old.cjs': '',
    });
    const error = await failure(importer);
    expect(error.problems.map(({ code }) => code)).toEqual([
      'FP_MODULE_UNSUPPORTED_FILE',
      'FP_MODULE_UNSUPPORTED_FILE',
    ]);
    expect(error.message).toContain(path('old.cjs'));
  });

  test('into package.json imports name the key that is missing', async () => {
    const { importer } = tempProject({
      'package.json': '{ "imports": { "#a": "./a.js" } }',
      'a.ts': `import '#b';`,
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_UNRESOLVED_IMPORT');
    expect(error.hint).toContain(`'imports'`);
  });

  test('to packages that are not installed are listed together', async () => {
    const { importer, path } = tempProject({
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"] } } }',
      'a.ts': `import 'not-there';\nimport { x } from '@scope/gone/sub'; import { y } from '@lib/typo'; export const z = [x, y];`,
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_PACKAGE_NOT_FOUND');
    expect(error.problems).toHaveLength(3);
    expect(error.places).toContainEqual({ file: path('a.ts'), line: 2, column: 19 });
    expect(error.message).toContain(path('lib/typo.ts'));
    expect(error.cause).toMatchObject({ code: 'ERR_MODULE_NOT_FOUND' });
  });

  test('may be caught when the import is dynamic', async () => {
    const { importer } = tempProject({
      'a.ts': `export const found = await import('not-there').then(() => true, () => false);`,
    });
    expect((await importer.import('a')).exports).toHaveProperty('found', false);
  });
});

describe('errors while a module is evaluated', () => {
  test('are the cause, with the place in the source', async () => {
    const { importer, path } = tempProject({
      'a.ts': `export * from './b';`,
      'b.ts': `enum Level { Low }\n\nfunction check(): never {\n  throw new RangeError('no rates for ' + Level.Low);\n}\nexport const b = check();`,
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_IMPORT_FAILED');
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.places).toEqual([{ file: path('b.ts'), line: 4, column: expect.any(Number) as number }]);
    expect(error.message).toContain('RangeError: no rates for 0');
  });

  test('that are not errors are still the cause', async () => {
    const { importer } = tempProject({ 'a.ts': `throw 'text';` });
    expect(await failure(importer)).toMatchObject({ code: 'FP_MODULE_IMPORT_FAILED', cause: 'text' });
  });

  test('that never ends are noticed when nothing is left that could end them', async () => {
    const { importer, path } = tempProject({
      'a.ts': `export const a = 1;\nawait new Promise(() => {});`,
      'b.ts': 'export const b = 2;',
    });
    const stalled = failure(importer);
    await expect.poll(() => process.listenerCount('beforeExit')).toBe(1);
    // Node emits it when nothing is left to wake the process.
    process.emit('beforeExit', 0);
    expect(await stalled).toMatchObject({
      code: 'FP_MODULE_IMPORT_STALLED',
      message: expect.stringContaining(`${path('a.ts')}: importing the module never ends`),
      places: [{ file: path('a.ts') }],
    });
    await importer.import('b');
    expect(process.listenerCount('beforeExit')).toBe(0);
  });

  test('about a missing name speak of the source files', async () => {
    const { importer, root, path } = tempProject({
      'a.ts': `import { c } from './lib/b';\nexport const a = c;`,
      'lib/b.ts': 'export const b = 1;',
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_IMPORT_FAILED');
    expect(error.message).toContain(`'lib/b.ts' does not provide an export named 'c'`);
    expect(error.message).not.toContain(join(root, 'node_modules'));
    expect(error.places[0]?.file).toBe(path('a.ts'));
    expect(error.hint).toContain('import type');
  });
});

test('files that are not UTF-8 are refused together, with their lines', async () => {
  const { importer, path, write } = tempProject({
    'a.ts': `import data from './data.json' with { type: 'json' };\nexport { b } from './b.js';\nexport const a = data;`,
    'b.ts': 'export const b = "\uFFFD is a character";',
  });
  writeFileSync(path('data.json'), Buffer.from('{\n\n"x": "caf\xe9"}\n', 'latin1'));
  expect(await failure(importer)).toMatchObject({
    code: 'FP_MODULE_ENCODING',
    message: `${path('data.json')}:3: the line holds bytes that UTF-8 does not allow.`,
    places: [{ file: path('data.json'), line: 3 }],
  });
  writeFileSync(path('b.ts'), Buffer.from('export const b = 1; // caf\xe9', 'latin1'));
  expect(
    (await failure(createModuleImporter({ root: path('') }))).problems.map(({ places }) => places),
  ).toEqual([[{ file: path('data.json'), line: 3 }], [{ file: path('b.ts'), line: 1 }]]);
  write({ 'data.json': '1', 'b.ts': 'export const b = 1;' });
  expect((await createModuleImporter({ root: path('') }).import('a')).exports).toMatchObject({ a: 1, b: 1 });
});

describe('the surroundings', () => {
  test.skipIf(process.platform === 'win32')('a tsconfig.json that is a pipe is not waited for', async () => {
    const { importer, path } = tempProject({ 'lib/a.ts': 'export const a = 1;' });
    execFileSync('mkfifo', [path('tsconfig.json')]);
    const error = await failure(importer, 'lib/a');
    expect(error.code).toBe('FP_MODULE_TSCONFIG');
    expect(error.message).toContain(`${path('tsconfig.json')} is not a file.`);
  });

  test('a broken tsconfig.json is reported', async () => {
    const { importer } = tempProject({
      'tsconfig.json': '{ "extends": "./gone.json" }',
      'a.ts': 'export const a = 1;',
    });
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_TSCONFIG');
    expect(error.message).toContain('gone.json');
  });

  test('a cache that cannot be written is reported with every directory tried', async () => {
    const { root } = tempProject({ 'a.ts': 'export const a = 1;', file: '' });
    const error = await failure(createModuleImporter({ root, cacheDir: 'file/cache' }));
    expect(error.code).toBe('FP_MODULE_CACHE_UNWRITABLE');
    expect(error.message).toContain(join(root, 'file/cache'));
    expect(error.cause).toBeInstanceOf(Error);
  });

  test('a module that cannot be read is reported', async () => {
    const { importer, path } = tempProject({ 'a.ts': `import './loop';` });
    symlinkSync('loop.ts', path('loop.ts'));
    const error = await failure(importer);
    expect(error.code).toBe('FP_MODULE_FILE_UNREADABLE');
    expect(error.places).toEqual([{ file: path('loop.ts') }]);
    expect(error.cause).toMatchObject({ code: 'ELOOP' });
  });
});
