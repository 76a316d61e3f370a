/** SEMANTICS §1.5, §1.6, §2.10 and §6.1 to §6.5: how the originals schedule. Each test has the name of a fault of theirs. */
import { briefly } from '../errors/fault.js';
import { describe, expect, test } from 'vitest';
import { draftGraph } from '../graph/draft-graph.js';
import { branchPart } from '../branch/branch-part.js';
import { readOncePart } from '../read-once/read-once-part.js';
import { fanOutPart } from '../fan-out/fan-out-part.js';
import { validateGraph } from '../graph/validate-graph.js';
import {
  checkOutput,
  collect,
  createDriver,
  inRange,
  memoryCacheStore,
  node,
  type NodeContext,
  parallelizable,
} from '../index.js';
import { planExecution } from '../plan/plan-execution.js';
import { CallTable } from '../run/call-table.js';
import { executePlan } from '../run/execute-plan.js';
import { countReads } from './__fixtures__/count-reads.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function gate() {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** How often the tables of the plan are read in a run. */
async function readsOf(module: object, output: string, shuffled = false): Promise<number> {
  const drafted = draftGraph({
    modules: [module],
    config: {},
    allowModuleOverrides: false,
    hasPart: () => true,
    explain: briefly,
  });
  const fanOut = fanOutPart().fanOut!;
  const { branches } = branchPart();
  const { readers } = readOncePart();
  const parts = { ...fanOut, branches, readers, explain: briefly };
  const validated = validateGraph(drafted, {}, parts);
  const count = { reads: 0 };
  const request = { outputs: [output], inputs: [], overrides: [] };
  const plan = countReads(planExecution(validated, request, parts), count);
  count.reads = 0;
  const report = await executePlan(new CallTable(plan), {
    given: [],
    graph: validated.graph,
    log: quiet,
    maxConcurrency: 100,
    onError: 'fail',
    signal: undefined,
    runId: undefined,
    attempt: 1,
    isSynchronous: false,
    beginFanOuts: fanOut.beginFanOuts,
    readers,
    branches,
    order: shuffled ? (ready, from) => ready.splice(from, 0, ready.pop()!) : undefined,
  });
  expect(report.status).toBe('success');
  return count.reads;
}

type Shape = (size: number) => Record<string, unknown>;

const shapes: Record<string, Shape> = {
  'a synchronous chain': (size) => chain(size, (value) => value + 1),
  'an asynchronous chain': (size) => chain(size, async (value) => value + 1),
  'independent nodes': (size) => {
    const names = Array.from({ length: size }, (_, index) => `n${index}`);
    return {
      ...Object.fromEntries(names.map((name) => [name, async () => 1])),
      last: node({ inputs: names }, (...values: number[]) => values.length),
    };
  },
  'a fan-out of asynchronous nodes': (size) => ({
    item: node(() => Array.from({ length: size }, (_, index) => index), parallelizable()),
    one: async ({ item }: { item: number }) => item + 1,
    two: async ({ one }: { one: number }) => one + 1,
    last: node(({ two }: { two: number[] }) => two.length, collect('two')),
  }),
  'a fan-out of synchronous nodes': (size) => ({
    item: node(() => Array.from({ length: size }, (_, index) => index), parallelizable()),
    one: ({ item }: { item: number }) => item + 1,
    last: node(({ one }: { one: number[] }) => one.length, collect('one')),
  }),
};

function chain(size: number, next: (value: number) => unknown): Record<string, unknown> {
  const m: Record<string, unknown> = { n0: () => 0 };
  for (let index = 1; index < size; index++)
    m[`n${index}`] = node({ inputs: [`n${index - 1}`] }, next as never);
  m['last'] = node({ inputs: [`n${size - 1}`] }, (value: number) => value);
  return m;
}

