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
  type NodeContext,
  parallelizable,
  parameterize,
  retry,
  timeout,
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

describe('calls that read their context', () => {
  test('two equal items whose node reads their position do not share an entry', async () => {
    const m = {
      i: node(() => ['a', 'a'], parallelizable()),
      g: ({ i }: { i: string }, { item }: NodeContext) => (i === 'a' ? item![0] : undefined),
      c: node(({ g }: { g: unknown[] }) => g, collect('g')),
    };
    const driver = build([m]);
    for (const _ of [1, 2]) expect((await driver.execute(['c'])).c).toEqual([0, 1]);
    expect(driver.cache.explain(['g'])[0]!.text).toBe(
      'g: 0 of 2 hit, there is no entry for this item yet; not stored, because it reads `item` of its context, ' +
        'which is not a part of its key',
    );
  });

  test.each(['runId', 'attempt', 'idempotencyKey'] as const)('%s is another one in the next run', (key) => {
    const m = { n: (ctx: NodeContext) => ctx[key] };
    const driver = build([m]);
    const first = driver.executeSync(['n'], { runId: 'one' }).n;
    expect(first).toBe(createDriver({ modules: [m] }).executeSync(['n'], { runId: 'one' }).n);
    expect(driver.executeSync(['n'], { runId: 'two', attempt: 2 }).n).toBe(
      createDriver({ modules: [m] }).executeSync(['n'], { runId: 'two', attempt: 2 }).n,
    );
  });

  test('a context that is spread, passed on by a retry or a timeout, or taken by position is seen as well', async () => {
    const m = {
      spread: (ctx: NodeContext) => ({ ...ctx }).runId,
      retried: node((ctx: NodeContext) => ctx.runId, retry({ maxRetries: 1 })),
      timed: node(async (ctx: NodeContext) => [ctx.attempt, ctx.runId], timeout(5)),
      destructured: ({ x = '' }: { x?: string }, { runId }: NodeContext) => x + runId,
      positional: node({ inputs: [] }, (ctx: NodeContext) => ctx.runId),
    };
    const driver = build([m]);
    await driver.execute(['spread', 'retried', 'timed', 'positional', 'destructured'], { runId: 'one' });
    expect(
      await driver.execute(['spread', 'retried', 'timed', 'positional', 'destructured'], { runId: 'two' }),
    ).toEqual({
      spread: 'two',
      retried: 'two',
      timed: [1, 'two'],
      positional: 'two',
      destructured: 'two',
    });
  });

  test('a node that reads the signal and the log only is taken from the cache, also under retry and timeout', async () => {
    let calls = 0;
    const m = {
      n: node(
        async (ctx: NodeContext) => {
          calls++;
          if (calls === 1) throw new Error('once');
          ctx.log.info(String(ctx.signal.aborted));
          return calls;
        },
        retry({ maxRetries: 1, retryDelay: 0, retryExceptions: ['Error'] }),
        timeout(5),
      ),
    };
    const driver = build([m]);
    for (const _ of [1, 2]) expect((await driver.execute(['n'])).n).toBe(2);
    expect(driver.cache.explain()[0]!.outcome).toBe('hit');
  });

  test('resources of other content are another key; those that cannot be compared are not cached when read', () => {
    const m = {
      scaled: ({ x }: { x: number }, { resources }: NodeContext) => x * (resources!['factor'] as number),
      plain: ({ x }: { x: number }, { signal }: NodeContext) => (signal.aborted ? 0 : x),
    };
    const store = memoryCacheStore();
    const run = (resources: Record<string, unknown>) => {
      const driver = build([m], store, { resources });
      return [driver.executeSync(['scaled', 'plain'], { inputs: { x: 2 } }), driver] as const;
    };
    expect(run({ factor: 2 })[0].scaled).toBe(4);
    expect(run({ factor: 3 })[0].scaled).toBe(6);
    expect(
      run({ factor: 2 })[1]
        .cache.explain()
        .map(({ outcome }) => outcome),
    ).toEqual(['hit', 'hit']);
    const client = { factor: 5, send() {} };
    run(client);
    const [values, driver] = run({ ...client, factor: 7 });
    expect(values.scaled).toBe(14);
    expect(driver.cache.explain().map(({ text }) => text)).toEqual([
      'scaled: miss, there is no entry yet; not stored, because it reads `resources` of its context, of which `send` ' +
        'is a function',
      'plain: hit',
    ]);
  });
});

describe('values that look alike', () => {
  const make = (factor: number) =>
    class Scale {
      readonly of = 1;
      by(x: number) {
        return x * factor;
      }
    };
  const hidden = (secret: number) => Object.defineProperty({ shown: 1 }, 'secret', { value: secret });
  const accessor = (secret: number) => ({
    get secret() {
      return secret;
    },
  });

  test.each<[string, unknown, unknown, (value: never) => unknown]>([
    ['fields that are not enumerable', hidden(1), hidden(2), (value: { secret: number }) => value.secret],
    ['accessors', accessor(1), accessor(2), (value: { secret: number }) => value.secret],
    [
      'classes of one name with other methods',
      new (make(1))(),
      new (make(2))(),
      (value: { by(x: number): number }) => value.by(10),
    ],
    ['the order of a set', new Set([1, 2]), new Set([2, 1]), (value: Set<number>) => [...value]],
    ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }, (value: object) => Object.keys(value)],
    ['being frozen', [1], Object.freeze([1]), (value: object) => Object.isFrozen(value)],
    [
      'names on an array',
      Object.assign([1], { k: 1 }),
      Object.assign([1], { k: 2 }),
      (value: { k: number }) => value.k,
    ],
  ])('%s', (_, one, other, look) => {
    const m = {
      kept: ({ given }: { given: unknown }) => given,
      seen: ({ kept }: { kept: unknown }) => [look(kept as never)],
    };
    const driver = build([m]);
    for (const given of [one, other, one, other]) {
      expect(driver.executeSync(['seen'], { inputs: { given } }).seen).toEqual([look(given as never)]);
      expect(look(driver.executeSync(['kept'], { inputs: { given } }).kept as never)).toEqual(
        look(given as never),
      );
    }
  });

  test('an instance of a class is not cached, and the explanation says what to do', () => {
    const m = { made: () => new (make(1))() };
    const driver = build([m]);
    driver.executeSync(['made']);
    expect(driver.cache.explain()[0]!.text).toBe(
      'made: miss, there is no entry yet; not stored, because the value is an instance of the class Scale, which ' +
        'does not say what it stands for',
    );
  });
});

test('results that were collected with failures are compared, and what is made of them is cached', async () => {
  const m = {
    i: node(() => [1, 2], parallelizable()),
    half: ({ i }: { i: number }) => {
      if (i === 1) throw new RangeError('is odd');
      return i / 2;
    },
    all: node(
      ({ half }: { half: PromiseSettledResult<number>[] }) => half.map(({ status }) => status),
      collect('half', { onItemError: 'collect' }),
    ),
  };
  const driver = build([m]);
  // The stack counts as well, and the first call of a node has another one than those that follow.
  for (const _ of [1, 2, 3]) expect((await driver.execute(['all'])).all).toEqual(['rejected', 'fulfilled']);
  expect(driver.cache.explain(['all'])[0]!.outcome).toBe('hit');
});
