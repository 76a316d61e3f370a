/** SEMANTICS §1.7 and §6.6: wrong results, leaks and cost of the original's cache. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  cache,
  collect,
  createDriver,
  defineCacheStore,
  defineModule,
  type DriverOptions,
  gracefulErrorsAdapter,
  memoryCacheStore,
  node,
  parallelizable,
  parameterize,
  value,
} from '../index.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function build<const Modules extends readonly object[]>(
  modules: Modules,
  store = memoryCacheStore(),
  more: Partial<DriverOptions<readonly object[]>> = {},
) {
  return createDriver({ modules, cache: { store }, log: quiet, ...more } as never) as unknown as ReturnType<
    typeof createDriver<Modules, { store: ReturnType<typeof memoryCacheStore> }>
  >;
}

describe('§1.7 wrong results', () => {
  test.each([
    [1, '1'],
    [[1, 2], '[1,2]'],
    [true, 'True'],
    [true, 'true'],
    [1, 1n],
    [0, -0],
    [Number.NaN, 'NaN'],
    [null, undefined],
    [new Date(0), new Date(0).toISOString()],
    [new Map([[1, 2]]), new Set([[1, 2]])],
    [new Uint8Array([1]), [1]],
    [{ a: undefined }, {}],
  ])('(1) %o and %o share a data version: a warm run gives the wrong type', (one, other) => {
    const m = { kept: ({ given }: { given: unknown }) => [given] };
    const driver = build([m]);
    for (const given of [one, other, one]) {
      expect(
        driver.executeSync(['kept'], { overrides: {}, inputs: { given: given ?? null } }).kept[0],
      ).toStrictEqual(given ?? null);
      const inner = { given };
      expect(driver.executeSync(['kept'], { inputs: { given: inner } }).kept[0]).toStrictEqual(inner);
    }
  });

  test('(1) collisions inside of fan-outs', async () => {
    const m = {
      item: node((): unknown[] => [1, '1', 1n, true], parallelizable()),
      kept: async ({ item }: { item: unknown }) => ({ item }),
      all: node(({ kept }: { kept: { item: unknown }[] }) => kept.map(({ item }) => item), collect('kept')),
    };
    const driver = build([m]);
    for (const _ of ['cold', 'warm'])
      expect(await driver.execute(['all'])).toEqual({ all: [1, '1', 1n, true] });
  });

  test('(2) an edited helper gives a stale hit', () => {
    const store = memoryCacheStore();
    const version = (codeVersion: string, helper: (n: number) => number) =>
      build(
        [defineModule({ name: 'm', exports: { a: ({ n }: { n: number }) => helper(n) }, codeVersion })],
        store,
      );
    const inputs = { n: 1 };
    expect(version('one', (n) => n + 1).executeSync(['a'], { inputs })).toEqual({ a: 2 });
    expect(version('two', (n) => n + 10).executeSync(['a'], { inputs })).toEqual({ a: 11 });
    expect(version('one', () => 0).executeSync(['a'], { inputs })).toEqual({ a: 2 });
  });

  test('(3) a literal of parameterize that has changed gives a stale hit', () => {
    const store = memoryCacheStore();
    const scaled = (by: number) => {
      const f = ({ n, scale }: { n: number; scale: number }) => n * scale;
      return build([{ f: node(f, parameterize({ out: { scale: value(by) } })) }], store);
    };
    const inputs = { n: 2 };
    expect(scaled(10).executeSync(['out'], { inputs })).toEqual({ out: 20 });
    expect(scaled(100).executeSync(['out'], { inputs })).toEqual({ out: 200 });
    expect(scaled(10).executeSync(['out'], { inputs })).toEqual({ out: 20 });
  });

  test('the behaviour ignore stores results all the same', () => {
    const store = memoryCacheStore();
    const m = { a: node(() => 'a', cache('ignore')), b: node(() => 'b', cache('disable')) };
    build([m], store).executeSync(['a', 'b']);
    expect(store.size()).toMatchObject({ entries: 0 });
  });

  test('what one run changes in a value, another run finds', () => {
    const m = { list: () => [1, 2, 3], total: ({ list }: { list: number[] }) => list.length };
    const driver = build([m]);
    driver.executeSync(['list']).list.push(4);
    expect(driver.executeSync(['list', 'total'])).toEqual({ list: [1, 2, 3], total: 3 });
  });
});

describe('§1.7 leak: graph and logs of every run are kept for ever', () => {
  const m = { a: ({ n }: { n: number }) => n + 1, b: ({ a }: { a: number }) => a + 1 };

  test('200 equal runs leave one entry for each node, and the story of the last run', () => {
    const store = memoryCacheStore();
    const driver = build([m], store);
    for (let run = 0; run < 200; run++) driver.executeSync(['b'], { inputs: { n: 1 } });
    expect(store.size()).toMatchObject({ entries: 2 });
    expect(driver.cache.explain()).toHaveLength(2);
  });

  test('§6.6 no limit: the store never grows beyond its own', () => {
    const store = memoryCacheStore({ maxEntries: 10 });
    const driver = build([m], store);
    for (let n = 0; n < 200; n++) driver.executeSync(['b'], { inputs: { n } });
    expect(store.size()).toMatchObject({ entries: 10 });
  });
});

describe('§6.6, §2.10.2 the cache never reaches what runs', () => {
  test('a warm run calls nothing; asks the store once for each node', async () => {
    const calls: string[] = [];
    const counts = { version: 0, value: 0, set: 0 };
    const kept = memoryCacheStore();
    const store = defineCacheStore({
      ...kept,
      getVersion: (key: string) => (counts.version++, kept.getVersion(key)),
      getValue: (version: string) => (counts.value++, kept.getValue(version)),
      set: (...entry: Parameters<typeof kept.set>) => (counts.set++, kept.set(...entry)),
    });
    const m = {
      item: node(() => (calls.push('item'), [1, 2, 3]), parallelizable()),
      one: async ({ item }: { item: number }) => (calls.push('one'), item * 2),
      all: node(({ one }: { one: number[] }) => (calls.push('all'), one.length), collect('one')),
    };
    const driver = build([m], store);
    await driver.execute(['all']);
    expect(calls).toHaveLength(5);
    expect(counts).toEqual({ version: 5, value: 0, set: 5 });
    await driver.execute(['all']);
    expect(calls).toHaveLength(5);
    expect(counts).toEqual({ version: 10, value: 5, set: 5 });
  });

  test('code versions are computed again for every node in every run', () => {
    let read = 0;
    const fn = ({ n }: { n: number }) => n + 1;
    fn.toString = () => (read++, 'code');
    const driver = build([{ a: fn, b: ({ a }: { a: number }) => a }]);
    for (let n = 0; n < 3; n++) driver.executeSync(['b'], { inputs: { n } });
    const before = read;
    for (let n = 0; n < 100; n++) driver.executeSync(['b'], { inputs: { n } });
    expect(read).toBe(before);
  });
});

test('§1.6, §1.8 cache, graceful errors and asynchronous nodes exclude each other', async () => {
  const failed = 'failed';
  let calls = 0;
  const m = {
    item: node(() => [1, 2, 3], parallelizable()),
    one: async ({ item }: { item: number }) => {
      calls++;
      if (item === 2) throw new RangeError('two');
      return item;
    },
    all: node(({ one }: { one: unknown[] }) => one, collect('one')),
  };
  const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: quiet })];
  const driver = build([m], memoryCacheStore(), { adapters });
  expect(await driver.execute(['all'])).toEqual({ all: [1, failed, 3] });
  expect(calls).toBe(3);
  expect(await driver.execute(['all'])).toEqual({ all: [1, failed, 3] });
  // Only what failed is tried again.
  expect(calls).toBe(4);
});