describe('§6.1 task scheduler O(N²) with busy-waiting', () => {
  test.each(Object.entries(shapes))(
    '%s: the steps for a node do not grow with the graph',
    async (_, shape) => {
      const small = (await readsOf(shape(500), 'last')) / 500;
      const large = (await readsOf(shape(4000), 'last')) / 4000;
      expect(large).toBeLessThanOrEqual(small);
    },
  );

  test.each(Object.entries(shapes))('%s: nor when they are picked in another order', async (_, shape) => {
    const small = (await readsOf(shape(500), 'last', true)) / 500;
    const large = (await readsOf(shape(2000), 'last', true)) / 2000;
    expect(large).toBeLessThanOrEqual(small);
  });

  test('the list of items is read once, one step for each item and one for the end', async () => {
    let steps = 0;
    const items = {
      [Symbol.iterator]: () => ({
        next: () => (steps++ < 5000 ? { done: false, value: steps } : { done: true, value: 0 }),
      }),
    } as Iterable<number>;
    const m = {
      item: node(() => items, parallelizable()),
      one: async ({ item }: { item: number }) => item,
      all: node(({ one }: { one: number[] }) => one.length, collect('one')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({ all: 5000 });
    expect(steps).toBe(5001);
  });

  test('while a node waits, the event loop turns without the scheduler', async () => {
    const { open, opened } = gate();
    let reads = 0;
    const item = {
      get value() {
        reads++;
        return 1;
      },
    };
    const m = {
      item: node(() => [item], parallelizable()),
      slow: async ({ item: { value } }: { item: { value: number } }) => (await opened, value),
      all: node(({ slow }: { slow: number[] }) => slow, collect('slow')),
    };
    const result = createDriver({ modules: [m] }).execute(['all']);
    for (let turns = 0; turns < 100; turns++) await new Promise<void>((resolve) => setImmediate(resolve));
    open();
    expect(await result).toEqual({ all: [1] });
    expect(reads).toBe(1);
  });
});

test('§6.2, §1.5 independent nodes run one after the other unless they are fanned out', async () => {
  const [a, b] = [gate(), gate()];
  const m = {
    // Each ends only when the other has started.
    a: async () => (b.open(), await a.opened, 'a'),
    b: async () => (a.open(), await b.opened, 'b'),
    both: ({ a, b }: { a: string; b: string }) => a + b,
  };
  expect(await createDriver({ modules: [m] }).execute(['both'])).toEqual({ both: 'ab' });
});

test('§2.10.8 items of a fan-out run one after the other with the default executor', async () => {
  const gates = [gate(), gate(), gate()];
  const m = {
    index: node(() => [0, 1, 2], parallelizable()),
    one: async ({ index }: { index: number }) => {
      gates[(index + 1) % 3]!.open();
      await gates[index]!.opened;
      return index;
    },
    all: node(({ one }: { one: number[] }) => one, collect('one')),
  };
  expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({ all: [0, 1, 2] });
});

describe('§6.3 async is second class', () => {
  const later = <T>(value: T) => new Promise<T>((resolve) => setImmediate(resolve, value));

  test('§2.10.1 run_async always fails', async () => {
    const driver = createDriver({
      modules: [{ a: () => later(1), b: ({ a }: { a: number }) => later(a + 1) }],
    });
    expect(await driver.execute(['b'])).toEqual({ b: 2 });
  });

  test('no cache (#1263)', async () => {
    let calls = 0;
    const m = { a: () => later(++calls), b: ({ a }: { a: number }) => later((calls++, a + 1)) };
    const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() }, log: quiet });
    expect(await driver.execute(['b'])).toEqual({ b: 2 });
    expect(await driver.execute(['b'])).toEqual({ b: 2 });
    expect(calls).toBe(2);
  });

  test('no validators', async () => {
    const m = { a: node(() => later(5), checkOutput(inRange(0, 1), { importance: 'fail' })) };
    await expect(createDriver({ modules: [m] }).execute(['a'])).rejects.toMatchObject({
      cause: { code: 'FP_DATA_INVALID' },
    });
  });

  test('no cancellation: siblings of a failing node go on unknowingly (§1.6)', async () => {
    const reported: string[] = [];
    const m = {
      bad: async (): Promise<number> => later(0).then(() => Promise.reject(new Error('bad'))),
      start: () => 1,
      sibling: ({ start }: { start: number }, { signal }: NodeContext) =>
        new Promise<number>((resolve) => {
          signal.addEventListener('abort', () => (reported.push('sibling'), resolve(start)));
        }),
      after: ({ sibling }: { sibling: number }) => reported.push('after') + sibling,
    };
    await expect(createDriver({ modules: [m] }).execute(['bad', 'after'])).rejects.toMatchObject({
      node: 'bad',
    });
    expect(reported).toEqual(['sibling']);
  });

  test.each([1, 3])(
    'no limit of what is in flight: %i at most, fan-outs and streams included',
    async (limit) => {
      let running = 0;
      let peak = 0;
      const work = async (value: number) => {
        peak = Math.max(peak, ++running);
        await later(undefined);
        running--;
        return value;
      };
      const m = {
        a: () => work(1),
        b: () => work(2),
        item: node(() => [1, 2, 3, 4], parallelizable()),
        inner: node(({ item }: { item: number }) => [item, item], parallelizable()),
        one: ({ inner }: { inner: number }) => work(inner),
        two: ({ one }: { one: number }) => work(one),
        twos: node(({ two }: { two: number[] }) => work(two.length), collect('two')),
        all: node(
          async ({ twos, a, b }: { twos: AsyncIterable<number>; a: number; b: number }) => {
            let sum = a + b;
            for await (const value of twos) sum += value;
            return sum;
          },
          collect('twos', { as: 'asyncIterable' }),
        ),
      };
      expect(await createDriver({ modules: [m], maxConcurrency: limit }).execute(['all'])).toEqual({
        all: 11,
      });
      expect(peak).toBe(limit);
    },
  );
});

