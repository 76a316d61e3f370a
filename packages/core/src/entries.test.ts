/** The entries of the built package: what they bring, and what they weigh in a browser. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import * as all from './index.js';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly default: string }>>;
};
const subjects = Object.keys(manifest.exports).filter(
  (key) => !['.', './package.json', './testing'].includes(key),
);
const fileOf = (entry: string) =>
  fileURLToPath(new URL(`../${manifest.exports[entry]!.default}`, import.meta.url));

test.each(subjects)('whatever %s brings, the package itself brings too', async (entry) => {
  const names = Object.keys((await import(fileOf(entry))) as object);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !(name in all))).toEqual([]);
});

test('every value of the package has a subject, except the driver that has them all', async () => {
  const modules = await Promise.all(subjects.map((entry) => import(fileOf(entry)) as Promise<object>));
  const known = new Set(modules.flatMap((module) => Object.keys(module)));
  expect(Object.keys(all).filter((name) => !known.has(name))).toEqual(['createDriver']);
});

test('two entries share one engine', async () => {
  const [main, engine] = await Promise.all(
    ['.', './engine'].map((entry) => import(fileOf(entry)) as Promise<object>),
  );
  expect(main).toMatchObject({ ...engine });
});

/** Minified and compressed, in thousands of bytes. */
async function weightOf(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL('./', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
}

test.each([
  ['createEngine', './engine', 12.5],
  ['createDriver', '.', 30.7],
])('%s of %s weighs at most %f kB', async (name, entry, limit) => {
  const weight = await weightOf(`export { ${name} } from '@flowerpower/core${entry.slice(1)}'`);
  expect(weight).toBeLessThanOrEqual(limit);
  // So that the limit follows what was won.
  expect(weight).toBeGreaterThan(limit * 0.85);
});

test.each(['.', './engine'])('%s adds nothing to a bundle that uses little of it', async (entry) => {
  const code = (source: string) => `import { isThenable } from '${source}'; console.log(isThenable(1));`;
  const [built, alone] = await Promise.all([
    weightOf(code(`@flowerpower/core${entry.slice(1)}`)),
    weightOf(code('./model/is-thenable.js')),
  ]);
  expect(built).toBe(alone);
});
