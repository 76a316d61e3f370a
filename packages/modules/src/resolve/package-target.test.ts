/** Node itself is the oracle: `require.resolve` uses the same algorithm with the condition `require`. */
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { tempProject } from '../__fixtures__/temp-project.js';
import { readPackageManifest, resolveExport, resolvePackageImport } from './package-target.js';

const conditions = new Set(['node', 'require', 'module-sync', 'node-addons']);

const files = [
  'index.js',
  'main.js',
  'a.js',
  'lib/a.js',
  'lib/deep/b.js',
  'lib/index.js',
  'other/a.js',
  'x/index.js',
];

const manifests: Record<string, object> = {
  'no exports': {},
  main: { main: './main.js' },
  'main without extension': { main: 'main' },
  'main folder': { main: 'x' },
  string: { exports: './main.js' },
  sugar: { exports: { import: './a.js', default: './main.js' } },
  conditions: {
    exports: {
      '.': { types: './x.d.ts', browser: './a.js', node: { import: './a.js', require: './main.js' } },
    },
  },
  'no condition holds': { exports: { '.': { import: './a.js' } } },
  'inner falls through': { exports: { '.': { node: { import: './a.js' }, default: './main.js' } } },
  subpaths: { exports: { '.': './main.js', './a.js': './lib/a.js', './sub': './other/a.js' } },
  patterns: { exports: { './*': './lib/*.js', './deep/*': './lib/deep/*.js', './*.js': './lib/*.js' } },
  'pattern forbidden': { exports: { './*': './lib/*.js', './deep/*': null } },
  'pattern with an end': { exports: { './*/b': './lib/*/b.js', './*': './other/*.js' } },
  array: { exports: { '.': [{ import: './a.js' }, './main.js'] } },
  imports: {
    imports: {
      '#a': './a.js',
      '#lib/*': './lib/*.js',
      '#lib/deep/*': null,
      '#url': 'node:os',
      '#up': '../x.js',
      '#c': { require: './main.js' },
    },
  },
};

const requests = ['.', './a.js', './a', './sub', './deep/b', './lib/a.js', './gone'];
const names = ['#a', '#lib/a', '#lib/deep/b', '#url', '#up', '#c', '#gone'];

test.each(Object.entries(manifests))('resolves exports as Node does: %s', (name, manifest) => {
  const { path, root } = tempProject({
    ...Object.fromEntries(files.map((file) => [`node_modules/dep/${file}`, ''])),
    'node_modules/dep/package.json': JSON.stringify(manifest),
  });
  const require = createRequire(path('here.js'));
  const dep = readPackageManifest(path('node_modules/dep'))!;
  for (const request of requests) {
    // Without exports, require also guesses extensions and folders, which import does not.
    if (!('exports' in manifest) && !/^\.$|\.js$/.test(request)) continue;
    let expected: string | undefined;
    try {
      expected = require.resolve(`dep${request.slice(1)}`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A target that does not exist is still the target.
      if (code === 'MODULE_NOT_FOUND') continue;
      expect(code, request).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
    }
    const actual = resolveExport(dep, request, conditions);
    expect(actual && relative(root, actual), `${name} ${request}`).toBe(expected && relative(root, expected));
  }
});

test('resolves imports as Node does', () => {
  const { path } = tempProject({
    ...Object.fromEntries(files.map((file) => [file, ''])),
    'package.json': JSON.stringify(manifests['imports']),
  });
  const require = createRequire(path('here.js'));
  const own = readPackageManifest(path('.'))!;
  for (const name of names) {
    let expected: string | undefined;
    try {
      expected = require.resolve(name);
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toMatch(
        /^ERR_(PACKAGE_IMPORT_NOT_DEFINED|INVALID_PACKAGE_TARGET)$/,
      );
    }
    const target = resolvePackageImport(own, name, conditions);
    expect(target && ('file' in target ? target.file : target.specifier), name).toBe(expected);
  }
});

test('a package.json that is not a JSON object counts as none', () => {
  const { path } = tempProject({ 'a/package.json': '{', 'b/package.json': '1' });
  expect(readPackageManifest(path('a'))).toBeUndefined();
  expect(readPackageManifest(path('b'))).toBeUndefined();
  expect(readPackageManifest(path('c'))).toBeUndefined();
});
