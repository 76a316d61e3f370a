import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { tempProject } from './__fixtures__/temp-project.js';
import { createModuleImporter, type ImportedModule } from './module-importer.js';

type Exports = Record<string, any>; // oxlint-disable-line no-explicit-any -- modules of tests export anything

const exportsOf = (module: ImportedModule): Exports => module.exports;

describe('a loaded module', () => {
  test('has a name, a file, exports, source facts, a closure and a hash', async () => {
    const { importer, path } = tempProject({
      'pipelines/group/sales.ts': `import { rate } from '../../lib/rate.js';\nexport const net = ({ gross }: { gross: number }) => gross * rate;`,
      'lib/rate.ts': 'export const rate: number = 2;',
    });
    const module = await importer.import('pipelines/group/sales');
    expect(module.name).toBe('pipelines/group/sales');
    expect(module.file).toBe(path('pipelines/group/sales.ts'));
    expect(module.closure).toEqual([path('pipelines/group/sales.ts'), path('lib/rate.ts')]);
    expect(module.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(module.codeVersion).toBe(module.hash);
    expect(exportsOf(module)['net']({ gross: 4 })).toBe(8);
    expect(module.nodes?.['net']).toMatchObject({
      line: 2,
      column: 14,
      style: 'object',
      parameters: [{ name: 'gross', optional: false, type: 'number' }],
    });
  });

  test('has the same hash in another directory, and another one after a change of an import', async () => {
    const files = { 'a.ts': `export { b } from './b';`, 'b.ts': 'export const b = 1;' };
    const one = tempProject(files);
    const two = tempProject(files);
    const first = await one.importer.import('a');
    expect((await two.importer.import('a')).hash).toBe(first.hash);
    two.write({ 'b.ts': 'export const b = 2;' });
    expect((await two.importer.import('a', { reload: true })).hash).not.toBe(first.hash);
  });

  test.each(['a.ts', 'b.mts', 'c.js', 'd.mjs'])('may be %s, with or without the extension', async (name) => {
    const project = tempProject({ [name]: 'export const value = import.meta.filename;' });
    const module = await project.importer.import(name);
    expect(exportsOf(module)['value']).toBe(project.path(name));
    expect(await project.importer.import(name.slice(0, 1))).toBe(module);
    expect(await project.importer.import(project.path(name))).toBe(module);
  });

  test('is the same for concurrent loads and for later ones', async () => {
    const { importer, root } = tempProject({ 'a.ts': 'export const made = {};' });
    const [one, two] = await Promise.all([importer.import('a'), importer.import('./a.ts')]);
    expect(two).toBe(one);
    expect(await importer.import('a', { reload: true })).toBe(one);
    // Another importer in the same process shares the instance, because Node knows the URL.
    const other = await createModuleImporter({ root }).import('a');
    expect(exportsOf(other)['made']).toBe(exportsOf(one)['made']);
  });

  test('may lie outside the root', async () => {
    const { path, root } = tempProject({
      'shared/a.ts': 'export const a = 1;',
      'app/b.ts': `export * from '../shared/a';`,
    });
    const importer = createModuleImporter({ root: join(root, 'app') });
    expect(exportsOf(await importer.import('b'))['a']).toBe(1);
    expect((await importer.import(path('shared/a.ts'))).name).toBe('../shared/a');
  });
});

describe('reload', () => {
  test('gives a changed dependency and its importers new instances and keeps the others', async () => {
    const { importer, write } = tempProject({
      'root.ts': `export { version } from './changing'; export { kept } from './stable';`,
      'changing.ts': `export const version = 1;`,
      'stable.ts': `export const kept = {};`,
    });
    const before = await importer.import('root');
    write({ 'changing.ts': `export const version = 2;` });
    expect((await importer.import('root')).exports).toBe(before.exports);
    const after = await importer.import('root', { reload: true });
    expect(exportsOf(after)['version']).toBe(2);
    expect(exportsOf(after)['kept']).toBe(exportsOf(before)['kept']);
    expect(exportsOf(before)['version']).toBe(1);
  });

  test('notices a change of the same size at once, also with an old modification time', async () => {
    const { importer, path, write } = tempProject({ 'a.ts': 'export const a = 1;' });
    const { mtime } = statSync(path('a.ts'));
    for (const value of [2, 3, 4, 5]) {
      write({ 'a.ts': `export const a = ${value};` });
      utimesSync(path('a.ts'), mtime, mtime);
      expect(exportsOf(await importer.import('a', { reload: true }))['a']).toBe(value);
    }
  });

  test('notices a file that now wins over the one found before', async () => {
    const { importer, write } = tempProject({
      'a.ts': `export { b } from './b';`,
      'b/index.ts': `export const b = 'folder';`,
    });
    expect(exportsOf(await importer.import('a'))['b']).toBe('folder');
    write({ 'b.ts': `export const b = 'file';` });
    expect(exportsOf(await importer.import('a', { reload: true }))['b']).toBe('file');
  });

  test('notices a change of a tsconfig that is extended', async () => {
    const config = (folder: string): string =>
      JSON.stringify({ compilerOptions: { baseUrl: '.', paths: { '@/*': [`./${folder}/*`] } } });
    const { importer, write } = tempProject({
      'tsconfig.json': '{ "extends": "./base.json" } // comments are fine',
      'base.json': config('one'),
      'one/x.ts': 'export const x = 1;',
      'two/x.ts': 'export const x = 2;',
      'a.ts': `export * from '@/x';`,
    });
    expect(exportsOf(await importer.import('a'))['x']).toBe(1);
    write({ 'base.json': config('two') });
    expect(exportsOf(await importer.import('a', { reload: true }))['x']).toBe(2);
  });

  test('notices a link that leads elsewhere', async () => {
    const { importer, path } = tempProject({
      'a.ts': `export * from './link/x';`,
      'one/x.ts': 'export const x = 1;',
      'two/x.ts': 'export const x = 2;',
    });
    symlinkSync(path('one'), path('link'), 'dir');
    const before = await importer.import('a');
    expect(before.closure).toEqual([path('a.ts'), path('one/x.ts')]);
    rmSync(path('link'));
    symlinkSync(path('two'), path('link'), 'dir');
    expect(exportsOf(await importer.import('a', { reload: true }))['x']).toBe(2);
  });

  test('works again after a failed one, with a good file and with the file as it was', async () => {
    const { importer, write } = tempProject({ 'a.ts': 'export const a = {};' });
    const before = await importer.import('a');
    write({ 'a.ts': 'export const = 1;' });
    await expect(importer.import('a', { reload: true })).rejects.toMatchObject({ code: 'FP_MODULE_SYNTAX' });
    await expect(importer.import('a')).rejects.toMatchObject({ code: 'FP_MODULE_SYNTAX' });
    write({ 'a.ts': 'export const a = {};' });
    expect(exportsOf(await importer.import('a'))['a']).toBe(exportsOf(before)['a']);
  });

  test('reloads cycles of any length when one side changes', async () => {
    const ring = (index: number, extra = ''): string =>
      `import { f${(index + 1) % 4} } from './m${(index + 1) % 4}';\nexport function f${index}(n: number): string { return n === 0 ? '${index}${extra}' : f${(index + 1) % 4}(n - 1); }`;
    const { importer, write, path } = tempProject({
      'm0.ts': ring(0),
      'm1.ts': ring(1),
      'm2.ts': ring(2),
      'm3.ts': ring(3),
      'user.ts': `export { f0 } from './m0'; export { kept } from './kept'`,
      'kept.ts': 'export const kept = {};',
    });
    const before = await importer.import('user');
    expect(exportsOf(before)['f0'](6)).toBe('2');
    expect(before.closure).toContain(path('m3.ts'));
    write({ 'm2.ts': ring(2, ' changed') });
    const after = await importer.import('user', { reload: true });
    expect(exportsOf(after)['f0'](6)).toBe('2 changed');
    expect(exportsOf(after)['kept']).toBe(exportsOf(before)['kept']);
    // The members of the ring stay one instance each.
    const member = await importer.import('m0');
    expect(exportsOf(member)['f0']).toBe(exportsOf(after)['f0']);
  });
});

describe('imports', () => {
  test('find TypeScript files under every name that TypeScript allows', async () => {
    const { importer } = tempProject({
      'a.ts': `export * from './b'; export * from './c.js'; export * from './d.mjs'; export * from './e.ts'; export * from './f'; export * from './g/'; export * from './h.data'; export * from '.';`,
      'b.ts': 'export const b = 1;',
      'c.ts': 'export const c = 1;',
      'd.mts': 'export const d = 1;',
      'e.ts': 'export const e = 1;',
      'f/index.ts': 'export const f = 1;',
      'g.ts': 'export const wrong = 1;',
      'g/index.ts': 'export const g = 1;',
      'h.data.ts': 'export const h = 1;',
      'index.ts': 'export const index = 1;',
    });
    expect(Object.keys(exportsOf(await importer.import('a')))).toEqual([
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'index',
    ]);
  });

  test('follow paths and baseUrl of the nearest tsconfig.json', async () => {
    const { importer } = tempProject({
      'tsconfig.json':
        '{ "compilerOptions": { "baseUrl": "./src", "paths": { "@lib/*": ["../missing/*", "../lib/*"], "~": ["../lib/b"] } } }',
      'lib/b.ts': 'export const b = 1;',
      'src/deep/c.ts': 'export const c = 2;',
      'pipelines/a.ts': `export { b } from '@lib/b.js'; export { b as again } from '~'; export { c } from 'deep/c'; export { readFileSync } from 'fs';`,
      'other/tsconfig.json': '{ "compilerOptions": { "paths": { "~": ["./own"] } } }',
      'other/own.ts': 'export const b = 3;',
      'other/a.ts': `export * from '~';`,
    });
    const { b, again, c } = exportsOf(await importer.import('pipelines/a'));
    expect([b, again, c]).toEqual([1, 1, 2]);
    expect(exportsOf(await importer.import('other/a'))['b']).toBe(3);
  });

  test('follow imports and the own name of the package', async () => {
    const { importer, path } = tempProject({
      'package.json': JSON.stringify({
        name: 'own-name',
        imports: { '#lib/*': './lib/*.js', '#dep': 'dep', '#os': 'os' },
        exports: { './b': { types: './x.d.ts', default: './lib/b.ts' } },
      }),
      'lib/b.ts': 'export const b = {};',
      'a.ts': `export { b } from '#lib/b'; export { b as again } from 'own-name/b'; export { dep } from '#dep'; export { EOL } from '#os';`,
      'node_modules/dep/package.json': '{ "type": "module", "exports": "./main.js" }',
      'node_modules/dep/main.js': 'export const dep = 1;',
    });
    const module = await importer.import('a');
    const { b, again, dep } = exportsOf(module);
    expect(again).toBe(b);
    expect(dep).toBe(1);
    expect(module.closure).toEqual([path('a.ts'), path('lib/b.ts')]);
  });

  test('see the copy of a package that the source file sees, and share its instance', async () => {
    const dep = (folder: string, version: number): Record<string, string> => ({
      [`${folder}/node_modules/dep/package.json`]:
        '{ "type": "module", "exports": { ".": { "import": "./main.js" }, "./sub": "./sub.js" } }',
      [`${folder}/node_modules/dep/main.js`]: `export const version = ${version}; export class Shared {}`,
      [`${folder}/node_modules/dep/sub.js`]: `export { Shared } from 'dep';`,
    });
    const { importer, path } = tempProject({
      ...dep('.', 1),
      ...dep('nested', 2),
      'a.ts': `export { version, Shared } from 'dep'; export { Shared as Sub } from 'dep/sub';`,
      'nested/a.ts': `export { version, Shared } from 'dep'; export { Shared as Sub } from 'dep/sub';`,
    });
    for (const [name, version, folder] of [
      ['a', 1, '.'],
      ['nested/a', 2, 'nested'],
    ] as const) {
      const loaded = exportsOf(await importer.import(name));
      const direct = (await import(
        /* @vite-ignore */ pathToFileURL(path(`${folder}/node_modules/dep/main.js`)).href
      )) as Exports;
      expect(loaded['version']).toBe(version);
      expect(loaded['Shared']).toBe(direct['Shared']);
      expect(loaded['Sub']).toBe(direct['Shared']);
    }
  });

  test('take JSON with and without attribute, statically and dynamically', async () => {
    const { importer, path } = tempProject({
      'a.ts': `
        import one from './data.json';
        import two from './data.json' with { type: 'json' };
        export { default as three } from './data.json' with { type: 'json' };
        const four = (await import('./data.json', { with: { type: 'json' } })).default;
        export const all = [one, two, four];
        export const after = 'kept';`,
      'data.json': '\uFEFF{ "__proto__": 1, "text": "line\u2028end" }',
    });
    const module = await importer.import('a');
    const { all, three, after } = exportsOf(module);
    expect(all[0]).toEqual(JSON.parse('{ "__proto__": 1, "text": "line\u2028end" }'));
    expect(new Set([...all, three]).size).toBe(1);
    expect(after).toBe('kept');
    expect(module.closure).toEqual([path('a.ts'), path('data.json')]);
  });

  test('of a literal dynamic import are part of the closure', async () => {
    const { importer, path } = tempProject({
      'a.ts': `export const later = async () => (await import('./b')).b; export const pick = (name: 'os') => import('node:' + name);`,
      'b.ts': 'export const b = 1;',
    });
    const module = await importer.import('a');
    expect(module.closure).toEqual([path('a.ts'), path('b.ts')]);
    expect(await exportsOf(module)['later']()).toBe(1);
    expect(await exportsOf(module)['pick']('os')).toHaveProperty('EOL');
  });

  test('that only bring types do not count', async () => {
    const { importer, path } = tempProject({
      'a.ts': `import type { A } from './types'; import { B } from './types'; export { type C } from './types'; export const a = 1 as unknown as A & B;`,
      'types.ts': `export type A = 1; export interface B {} export type C = 2; throw new Error('evaluated');`,
    });
    expect((await importer.import('a')).closure).toEqual([path('a.ts')]);
  });

  test('keep unused names under verbatimModuleSyntax', async () => {
    const { importer, path } = tempProject({
      'tsconfig.json': '{ "compilerOptions": { "verbatimModuleSyntax": true } }',
      'a.ts': `import { b } from './b'; export const a = 1;`,
      'b.ts': 'export const b = 1;',
    });
    expect((await importer.import('a')).closure).toEqual([path('a.ts'), path('b.ts')]);
  });
});

describe('import.meta', () => {
  test('speaks of the source file, however it is used', async () => {
    const { importer, path, root } = tempProject({
      'deep/a.ts': `
        const { url, dirname } = import.meta;
        export const facts = [url, dirname, import.meta.filename, import.meta.resolve('../data.csv'), new URL('x.csv', import.meta.url).href];
        export const builtin = import.meta.resolve('node:fs');`,
    });
    const { facts, builtin } = exportsOf(await importer.import('deep/a'));
    const url = pathToFileURL(path('deep/a.ts')).href;
    expect(facts).toEqual([
      url,
      path('deep'),
      path('deep/a.ts'),
      pathToFileURL(join(root, 'data.csv')).href,
      new URL('x.csv', url).href,
    ]);
    expect(builtin).toBe('node:fs');
  });
});

describe('the cache', () => {
  test('keeps other files when it lies beside them and needs no package.json with a module type', async () => {
    const { importer, cache, write } = tempProject({
      'package.json': '{ "type": "commonjs" }',
      'a.ts': 'export const a = 1; export const b = await a;',
    });
    await importer.import('a');
    write({ 'a.ts': 'export const a = 2;' });
    await importer.import('a', { reload: true });
    expect(readdirSync(cache).filter((name) => !/^a(\.[0-9a-f]{24}\.mjs|\.ts\.json)$/.test(name))).toEqual(
      [],
    );
    expect(readdirSync(cache)).toHaveLength(3);
  });

  test.each([
    ['a missing output', (path: string) => rmSync(path)],
    ['a truncated output', (path: string) => writeFileSync(path, 'export const')],
  ])('is repaired: %s', async (_, damage) => {
    const { importer, cache, root, write } = tempProject({
      'a.ts': `export { b } from './b';`,
      'b.ts': 'export const b = 1;',
    });
    await importer.import('a');
    const output = readdirSync(cache).find((name) => name.startsWith('b.'))!;
    const content = readFileSync(join(cache, output), 'utf8');
    damage(join(cache, output));
    write({ 'c.ts': 'export const c = 1;' });
    const other = createModuleImporter({ root });
    expect(exportsOf(await other.import('a'))['b']).toBe(1);
    expect(readFileSync(join(cache, output), 'utf8')).toBe(content);
  });

  test.each(['', '{', 'null', '[]', '{"version":{"format":1}}'])(
    'is repaired: a manifest of %j',
    async (text) => {
      const { importer, cache, root } = tempProject({ 'a.ts': 'export const a = 1;' });
      await importer.import('a');
      const manifest = join(cache, 'a.ts.json');
      const content = JSON.parse(readFileSync(manifest, 'utf8')) as { hash: string };
      writeFileSync(manifest, text);
      expect((await createModuleImporter({ root }).import('a')).hash).toBe(content.hash);
      expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ hash: content.hash });
    },
  );

  test('moves to the temporary directory when that of the project can be opened and not filled', async () => {
    const { root, cache } = tempProject({ 'a.ts': 'export const a = 1;' });
    const away = tempProject({});
    vi.stubEnv('TMPDIR', away.root);
    onTestFinished(() => void vi.unstubAllEnvs());
    const importer = createModuleImporter({ root });
    mkdirSync(join(cache, 'a.ts.json', 'in the way'), { recursive: true });
    const { exports } = await importer.import('a');
    expect(exports).toMatchObject({ a: 1 });
    expect(readdirSync(away.root).filter((name) => name.startsWith('flowerpower-cache-'))).toHaveLength(1);
    // From there a second process has it without storing anything.
    expect((await createModuleImporter({ root }).import('a')).exports).toBe(exports);
  });

  test('leaves nothing half-written when the manifest cannot be stored, and works once it can', async () => {
    const { root, cache } = tempProject({ 'a.ts': 'export const a = 1;' });
    const importer = createModuleImporter({ root, cacheDir: cache });
    mkdirSync(join(cache, 'a.ts.json', 'in the way'), { recursive: true });
    await expect(importer.import('a')).rejects.toMatchObject({ code: 'FP_MODULE_CACHE_UNWRITABLE' });
    expect(readdirSync(cache).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    rmSync(join(cache, 'a.ts.json'), { recursive: true });
    expect(exportsOf(await importer.import('a'))['a']).toBe(1);
  });

  test('may stand anywhere: packages still come from the project', async () => {
    const { root, path } = tempProject({
      'a.ts': `export { dep } from 'dep';`,
      'node_modules/dep/package.json': '{ "type": "module", "main": "./main.js" }',
      'node_modules/dep/main.js': 'export const dep = {};',
    });
    const away = tempProject({});
    const loaded = exportsOf(await createModuleImporter({ root, cacheDir: away.path('cache') }).import('a'));
    const direct = (await import(
      /* @vite-ignore */ pathToFileURL(path('node_modules/dep/main.js')).href
    )) as Exports;
    expect(loaded['dep']).toBe(direct['dep']);
    expect(readdirSync(away.path('cache'))).toHaveLength(2);
    expect(() => readdirSync(join(root, 'node_modules/.cache'))).toThrow('ENOENT');
  });

  test('is not rewritten by a build that gives the same files', async () => {
    const { importer, cache, root } = tempProject({ 'a.ts': 'export const a = 1;' });
    await importer.import('a');
    const output = join(cache, readdirSync(cache).find((name) => name.endsWith('.mjs'))!);
    const before = statSync(output).ino;
    rmSync(join(cache, 'a.ts.json'));
    await createModuleImporter({ root }).import('a');
    expect(statSync(output).ino).toBe(before);
  });
});
