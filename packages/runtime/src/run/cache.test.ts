/** `run.cache`: values of nodes are kept in files from one run to the next. */
import { collect, node, type NodeContext, parallelizable } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { expect, test, vi } from 'vitest';
import { errorOf, type LoosePipeline, pipeline, setUp } from '../__fixtures__/set-up.js';
import { type CacheSettings, defaultCacheDir } from '../config/run-config.js';
import type { LogLevel } from '../logging/log-level.js';

const on: CacheSettings = { enabled: true };
const cached = (cache: CacheSettings, more: LoosePipeline = {}): LoosePipeline => ({
  ...more,
  run: { inputs: { x: 2 }, ...more.run, cache },
});

function counted() {
  const calls: string[] = [];
  const m = {
    twice: ({ x }: { x: number }) => [calls.push('twice'), 2 * x][1]!,
    label: ({ twice }: { twice: number }) => [calls.push('label'), `=${twice}`][1]!,
  };
  return { calls, m };
}

test('another runner finds what the first has kept, and events and result say so', async () => {
  const fs = createMemoryFileSystem();
  const { calls, m } = counted();
  const first = await setUp({ fs });
  const result = await first.runner.run(pipeline(m, cached(on)));
  expect(result.nodes).toEqual({
    twice: { status: 'success', durationMs: 0 },
    label: { status: 'success', durationMs: 0 },
  });
  expect(first.events.at(-1)).toMatchObject({ nodes: { succeeded: 2, cached: 0 } });

  const second = await setUp({ fs });
  const again = await second.runner.run(pipeline(m, cached(on)));
  expect(again.outputs).toEqual({ label: '=4' });
  expect(again.nodes).toEqual({
    twice: { status: 'success', durationMs: 0, cached: true },
    label: { status: 'success', durationMs: 0, cached: true },
  });
  expect(second.events.filter(({ type }) => type === 'node.succeeded')).toMatchObject([
    { node: 'twice', cached: true, summary: { type: 'number' } },
    { node: 'label', cached: true },
  ]);
  expect(second.events.at(-1)).toMatchObject({ nodes: { succeeded: 2, cached: 2 } });
  expect(calls).toEqual(['twice', 'label']);
  expect(await fs.readText(`${defaultCacheDir}/.gitignore`)).toBe('*\n');

  await second.runner.run(pipeline(m, cached({ ...on, recompute: ['twice'] })));
  await second.runner.run(pipeline(m, cached({ enabled: false })));
  expect(calls).toEqual(['twice', 'label', 'twice', 'twice', 'label']);
});

test('inside a fan-out each item counts: what has changed is computed', async () => {
  const fs = createMemoryFileSystem();
  const seen: number[] = [];
  const m = {
    number: node(({ list }: { list: number[] }) => list, parallelizable()),
    square: ({ number }: { number: number }) => [seen.push(number), number * number][1]!,
    all: node(({ square }: { square: number[] }) => square, collect('square')),
  };
  const run = async (list: number[]) => {
    const { runner, events } = await setUp({ fs });
    const { outputs, nodes } = await runner.run(pipeline(m, { run: { cache: on, inputs: { list } } }));
    return { all: outputs['all'], square: nodes['square'], counts: events.at(-1) };
  };
  await run([1, 2, 3]);
  expect(await run([1, 5, 3])).toMatchObject({
    all: [1, 25, 9],
    square: { status: 'success', items: 3, cachedItems: 2 },
    counts: { nodes: { cached: 0 } },
  });
  expect(await run([3, 1])).toMatchObject({
    all: [9, 1],
    square: { status: 'success', cached: true, items: 2, cachedItems: 2 },
    counts: { nodes: { cached: 1 } },
  });
  expect(seen).toEqual([1, 2, 3, 5]);
});

test('loaders read and savers write every time, unless their options say otherwise', async () => {
  const { runner, fs } = await setUp({ files: { 'a.json': '[1]', 'b.json': '[2]' } });
  const m = { sum: ({ rows }: { rows: number[] }) => rows.reduce((total, row) => total + row, 0) };
  const run = (cache: CacheSettings, path: string) =>
    runner.run(
      pipeline(m, {
        load: { rows: { type: 'json', path } },
        save: { sum: { type: 'json', path: 'sum.json' } },
        run: { cache },
      }),
    );
  expect((await run(on, 'a.json')).outputs).toEqual({ sum: 1 });
  await fs.write('a.json', '[3]');
  await fs.delete('sum.json');
  expect((await run(on, 'a.json')).outputs).toEqual({ sum: 3 });
  expect(await fs.readText('sum.json')).toBe('3\n');

  const trusting = { ...on, dir: 'other', defaultLoaderBehavior: 'default' } as const;
  await run(trusting, 'a.json');
  await fs.write('a.json', '[4]');
  const kept = await run(trusting, 'a.json');
  expect(kept).toMatchObject({ outputs: { sum: 3 }, nodes: { rows: { cached: true } } });
  expect(kept.loaded).toMatchObject({ rows: { format: 'json', bytes: 3 } });
  expect((await run(trusting, 'b.json')).outputs).toEqual({ sum: 2 });
});

