/** Everything happens below one temporary folder: `project` in it is the project, `outside` what it must not reach. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadFrom, node, saveTo, source } from '@flowerpower/core';
import { createBoundary, createLocalFileSystem, createMemoryFileSystem } from '@flowerpower/fs';
import { from, to } from '@flowerpower/io';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

let base: string;
let root: string;
let outside: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-outside-')));
  root = join(base, 'project');
  outside = join(base, 'outside');
  mkdirSync(root);
  mkdirSync(outside);
  writeFileSync(join(outside, 'in.txt'), 'text');
  symlinkSync(outside, join(root, 'out'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const open = (allowOutside: string[] = []) =>
  setUp({
    fs: createLocalFileSystem({ root }),
    ...(allowOutside.length > 0 && { boundary: createBoundary({ root, allowOutside }) }),
  });
const ran: string[] = [];
beforeEach(() => void (ran.length = 0));
const a = () => ran.push('a');
const nothingHappened = () => {
  expect(ran).toEqual([]);
  expect(readdirSync(outside)).toEqual(['in.txt']);
  expect(readdirSync(root)).toEqual(['out']);
};

test('loaders, savers and the cache outside of the project are refused together, before anything runs', async () => {
  const { runner } = await open();
  const load = {
    one: { type: 'text', path: join(outside, 'in.txt') },
    two: { type: 'text', path: 'out/in.txt' },
  };
  const save = {
    a: { type: 'json', path: pathToFileURL(join(outside, 'a.json')).href.replace('file', 'FILE') },
    one: { type: 'text', path: 'x\\..\\y' },
  };
  const places: string[] = [];
  const placeOf = (keys: readonly string[]) => {
    places.push(keys.join('.'));
    return { file: 'p.yml', line: places.length, column: 1 };
  };
  const definition = {
    ...pipeline({ a }, { load, save, run: { cache: { enabled: true, dir: '../outside/cache' } } }),
    placeOf,
  };
  for (const start of [
    () => runner.run(definition),
    () => runner.plan(definition),
    () => runner.build(definition),
  ]) {
    places.length = 0;
    const error = await errorOf(start);
    expect(error).toMatchObject({
      code: 'FP_INVALID_PIPELINE',
      problems: [
        { code: 'FP_FS_OUTSIDE_ROOT', places: [{ file: 'p.yml', line: 1, column: 1 }] },
        { code: 'FP_FS_OUTSIDE_ROOT', message: expect.stringContaining(`understood as ${outside}/in.txt`) },
        { code: 'FP_FS_OUTSIDE_ROOT', hint: expect.stringContaining(`allowOutside: [${outside}]`) },
        { code: 'FP_FS_INVALID_PATH' },
        { code: 'FP_FS_OUTSIDE_ROOT', hint: expect.stringContaining(`allowOutside: [${outside}/cache]`) },
      ],
    });
    // The nodes of the entries have their places too.
    expect([...new Set(places.filter((place) => !/^io\.\w+\.\w+$/.test(place)))]).toEqual([
      'io.load.one.path',
      'io.load.two.path',
      'io.save.a.path',
      'io.save.one.path',
      'run.cache.dir',
    ]);
  }
  nothingHappened();
  await runner.close();
});

test('what is allowed outside is loaded, saved and cached there', async () => {
  const { runner } = await open([outside]);
  const load = { one: { type: 'text', path: 'out/in.txt' } };
  const save = { one: { type: 'text', path: '../outside/deep/copy.txt' } };
  const cache = { enabled: true, dir: join(outside, 'cache') };
  const { saved } = await runner.run(pipeline({ a }, { load, save, run: { cache } }));
  expect(saved['one']).toMatchObject({ uri: pathToFileURL(join(outside, 'deep', 'copy.txt')).href });
  expect(readdirSync(outside)).toEqual(['cache', 'deep', 'in.txt']);
  await runner.close();
});

test('loaders and savers in code too, with paths that only inputs tell', async () => {
  const { runner } = await open();
  const nodes = {
    b: node(
      ({ a: _a, text }: { a: number; text: string }) => text,
      loadFrom({ text: from.text({ path: source('file') }) }),
      saveTo(to.text({ path: join(outside, 'b.txt') })),
    ),
    a,
  };
  const inputs = { file: '../outside/in.txt' };
  const saver = { code: 'FP_FS_OUTSIDE_ROOT', message: expect.stringMatching(/^save\.b \(text\.path\): /) };
  expect(await errorOf(() => runner.build(pipeline(nodes)))).toMatchObject(saver);
  const some = pipeline(nodes, { run: { finalVars: ['b'] } });
  expect(await errorOf(() => runner.run(some, { inputs }))).toMatchObject({
    code: 'FP_FS_OUTSIDE_ROOT',
    message: expect.stringContaining(`understood as ${outside}/in.txt`),
  });
  expect(await errorOf(() => runner.run(some, { inputs, outputs: ['b', 'save.b'] }))).toMatchObject({
    code: 'FP_INVALID_PIPELINE',
    problems: [{ code: 'FP_FS_OUTSIDE_ROOT' }, saver],
  });
  nothingHappened();
  await runner.close();
});

test('a path that a node computes is refused when it is known, and nothing is opened', async () => {
  const { runner } = await open();
  const nodes = {
    where: () => join(outside, 'b.txt'),
    b: node(() => 'text', saveTo(to.text({ path: source('where') }))),
  };
  const error = await errorOf(() => runner.run(pipeline(nodes)));
  expect(error).toMatchObject({ code: 'FP_NODE_FAILED', cause: { code: 'FP_FS_OUTSIDE_ROOT' } });
  nothingHappened();
  await runner.close();
});

test('a project in memory has no path of this machine inside', async () => {
  const { runner } = await setUp({ fs: createMemoryFileSystem() });
  const save = { a: { type: 'json', path: join(outside, 'a.json') } };
  expect(await errorOf(() => runner.run(pipeline({ a }, { save })))).toMatchObject({
    code: 'FP_FS_OUTSIDE_ROOT',
  });
  nothingHappened();
  await runner.close();
});
