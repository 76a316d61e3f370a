/** What a run no longer needs, it does not hold. Checked by the garbage collector, asked at a moment of our choosing. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { collect, createDriver, memoryCacheStore, node, parallelizable, progressAdapter } from '../index.js';
import { quiet } from './__fixtures__/run-graph.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Objects that are watched without being held. */
function watching() {
  const made: WeakRef<object>[] = [];
  return {
    make(content: unknown): { readonly content: unknown } {
      const value = { content };
      made.push(new WeakRef(value));
      return value;
    },
    /** How many are still there. A WeakRef keeps its object until the end of the job that made or read it. */
    async alive(): Promise<number> {
      let alive = 0;
      // On a busy machine code that is being compiled holds what it runs with for some turns more.
      for (let turns = 0; turns < 10 && (turns === 0 || alive > 0); turns++) {
        await turn();
        collectGarbage();
        alive = made.filter((one) => one.deref() !== undefined).length;
      }
      return alive;
    },
    get count() {
      return made.length;
    },
  };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

type Held = { readonly content: unknown };

const observed = [{}, { adapters: [progressAdapter({ onProgress() {} })] }];

test.each(observed)('values around a fan-out go as soon as it has run (%#)', async (options) => {
  const held = watching();
  const m = {
    before: () => held.make('before'),
    item: node(({ before }: { before: Held }) => [1, 2, before.content], parallelizable()),
    inside: async ({ item, before }: { item: unknown; before: Held }) => held.make([item, before.content]),
    count: node(({ inside }: { inside: Held[] }) => inside.length, collect('inside')),
    later: async ({ count }: { count: number }) => [count, await held.alive()],
  };
  const driver = createDriver({ modules: [m], log: quiet, ...options });
  expect(await driver.execute(['later'])).toEqual({ later: [3, 0] });
  expect(held.count).toBe(4);
});

test.each(observed)('values inside go with their item, not with the fan-out (%#)', async (options) => {
  const held = watching();
  const peaks: number[] = [];
  const m = {
    item: node(() => Array.from({ length: 8 }, (_, index) => index), parallelizable({ concurrency: 1 })),
    big: async ({ item }: { item: number }) => held.make(item),
    small: async ({ big }: { big: Held }) => big.content as number,
    seen: async ({ small }: { small: number }) => (peaks.push(await held.alive()), small),
    all: node(({ seen }: { seen: number[] }) => seen.length, collect('seen')),
  };
  await createDriver({ modules: [m], log: quiet, ...options }).execute(['all']);
  expect(held.count).toBe(8);
  expect(Math.max(...peaks)).toBe(0);
});

test('values of synchronous nodes go as well, outside and inside', async () => {
  const held = watching();
  const m = {
    big: () => held.make('big'),
    size: ({ big }: { big: Held }) => String(big.content).length,
    item: node(async ({ size }: { size: number }) => [size, await held.alive()], parallelizable()),
    bigger: ({ item }: { item: number }) => held.make(item),
    text: ({ bigger }: { bigger: Held }) => String(bigger.content),
    seen: async ({ text }: { text: string }) => [text, await held.alive()],
    all: node(({ seen }: { seen: unknown[] }) => seen, collect('seen')),
  };
  expect(await createDriver({ modules: [m], log: quiet }).execute(['all'])).toEqual({
    all: [
      ['3', 0],
      ['0', 0],
    ],
  });
});

test('a stream holds as many items as may be under way, however many there are', async () => {
  const held = watching();
  let peak = 0;
  const m = {
    item: node(
      function* () {
        for (let index = 0; index < 24; index++) yield held.make(index);
      },
      parallelizable({ concurrency: 4 }),
    ),
    same: async ({ item }: { item: Held }) => item,
    sum: node(
      async ({ same }: { same: AsyncIterable<Held> }) => {
        let sum = 0;
        for await (const { content } of same) {
          sum += content as number;
          peak = Math.max(peak, await held.alive());
        }
        return sum;
      },
      collect('same', { as: 'asyncIterable' }),
    ),
  };
  expect(await createDriver({ modules: [m], log: quiet }).execute(['sum'])).toEqual({ sum: 276 });
  expect(held.count).toBe(24);
  // One more that the reader has, and one that waits to be let go.
  expect(peak).toBeLessThanOrEqual(6);
});

test('nested fan-outs hold the values of the items that are under way', async () => {
  const held = watching();
  const m = {
    outer: node(() => [1, 2, 3], parallelizable({ concurrency: 1 })),
    base: async ({ outer }: { outer: number }) => held.make(outer),
    inner: node(({ base }: { base: Held }) => [base.content, 0], parallelizable({ concurrency: 1 })),
    big: async ({ inner }: { inner: unknown }) => held.make(inner),
    size: async ({ big }: { big: Held }) => String(big.content).length,
    sizes: node(({ size }: { size: number[] }) => size.length, collect('size')),
    seen: async ({ sizes }: { sizes: number }) => [sizes, await held.alive()],
    all: node(({ seen }: { seen: unknown[] }) => seen, collect('seen')),
  };
  const { all } = await createDriver({ modules: [m], log: quiet }).execute(['all']);
  expect(all).toEqual([
    [2, 0],
    [2, 0],
    [2, 0],
  ]);
});

test('a chain of large values holds one of them, with and without a cache (the original: all 41)', async () => {
  const m: Record<string, unknown> = {};
  let held = watching();
  m['n0'] = async () => held.make(0);
  for (let index = 1; index <= 40; index++) {
    m[`n${index}`] = node({ inputs: [`n${index - 1}`] }, async (value: Held) => held.make(value.content));
  }
  m['last'] = node({ inputs: ['n40'] }, async ({ content }: Held) => content);
  m['check'] = node({ inputs: ['last'] }, async () => held.alive());
  const driver = createDriver({ modules: [m as { check: () => Promise<number> }], log: quiet });
  expect(await driver.execute(['check'])).toEqual({ check: 0 });
  expect(held.count).toBe(41);

  held = watching();
  const cached = createDriver({
    modules: [m as { check: () => Promise<number> }],
    cache: { store: memoryCacheStore() },
    log: quiet,
  });
  expect(await cached.execute(['check'])).toEqual({ check: 0 });
  expect(held.count).toBe(41);
});

test('a driver holds nothing of the runs before: neither inputs nor values nor reports', async () => {
  const held = watching();
  const m = {
    a: ({ given }: { given: Held }) => held.make(given.content),
    b: async ({ a }: { a: Held }) => held.make(a.content),
    item: node(async ({ b }: { b: Held }) => [b, held.make('second')], parallelizable()),
    c: ({ item }: { item: Held }) => held.make(item.content),
    d: node(({ c }: { c: Held[] }) => c, collect('c')),
  };
  const driver = createDriver({
    modules: [m],
    cache: { store: memoryCacheStore({ maxEntries: 1 }) },
    log: quiet,
  });
  const run = async () => void (await driver.run(['d'], { inputs: { given: held.make('given') } }));
  for (let count = 0; count < 5; count++) await run();
  expect(held.count).toBeGreaterThan(6);
  expect(await held.alive()).toBe(0);
});