test('a retry keeps what succeeded, cached or not', async () => {
  const { runner, clock } = await setUp();
  const { calls, m } = counted();
  await runner.run(pipeline(m, cached(on)));
  const flaky = vi.fn(() => {
    if (flaky.mock.calls.length === 1) throw new Error('once');
    return 1;
  });
  const more = { ...m, late: ({ label }: { label: string }) => [label, flaky()].join() };
  const retry = { maxRetries: 1, retryDelay: 1, jitterFactor: 0 };
  const run = runner.run(pipeline(more, cached(on, { run: { retry } })));
  // The files of the cache are read with promises of their own; wait for the failure before time goes on.
  while (flaky.mock.calls.length === 0) await Promise.resolve();
  await clock.advance(1000);
  expect(await run).toMatchObject({
    outputs: { late: '=4,1' },
    attempts: 2,
    nodes: { twice: { cached: true }, label: { cached: true }, late: { status: 'success' } },
  });
  expect(calls).toEqual(['twice', 'label']);
});

test('mistakes are reported with those of the rest, before anything runs', async () => {
  const { runner } = await setUp();
  const { m, calls } = counted();
  const wrong = cached({
    ...on,
    dir: '../outside',
    maxSizeBytes: 0.5,
    maxAge: -1,
    recompute: ['twcie'],
    ignore: ['x'],
    disable: ['x'],
  });
  const error = await errorOf(() => runner.run(pipeline(m, wrong)));
  expect(
    (error['problems'] as { code: string; message: string }[]).map(({ code, message }) => [code, message]),
  ).toEqual([
    ['FP_INVALID_RUN_OPTION', 'run.cache.maxSizeBytes must be a whole number of at least 1, not 0.5.'],
    ['FP_INVALID_RUN_OPTION', 'run.cache.maxAge must be a number of seconds above 0, not -1.'],
    ['FP_FS_INVALID_PATH', expect.stringMatching(/^run\.cache\.dir: /)],
    ['FP_BAD_CACHE_OPTION', "cache.recompute names 'twcie', which is not a node."],
    ['FP_BAD_CACHE_OPTION', "'x' is named by cache.disable and by cache.ignore."],
  ]);
  expect(calls).toEqual([]);
});

test('a synchronous run refuses a cache', async () => {
  const { runner } = await setUp();
  const { m, calls } = counted();
  expect(await errorOf(() => runner.runSync(pipeline(m, cached(on))))).toMatchObject({
    code: 'FP_NOT_SYNCHRONOUS',
    hint: expect.stringContaining('cache: false'),
  });
  expect(calls).toEqual([]);
  expect(runner.runSync(pipeline(m, cached({ enabled: false }))).outputs).toEqual({ label: '=4' });
});

test('a cache that cannot be written costs warnings, not the run', async () => {
  const fs = createMemoryFileSystem();
  const sub = fs.sub.bind(fs);
  fs.sub = (dir) => {
    const inner = sub(dir);
    inner.write = () => Promise.reject(new Error('disk full'));
    return inner;
  };
  const { runner, logs } = await setUp({ fs });
  const { m } = counted();
  expect((await runner.run(pipeline(m, cached(on)))).outputs).toEqual({ label: '=4' });
  expect(logs.map(({ level, msg }) => [level, msg])).toEqual([
    ['WARNING', "The value of 'twice' could not be stored: disk full"],
    ['WARNING', "One more value could not be stored: 'label'."],
  ]);
});

test('the store of some settings is the one that runs use', async () => {
  const { runner } = await setUp();
  const { m } = counted();
  expect(await runner.cacheStore({}).size()).toMatchObject({ entries: 0, oldest: undefined });
  await runner.run(pipeline(m, cached({ ...on, maxAge: 3600 })));
  const store = runner.cacheStore({ maxAge: 3600 });
  expect(await store.size()).toMatchObject({ entries: 2, newest: expect.any(Date) });
  expect(await store.prune({ maxSizeBytes: 0 })).toMatchObject({ deletedFiles: 2, sizeBytes: 0 });
  expect(await store.size()).toMatchObject({ entries: 0, sizeBytes: 0 });
});

test('at the level DEBUG the log says why nodes were computed although there is a cache', async () => {
  const fs = createMemoryFileSystem();
  const m = {
    tries: node({ inputs: [] }, ({ attempt }: NodeContext) => attempt),
    twice: ({ x }: { x: number }) => 2 * x,
    sum: ({ tries, twice }: { tries: number; twice: number }) => tries + twice,
  };
  const told = async (level: LogLevel, x: number) => {
    const { runner, logs } = await setUp({ fs, level });
    await runner.run(pipeline(m, cached(on, { run: { inputs: { x } } })));
    return logs.map(({ msg }) => msg);
  };
  expect(await told('DEBUG', 2)).toContain('Cache: twice: miss, there is no entry yet.');
  const again = await told('DEBUG', 2);
  expect(again.join()).not.toContain('twice: miss');
  expect(again).toContainEqual(expect.stringMatching(/^Cache: tries: miss, .*attempt/));
  expect(await told('INFO', 3)).toEqual([]);
});
