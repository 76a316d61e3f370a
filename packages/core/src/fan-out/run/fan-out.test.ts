/** Fan-outs, and the cases that break the original: SEMANTICS §1.5, §6.4. */
import { describe, expect, test, onTestFinished, vi } from 'vitest';
import { branch, collect, createDriver, node, parallelizable } from '../../index.js';

const wait = () => new Promise<void>((resolve) => setImmediate(resolve));

describe.each(['synchronous', 'asynchronous'])('%s items', (kind) => {
  const isAsync = kind === 'asynchronous';
  const later = <T>(value: T): T => (isAsync ? (wait().then(() => value) as T) : value);

  test('go through the nodes one by one and are collected in their order', async () => {
    const m = {
      n: node(({ upTo }: { upTo: number }) => Array.from({ length: upTo }, (_, i) => i), parallelizable()),
      square: ({ n, plus }: { n: number; plus: number }) => later(n * n + plus),
      sum: node(({ square }: { square: number[] }) => square, collect('square')),
    };
    const driver = createDriver({ modules: [m] });
    const result = await driver.execute(['sum'], { inputs: { upTo: 5, plus: 100 } });
    expect(result).toEqual({ sum: [100, 101, 104, 109, 116] });
  });

  test('an empty fan-out gives an empty list and still runs the collector', async () => {
    const m = {
      n: node((): number[] => [], parallelizable()),
      x: ({ n }: { n: number }) => later(n),
      all: node(({ x }: { x: number[] }) => ['collected', ...x], collect('x')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all', 'x', 'n'])).toEqual({
      all: ['collected'],
      x: [],
      n: [],
    });
  });

  test('several nodes collect from one fan-out (#742)', async () => {
    const m = {
      n: node(() => [1, 2, 3], parallelizable()),
      a: ({ n }: { n: number }) => later(n + 1),
      b: ({ n }: { n: number }) => later(n * 10),
      as: node(({ a }: { a: number[] }) => a, collect('a')),
      bs: node(({ b }: { b: number[] }) => b, collect('b')),
      both: node(({ a, b }: { a: number[]; b: number[] }) => [a, b], collect(['a', 'b'])),
    };
    expect(await createDriver({ modules: [m] }).execute(['as', 'bs', 'both'])).toEqual({
      as: [2, 3, 4],
      bs: [10, 20, 30],
      both: [
        [2, 3, 4],
        [10, 20, 30],
      ],
    });
  });

  test('fan-outs nest, and each collect leads out of one of them', async () => {
    const m = {
      region: node(() => ['a', 'bb'], parallelizable()),
      shop: node(({ region }: { region: string }) => later([`${region}1`, `${region}2`]), parallelizable()),
      sales: ({ shop, region, base }: { shop: string; region: string; base: number }) =>
        later(`${shop}:${region.length + base}`),
      perRegion: node(
        ({ sales, region }: { sales: string[]; region: string }) => `${region}=${sales.join('+')}`,
        collect('sales'),
      ),
      total: node(({ perRegion }: { perRegion: string[] }) => perRegion, collect('perRegion')),
    };
    const driver = createDriver({ modules: [m] });
    const result = await driver.execute(['total', 'sales', 'shop', 'perRegion', 'region'], {
      inputs: { base: 0 },
    });
    expect(result).toEqual({
      total: ['a=a1:1+a2:1', 'bb=bb1:2+bb2:2'],
      sales: [
        ['a1:1', 'a2:1'],
        ['bb1:2', 'bb2:2'],
      ],
      shop: [
        ['a1', 'a2'],
        ['bb1', 'bb2'],
      ],
      perRegion: ['a=a1:1+a2:1', 'bb=bb1:2+bb2:2'],
      region: ['a', 'bb'],
    });
  });

  test('a node inside may be requested (#1029) and overridden', async () => {
    const m = {
      n: node(() => later([1, 2, 3]), parallelizable()),
      x: ({ n }: { n: number }) => later(n + 1),
      y: ({ x, n }: { x: number; n: number }) => later(x * 10 + n),
      sum: node(({ y }: { y: number[] }) => y.reduce((a, b) => a + b, 0), collect('y')),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['x', 'sum'])).toEqual({ x: [2, 3, 4], sum: 96 });
    expect(await driver.execute(['sum', 'y'], { overrides: { x: [0, 0, 1] } })).toEqual({
      sum: 16,
      y: [1, 2, 13],
    });
    expect(await driver.execute(['sum'], { overrides: { y: [5, 6] } })).toEqual({ sum: 11 });
    expect(await driver.execute(['sum', 'n'], { overrides: { n: [1] } })).toEqual({ sum: 21, n: [1] });
  });

  test('what is expanded may be collected directly (#1030)', async () => {
    const m = {
      n: node(() => later([1, 2]), parallelizable()),
      all: node(({ n }: { n: number[] }) => n, collect('n')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({ all: [1, 2] });
  });

  test('a node may both collect and expand (#652)', async () => {
    const m = {
      n: node(() => [1, 2, 3], parallelizable()),
      x: ({ n }: { n: number }) => later(n * 2),
      pair: node(
        ({ x }: { x: number[] }) => later([x.slice(0, 2), x.slice(2)]),
        collect('x'),
        parallelizable(),
      ),
      size: ({ pair }: { pair: number[] }) => later(pair.length),
      sizes: node(({ size }: { size: number[] }) => size, collect('size')),
    };
    expect(await createDriver({ modules: [m] }).execute(['sizes', 'pair'])).toEqual({
      sizes: [2, 1],
      pair: [[2, 4], [6]],
    });
  });

  test('a node inside may use what was collected from all items before', async () => {
    const m = {
      part: node(() => [1, 3, 4], parallelizable()),
      weight: ({ part }: { part: number }) => later(part * 2),
      total: node(({ weight }: { weight: number[] }) => weight.reduce((a, b) => a + b, 0), collect('weight')),
      share: ({ weight, total, part }: { weight: number; total: number; part: number }) =>
        later(`${part}: ${weight / total}`),
      shares: node(({ share }: { share: string[] }) => share, collect('share')),
    };
    expect(await createDriver({ modules: [m] }).execute(['shares', 'total'])).toEqual({
      shares: ['1: 0.125', '3: 0.375', '4: 0.5'],
      total: 16,
    });
  });

  test('two fan-outs may use what was collected from each other', async () => {
    const m = {
      a: node(() => [1, 2], parallelizable()),
      a1: ({ a }: { a: number }) => later(a),
      a1s: node(({ a1 }: { a1: number[] }) => a1.length, collect('a1')),
      b: node(() => [10, 20, 30], parallelizable()),
      b1: ({ b, a1s }: { b: number; a1s: number }) => later(b + a1s),
      b2: ({ b }: { b: number }) => later(b),
      b2s: node(({ b2 }: { b2: number[] }) => b2.length, collect('b2')),
      a2: ({ a, b2s }: { a: number; b2s: number }) => later(a * b2s),
      result: node(({ a2, b1 }: { a2: number[]; b1: number[] }) => [...a2, ...b1], collect(['a2', 'b1'])),
    };
    expect(await createDriver({ modules: [m] }).execute(['result'])).toEqual({ result: [3, 6, 12, 22, 32] });
  });

  test('a generator is closed when the run fails', async () => {
    let closed = 0;
    const m = {
      n: node(
        function* () {
          try {
            yield* [1, 2, 3, 4];
          } finally {
            closed++;
          }
        },
        parallelizable({ concurrency: 1 }),
      ),
      x: ({ n }: { n: number }) => {
        if (n === 2) throw new Error('two');
        return later(n);
      },
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    await expect(createDriver({ modules: [m] }).execute(['all'])).rejects.toMatchObject({
      code: 'FP_NODE_FAILED',
      node: 'x',
      item: [1],
      message: "The node 'x' failed for item 1: two",
    });
    expect(closed).toBe(1);
  });

  test('an async generator whose return() hangs does not hold up the report', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
    const m = {
      n: node(
        async function* () {
          try {
            yield* [1, 2, 3, 4];
          } finally {
            await new Promise(() => {});
          }
        },
        parallelizable({ concurrency: 1 }),
      ),
      x: ({ n }: { n: number }) => {
        if (n === 2) throw new Error('two');
        return n;
      },
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const running = createDriver({ modules: [m], log }).run(['all']);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await running).toMatchObject({ error: { code: 'FP_NODE_FAILED', node: 'x', item: [1] } });
    expect(log.warn.mock.calls).toEqual([
      ["The items of 'n' were not closed within 1 s; they are left behind.", {}],
    ]);
  });

  test('failures are collected where that is asked for', async () => {
    const m = {
      n: node(() => [1, 2, 3], parallelizable()),
      x: ({ n }: { n: number }) => {
        if (n === 2) throw new Error('two');
        return later(n);
      },
      y: ({ x }: { x: number }) => later(x * 10),
      all: node(
        ({ y }: { y: PromiseSettledResult<number>[] }) => y,
        collect('y', { onItemError: 'collect' }),
      ),
      count: node(({ n }: { n: number[] }) => n.length, collect('n')),
    };
    const driver = createDriver({ modules: [m] });
    const report = await driver.run(['all', 'count']);
    expect(report.outputs).toMatchObject({
      all: [
        { status: 'fulfilled', value: 10 },
        { status: 'rejected', reason: { node: 'x', item: [1] } },
        { status: 'fulfilled', value: 30 },
      ],
      count: 3,
    });
    expect(report.status).toBe('success');
    expect(report.nodes).toMatchObject({
      x: { status: 'success', failedItems: 1 },
      all: { status: 'success' },
    });
  });
});

describe('streams', () => {
  test('run only as far as they are read', async () => {
    const seen: number[] = [];
    const m = {
      n: node(
        function* () {
          for (let i = 0; ; i++) yield i;
        },
        parallelizable({ concurrency: 2 }),
      ),
      x: async ({ n }: { n: number }) => {
        seen.push(n);
        await wait();
        return n * 2;
      },
      first: node(
        async ({ x }: { x: AsyncIterable<number> }) => {
          const found: number[] = [];
          for await (const value of x) {
            found.push(value);
            if (found.length === 5) break;
          }
          return found;
        },
        collect('x', { as: 'asyncIterable' }),
      ),
    };
    expect(await createDriver({ modules: [m] }).execute(['first'])).toEqual({ first: [0, 2, 4, 6, 8] });
    expect(seen.length).toBeLessThanOrEqual(7);
  });

  test('a synchronous one takes one item at a time', () => {
    const seen: string[] = [];
    const m = {
      n: node(function* () {
        for (let i = 0; i < 3; i++) {
          seen.push(`give ${i}`);
          yield i;
        }
      }, parallelizable()),
      x: ({ n }: { n: number }) => n,
      all: node(
        ({ x }: { x: Iterable<number> }) => {
          for (const value of x) seen.push(`take ${value}`);
          return seen.length;
        },
        collect('x', { as: 'iterable' }),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['all'])).toEqual({ all: 6 });
    expect(seen).toEqual(['give 0', 'take 0', 'give 1', 'take 1', 'give 2', 'take 2']);
  });

  test('maxConcurrency 1 does not deadlock', async () => {
    const m = {
      outer: node(async () => [1, 2], parallelizable()),
      inner: node(async ({ outer }: { outer: number }) => [outer, outer * 10], parallelizable()),
      x: async ({ inner }: { inner: number }) => (await wait(), inner),
      sums: node(
        async ({ x }: { x: AsyncIterable<number> }) => {
          let sum = 0;
          for await (const value of x) sum += value;
          return sum;
        },
        collect('x', { as: 'asyncIterable' }),
      ),
      total: node(({ sums }: { sums: number[] }) => sums, collect('sums')),
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['total'], { maxConcurrency: 1 })).toEqual({ total: [11, 22] });
  });

  test.each(['asyncIterable', 'iterable'] as const)(
    '%s: reading on after the run is an error, not the end',
    async (as) => {
      let closed = 0;
      const m = {
        n: node(
          function* () {
            try {
              for (let i = 0; i < 100; i++) yield i;
            } finally {
              closed++;
            }
          },
          parallelizable({ concurrency: 1 }),
        ),
        kept: node({ inputs: ['n'] }, (n: unknown) => ({ n }), collect('n', { as })),
        begun: node(
          { inputs: ['n'] },
          async (n: unknown) => ({ n, first: (await (n as AsyncIterator<number>).next()).value }),
          collect('n', { as }),
        ),
      };
      const driver = createDriver({ modules: [m] });
      const { kept } = await driver.execute(['kept']);
      const { begun } = await driver.execute(['begun']);
      expect(begun.first).toBe(0);
      for (const { n } of [kept, begun] as { n: Iterator<number> | AsyncIterator<number> }[]) {
        await expect((async () => n.next())()).rejects.toThrow(
          'The run has ended before all items were given.',
        );
        expect(await n.next()).toEqual({ done: true, value: undefined });
      }
      expect(closed).toBe(1);
    },
  );
});

