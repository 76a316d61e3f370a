/** Streams, loaders and the cache. */
import { expect, test } from 'vitest';
import { createDriver } from '../index.js';
import type { DataLoader } from '../materialize/contract.js';
import { loadNode } from '../materialize/load-node.js';
import { node } from '../model/node.js';
import type { NodeLog } from '../model/functions.js';
import { cache } from './cache.js';
import { defineCacheStore } from './define-cache-store.js';
import { memoryCacheStore } from './memory-cache-store.js';
import type { CacheOptions } from './resolve-behaviors.js';

function loaderOf<V>(load: () => V): DataLoader<V, { rows: number }> {
  return { type: 'numbers', options: {}, load: () => [load(), { rows: 3 }] };
}

function lines(): { log: NodeLog; reported: string[] } {
  const reported: string[] = [];
  const write = (level: string) => (message: string) => void reported.push(`${level} ${message}`);
  return {
    reported,
    log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
  };
}

test('a stream beside a cache: no warning, and only it and its readers run again', async () => {
  const calls: string[] = [];
  const count = <T>(name: string, value: T): T => {
    calls.push(name);
    return value;
  };
  async function* batches() {
    yield [1, 2];
  }
  const m = {
    small: () => count('small', 5),
    big: loadNode(loaderOf(() => count('big', batches()))),
    made: () => count('made', batches()),
    sum: async ({ big, made }: { big: AsyncIterable<number[]>; made: AsyncIterable<number[]> }) => {
      calls.push('sum');
      let total = 0;
      for (const stream of [big, made]) for await (const batch of stream) total += batch[0]! + batch[1]!;
      return total;
    },
    all: ({ sum, small }: { sum: number; small: number }) => count('all', sum + small),
  };
  const { log, reported } = lines();
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() }, log });
  for (const _ of [1, 2, 3]) expect(await driver.execute(['all'])).toEqual({ all: 11 });
  expect(reported).toEqual([]);
  expect(calls.filter((name) => name === 'small' || name === 'all')).toEqual(['small', 'all']);
  expect(calls.filter((name) => name === 'big')).toHaveLength(3);
  expect(driver.cache.explain(['made', 'sum', 'big']).map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      'made: miss, its value could not be stored, because it is a stream, which is read once',
      "sum: miss, an input cannot be compared: in 'big', it is a stream, which is read once",
      'big: miss, its behaviour is recompute',
    ]),
  );
});

test('what is loaded in every run is not stored; where it may be kept, it is stored once', async () => {
  const stored = async (options: Omit<CacheOptions, 'store'>) => {
    const store = memoryCacheStore();
    let loads = 0;
    const m = {
      rows: loadNode(loaderOf(() => [++loads, 2])),
      count: ({ rows }: { rows: number[] }) => rows.length,
    };
    const driver = createDriver({ modules: [m], cache: { store, ...(options as object) } });
    for (const _ of [1, 2]) await driver.execute(['count']);
    const { entries } = await driver.cache.size();
    return { loads, entries, texts: driver.cache.explain().map(({ text }) => text) };
  };
  expect(await stored({})).toEqual({
    loads: 2,
    entries: 2,
    texts: [
      'rows.loader: miss, its behaviour is recompute',
      'rows: miss, its behaviour is recompute',
      "count: miss, 'rows' changed",
    ],
  });
  expect(await stored({ defaultLoaderBehavior: 'default' })).toEqual({
    loads: 1,
    entries: 2,
    texts: ['rows.loader: hit', 'rows: hit', 'count: hit'],
  });
});

test.each<[string, Omit<CacheOptions, 'store'>]>([
  ['of the value', { default: ['rows'] }],
  ['of what loads it', { default: ['rows.loader'] }],
])('a behaviour %s is that of both', async (_, options) => {
  let loads = 0;
  const m = { rows: loadNode(loaderOf(() => ++loads)) };
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore(), ...(options as object) } });
  for (const _ of [1, 2]) await driver.execute(['rows']);
  expect(loads).toBe(1);
});

test('the modifier on a loaded value reaches what loads it', async () => {
  let loads = 0;
  const m = {
    rows: loadNode(
      loaderOf(() => ++loads),
      cache('default'),
    ),
  };
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() } });
  for (const _ of [1, 2]) await driver.execute(['rows']);
  expect(loads).toBe(1);
});

test('a store that is full: one warning, and one that counts the others', async () => {
  const memory = memoryCacheStore();
  const full = defineCacheStore({
    contractVersion: 1,
    name: 'full',
    getVersion: (key) => memory.getVersion(key),
    getValue: (version) => memory.getValue(version),
    set: () => {
      throw new Error('no space left on device');
    },
    delete: (key) => memory.delete(key),
    clear: () => memory.clear(),
    size: () => memory.size(),
  });
  const m = {
    a: () => 1,
    b: () => 2,
    c: node(({ a }: { a: number }) => a + 2),
    sum: ({ a, b, c }: { a: number; b: number; c: number }) => a + b + c,
  };
  const { log, reported } = lines();
  const driver = createDriver({ modules: [m], cache: { store: full }, log });
  driver.executeSync(['sum']);
  expect(reported).toEqual([
    "warn The value of 'a' could not be stored: no space left on device",
    "warn 3 more values could not be stored: 'b', 'c', 'sum'.",
  ]);
});