test.each([1, 3, 64])('§1.5 max_tasks: of a fan-out at most %i items are under way', async (concurrency) => {
  let running = 0;
  let peak = 0;
  const m = {
    item: node(() => Array.from({ length: 100 }, (_, index) => index), parallelizable({ concurrency })),
    one: async ({ item }: { item: number }) => {
      peak = Math.max(peak, ++running);
      await new Promise<void>((resolve) => setImmediate(resolve));
      return item;
    },
    two: async ({ one }: { one: number }) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      running--;
      return one;
    },
    all: node(({ two }: { two: number[] }) => two.length, collect('two')),
  };
  expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({ all: 100 });
  expect(peak).toBe(concurrency);
});

test('§2.10.9 two runs at once: cannot initialize an already initialized executor', async () => {
  const { open, opened } = gate();
  let waiting = 0;
  const m = {
    item: node(({ from }: { from: number }) => [from, from + 1], parallelizable()),
    one: async ({ item }: { item: number }) => {
      if (++waiting === 4) open();
      await opened;
      return item;
    },
    all: node(({ one }: { one: number[] }) => one, collect('one')),
  };
  const driver = createDriver({ modules: [m] });
  const runs = [1, 10].map((from) => driver.execute(['all'], { inputs: { from } }));
  expect(await Promise.all(runs)).toEqual([{ all: [1, 2] }, { all: [10, 11] }]);
});

describe('§6.5 recursion', () => {
  test.each(['synchronous', 'asynchronous'])('a %s chain deeper than 988 nodes crashes', async (kind) => {
    const next = kind === 'synchronous' ? (value: number) => value + 1 : async (value: number) => value + 1;
    const m = chain(20_000, next) as { last: () => number };
    expect(await createDriver({ modules: [m] }).execute(['last'])).toEqual({ last: 19_999 });
  });

  test('so it does inside a fan-out', async () => {
    const m: Record<string, unknown> = { n0: node(() => [0, 1], parallelizable()) };
    for (let index = 1; index < 5000; index++) {
      m[`n${index}`] = node({ inputs: [`n${index - 1}`] }, async (value: number) => value + 1);
    }
    m['all'] = node({ inputs: ['n4999'] }, (values: number[]) => values, collect('n4999') as never);
    expect(await createDriver({ modules: [m as { all: () => number[] }] }).execute(['all'])).toEqual({
      all: [4999, 5000],
    });
  });

  test('many items that end at once', async () => {
    const m = {
      item: node(() => Array.from({ length: 20_000 }, (_, index) => index), parallelizable()),
      one: async ({ item }: { item: number }) => item,
      all: node(({ one }: { one: number[] }) => one.length, collect('one')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all'], { maxConcurrency: 1 })).toEqual({
      all: 20_000,
    });
  });

  test('cycles surface at run time', () => {
    const m = {
      a: ({ c }: { c: number }) => c,
      b: ({ a }: { a: number }) => a,
      c: ({ b }: { b: number }): number => b,
    };
    expect(() => createDriver({ modules: [m] })).toThrow(expect.objectContaining({ code: 'FP_CYCLE' }));
  });
});
