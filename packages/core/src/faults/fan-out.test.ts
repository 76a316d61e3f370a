/** SEMANTICS §1.5 and §6.4: the holes of Parallelizable and Collect. Each test has the name of a fault of theirs. */
import { describe, expect, test } from 'vitest';
import { branch, collect, createDriver, node, parallelizable, printAdapter } from '../index.js';

const wait = () => new Promise<void>((resolve) => setImmediate(resolve));

describe.each(['synchronous', 'asynchronous'])('%s', (kind) => {
  const give = <T>(value: T): T => (kind === 'asynchronous' ? (wait().then(() => value) as T) : value);
  const squares = {
    n: node(() => give([1, 2, 3]), parallelizable()),
    square: ({ n }: { n: number }) => give(n * n),
    sum: node(({ square }: { square: number[] }) => square.reduce((a, b) => a + b, 0), collect('square')),
  };

  test('§1.5 nested Parallelizable: TypeError', async () => {
    const m = {
      a: node(() => give([1, 2]), parallelizable()),
      b: node(({ a }: { a: number }) => give([a, a * 10]), parallelizable()),
      c: node(({ b }: { b: number }) => give([b, -b]), parallelizable()),
      d: ({ a, b, c }: { a: number; b: number; c: number }) => give(`${a}/${b}/${c}`),
      ds: node(({ d }: { d: string[] }) => d.join(), collect('d')),
      dss: node(({ ds, a }: { ds: string[]; a: number }) => `${a}: ${ds.join(' ')}`, collect('ds')),
      all: node(({ dss }: { dss: string[] }) => dss, collect('dss')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({
      all: ['1: 1/1/1,1/1/-1 1/10/10,1/10/-10', '2: 2/2/2,2/2/-2 2/20/20,2/20/-20'],
    });
  });

  test("§1.5, #742 two collects on one expand: KeyError 'Key s not found in cache'", async () => {
    const m = {
      ...squares,
      most: node(({ square }: { square: number[] }) => Math.max(...square), collect('square')),
    };
    expect(await createDriver({ modules: [m] }).execute(['sum', 'most'])).toEqual({ sum: 14, most: 9 });
  });

  test('§1.5, #1029 requesting a node inside a block: KeyError', async () => {
    expect(await createDriver({ modules: [squares] }).execute(['square', 'n'])).toEqual({
      square: [1, 4, 9],
      n: [1, 2, 3],
    });
  });

  test('§1.5 overriding a node inside a block silently gives a wrong value', async () => {
    const driver = createDriver({ modules: [squares] });
    expect(await driver.execute(['sum'], { overrides: { square: [10, 20, 30] } })).toEqual({ sum: 60 });
    await expect(
      createDriver({
        modules: [{ ...squares, pair: ({ n, square }: { n: number; square: number }) => n + square }],
      }).execute(['pair'], { overrides: { square: [10] } }),
    ).rejects.toMatchObject({ cause: { code: 'FP_ITEM_COUNT' } });
  });

  test('§1.5, #1030 Parallelizable directly into Collect: a list of lists', async () => {
    const m = {
      n: node(() => give([1, 2]), parallelizable()),
      all: node(({ n }: { n: number[] }) => n, collect('n')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all'])).toEqual({ all: [1, 2] });
  });

  test('§1.5, #652 a node that both collects and expands', async () => {
    const m = {
      ...squares,
      half: node(
        ({ square }: { square: number[] }) => give(square.map((n) => n / 2)),
        collect('square'),
        parallelizable(),
      ),
      text: ({ half }: { half: number }) => give(`<${half}>`),
      texts: node(({ text }: { text: string[] }) => text, collect('text')),
    };
    expect(await createDriver({ modules: [m] }).execute(['texts'])).toEqual({
      texts: ['<0.5>', '<2>', '<4.5>'],
    });
  });

  test('§1.5, §2.10.5 execute([]) hangs for ever', async () => {
    const driver = createDriver({ modules: [squares] });
    expect(await driver.execute([])).toEqual({});
    expect(driver.executeSync([])).toEqual({});
  });

  test('§1.5, #740 a Parallelizable that fails hangs', async () => {
    const m = {
      ...squares,
      n: node((): number[] => give([1]).concat(fail()), parallelizable()),
    };
    await expect(createDriver({ modules: [m] }).execute(['sum'])).rejects.toMatchObject({ node: 'n' });
  });

  test('§1.5, §6.8 PrintLn crashes with a KeyError', async () => {
    const lines: string[] = [];
    const adapters = [printAdapter({ write: (line) => lines.push(line.replace(/ after.*/, '')) })];
    await createDriver({ modules: [squares], adapters }).execute(['sum']);
    expect(lines).toEqual(['n ended', 'square ended', 'square ended', 'square ended', 'sum ended']);
  });

  test('§1.5 an empty expand, and an expander that is overridden with a list, work as in the original', async () => {
    const driver = createDriver({ modules: [squares] });
    expect(await driver.execute(['sum', 'square'], { overrides: { n: [] } })).toEqual({ sum: 0, square: [] });
    expect(await driver.execute(['sum'], { overrides: { n: [3, 4] } })).toEqual({ sum: 25 });
  });

  test('§1.5 the first failing task does not stop the others from starting', async () => {
    const started: number[] = [];
    const m = {
      n: node(() => [1, 2, 3, 4], parallelizable({ concurrency: 1 })),
      one: ({ n }: { n: number }) => {
        started.push(n);
        return n === 2 ? fail() : give(n);
      },
      all: node(({ one }: { one: number[] }) => one, collect('one')),
    };
    await expect(createDriver({ modules: [m] }).execute(['all'])).rejects.toMatchObject({
      node: 'one',
      item: [1],
    });
    expect(started).toEqual([1, 2]);
  });

  test('#301 wrong use is reported late and unclearly', () => {
    const side = {
      a: node(() => [1], parallelizable()),
      b: node(() => [2], parallelizable()),
      both: ({ a, b }: { a: number; b: number }) => a + b,
    };
    expect(() => createDriver({ modules: [side] })).toThrow(
      expect.objectContaining({ code: 'FP_BAD_FAN_OUT' }),
    );
    const nothing = { a: () => [1], all: node(({ a }: { a: number[] }) => a, collect('a')) };
    expect(() => createDriver({ modules: [nothing] })).toThrow(
      expect.objectContaining({ code: 'FP_BAD_FAN_OUT' }),
    );
  });
});

test('§6.10, #1290 no branch on a value', async () => {
  const m = {
    big: async ({ n }: { n: number }) => n > 10,
    yes: () => 'big',
    no: () => 'small',
    size: branch('big', { true: 'yes', false: 'no' }),
  };
  const driver = createDriver({ modules: [m] });
  expect(await driver.execute(['size'], { inputs: { n: 11 } })).toEqual({ size: 'big' });
  expect(await driver.execute(['size'], { inputs: { n: 1 } })).toEqual({ size: 'small' });
});

/** Faults of our own that the laws have found. */
describe('what random graphs have found', () => {
  const item = node(() => [1, 2, 3], parallelizable());
  const listed = (of: string, as: 'iterable' | 'asyncIterable') =>
    node(
      { inputs: [of] },
      async (stream: AsyncIterable<number>) => {
        const all: unknown[] = [];
        for await (const one of stream) all.push(one);
        return all;
      },
      collect(of, { as }) as never,
    ) as unknown as () => Promise<unknown[]>;

  test.each([1, 2])(
    'a stream lost its last item when permits were scarce (maxConcurrency %i)',
    async (maxConcurrency) => {
      const m = {
        item: node(() => [1, 2, 3], parallelizable({ concurrency: 3 })),
        one: async ({ item: n }: { item: number }) => (await wait(), n),
        all: listed('one', 'asyncIterable'),
      };
      expect(await createDriver({ modules: [m] }).execute(['all'], { maxConcurrency })).toEqual({
        all: [1, 2, 3],
      });
    },
  );

  test('several readers shared one stream, of which the first left nothing', async () => {
    const m = { item, a: listed('item', 'asyncIterable'), b: listed('item', 'asyncIterable') };
    expect(await createDriver({ modules: [m] }).execute(['a', 'b'])).toEqual({ a: [1, 2, 3], b: [1, 2, 3] });
  });

  test('behind a stream that was not a stream, a node received the values of other parameters', async () => {
    const read = async ({
      item: stream,
      given = 'nothing',
    }: {
      item: AsyncIterable<number>;
      given?: string;
    }) => {
      const all: unknown[] = [given];
      for await (const one of stream) all.push(one);
      return all;
    };
    const m = { item, all: node(read, collect('item', { as: 'asyncIterable' })) };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['all', 'item'], { inputs: { given: 'this' } })).toEqual({
      all: ['this', 1, 2, 3],
      item: [1, 2, 3],
    });
  });

  test('a node inside a fan-out could not collect from it itself', async () => {
    const m = {
      item,
      one: ({ item: n }: { item: number }) => n * 2,
      share: node(({ one, item: all }: { one: number; item: number[] }) => one / all.length, collect('item')),
    };
    expect(await createDriver({ modules: [m] }).execute(['share'])).toEqual({ share: [2 / 3, 4 / 3, 2] });
  });

  test('a reader inside a fan-out waited for a permit that it held itself', async () => {
    const m = {
      item,
      inner: node(({ item: n }: { item: number }) => [n, n * 10], parallelizable()),
      one: async ({ inner }: { inner: number }) => (await wait(), inner),
      some: listed('one', 'asyncIterable'),
      all: node(({ some }: { some: unknown[] }) => some.flat(), collect('some')),
    };
    expect(
      await createDriver({ modules: [m as never] }).execute(['all'] as never, { maxConcurrency: 1 }),
    ).toEqual({
      all: [1, 10, 2, 20, 3, 30],
    });
  });

  test.each([1, 2])(
    'a synchronous stream was empty when others held all permits (%i)',
    async (maxConcurrency) => {
      const m = {
        item,
        isOdd: ({ item: n }: { item: number }) => n % 2 === 1,
        odd: ({ item: n }: { item: number }) => `odd ${n}`,
        even: ({ item: n }: { item: number }) => `even ${n}`,
        named: branch('isOdd', { true: 'odd', false: 'even' }),
        inner: node(({ item: n }: { item: number }) => [n, n], parallelizable()),
        inners: node(({ inner }: { inner: number[] }) => inner.length, collect('inner')),
        all: node(
          async ({ named, inners }: { named: Iterable<unknown>; inners: Iterable<number> }) => {
            await wait();
            return [...named, ...inners];
          },
          collect(['named', 'inners'], { as: 'iterable' }),
        ),
        names: node(
          async ({ named }: { named: Iterable<unknown> }) => (await wait(), [...named]),
          collect('named', { as: 'iterable' }),
        ),
        counts: node(
          async ({ inners }: { inners: Iterable<number> }) => (await wait(), [...inners]),
          collect('inners', { as: 'iterable' }),
        ),
        slow: async () => {
          for (let turn = 0; turn < 5; turn++) await wait();
          return 'slow';
        },
      };
      const driver = createDriver({ modules: [m] });
      expect(await driver.execute(['names', 'slow'], { maxConcurrency })).toEqual({
        names: ['odd 1', 'even 2', 'odd 3'],
        slow: 'slow',
      });
      expect(await driver.execute(['counts', 'slow'], { maxConcurrency })).toEqual({
        counts: [2, 2, 2],
        slow: 'slow',
      });
    },
  );

  test('a promise in a synchronous stream ended it instead of being refused', async () => {
    const m = {
      item,
      isOdd: ({ item: n }: { item: number }) => n % 2 === 1,
      odd: async () => 'odd',
      even: async () => 'even',
      named: branch('isOdd', { true: 'odd', false: 'even' }),
      oddOf: async ({ item: n }: { item: number }) => n,
      all: node(({ side }: { side: Iterable<unknown> }) => [...side], collect('side', { as: 'iterable' })),
      side: branch('isOdd', { true: 'oddOf', false: 'even' }),
    };
    await expect(createDriver({ modules: [m] }).execute(['all'])).rejects.toMatchObject({
      code: 'FP_NOT_SYNCHRONOUS',
    });
  });
});

function fail(): never {
  throw new Error('It fails.');
}