describe.each(['synchronous', 'asynchronous'])(
  'what has nothing to do with a failure or a choice, %s',
  (kind) => {
    const later = <T>(value: T): T => (kind === 'asynchronous' ? (wait().then(() => value) as T) : value);
    const ran: string[] = [];
    const m = {
      n: node(() => [1, 2], parallelizable()),
      a: ({ n }: { n: number }) => (ran.push(`a${n}`), later(n)),
      b: ({ n }: { n: number }): number => {
        ran.push(`b${n}`);
        throw new Error('never');
      },
      as: node(({ a }: { a: number[] }) => a, collect('a')),
      bs: node(({ b }: { b: number[] }) => b, collect('b')),
      chosen: branch('which', { a: 'as', b: 'bs' }),
    };
    const driver = createDriver({ modules: [m] });

    test('a branch chooses among the collectors of one fan-out, and only that side runs', async () => {
      ran.length = 0;
      expect(await driver.execute(['chosen'], { inputs: { which: 'a' } })).toEqual({ chosen: [1, 2] });
      expect(ran).toEqual(['a1', 'a2']);
      await expect(driver.execute(['chosen'], { inputs: { which: 'b' } })).rejects.toMatchObject({
        node: 'b',
      });
    });

    test("onError 'continue' keeps the other collectors, and the items", async () => {
      const report = await driver.run(['as', 'bs', 'n'], { onError: 'continue' });
      expect(report.outputs).toEqual({ as: [1, 2], n: [1, 2] });
      expect(report.nodes).toMatchObject({
        as: { status: 'success' },
        b: { status: 'failed' },
        bs: { status: 'skipped', because: 'b' },
      });
      const failures = [0, 1].map((item) => ({ node: 'b', item: [item] }));
      expect(report.errors).toMatchObject(failures);
      expect(report.errors).toHaveLength(2);
    });

    test('a failed item is missing in later rounds of its fan-out, and in nothing else', async () => {
      const rounds = {
        n: node(() => [1, 2, 3], parallelizable()),
        x: ({ n }: { n: number }) => {
          if (n === 2) throw new Error('two');
          return later(n);
        },
        count: node(
          ({ x }: { x: PromiseSettledResult<number>[] }) => x.length,
          collect('x', { onItemError: 'collect' }),
        ),
        share: ({ x, count }: { x: number; count: number }) => later(x / count),
        all: node(
          ({ share }: { share: PromiseSettledResult<number>[] }) => share.map(({ status }) => status),
          collect('share', { onItemError: 'collect' }),
        ),
        plain: node(({ share }: { share: number[] }) => share, collect('share')),
      };
      const again = createDriver({ modules: [rounds] });
      const report = await again.run(['all']);
      expect(report.outputs).toEqual({ all: ['fulfilled', 'rejected', 'fulfilled'] });
      expect(report.nodes['x']).toEqual({ status: 'success', failedItems: 1 });
      await expect(again.execute(['plain'])).rejects.toMatchObject({ node: 'x', item: [1] });
    });

    test('in a nested fan-out one failing sibling leaves the other to the collector of the outer one', async () => {
      const nested = {
        outer: node(() => ['p', 'q'], parallelizable()),
        inner: node(({ outer }: { outer: string }) => later([`${outer}1`, `${outer}2`]), parallelizable()),
        good: ({ inner }: { inner: string }) => later(inner),
        bad: ({ inner }: { inner: string }) => {
          if (inner === 'q2') throw new Error('q2');
          return inner;
        },
        goods: node(({ good }: { good: string[] }) => good, collect('good')),
        bads: node(({ bad }: { bad: string[] }) => bad, collect('bad')),
        result: node(
          ({
            goods,
            bads,
          }: {
            goods: PromiseSettledResult<string[]>[];
            bads: PromiseSettledResult<string[]>[];
          }) => [goods, bads].map((all) => all.map(({ status }) => status)),
          collect(['goods', 'bads'], { onItemError: 'collect' }),
        ),
      };
      expect(await createDriver({ modules: [nested] }).execute(['result'])).toEqual({
        result: [
          ['fulfilled', 'fulfilled'],
          ['fulfilled', 'rejected'],
        ],
      });
    });

    test.each(['fail', 'collect'] as const)(
      'an override that is not a list is refused (%s)',
      async (onItemError) => {
        const given = {
          n: node(() => [1], parallelizable()),
          a: ({ n }: { n: number }) => n,
          all: node({ inputs: ['a'] }, (a: unknown) => a, collect('a', { onItemError })),
        };
        const run = createDriver({ modules: [given] }).execute(['all'], { overrides: { a: 5 as never } });
        await expect(run).rejects.toMatchObject({ node: 'a', cause: { code: 'FP_ITEM_COUNT' } });
      },
    );
  },
);
