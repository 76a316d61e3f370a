import { describe, expect, test, vi } from 'vitest';
import { branch, collect, createDriver, gracefulErrorsAdapter, node, parallelizable, tag } from '../index.js';

const failed = Symbol('failed');

class Shortage extends RangeError {}

/** The same nodes, synchronous or asynchronous. */
function shop(asynchronous: boolean) {
  const calls: string[] = [];
  const give = <Value>(name: string, make: () => Value): Value => {
    calls.push(name);
    if (!asynchronous) return make();
    return Promise.resolve().then(make) as Value;
  };
  const m = {
    short: (): number =>
      give('short', () => {
        throw new Shortage('none left');
      }),
    broken: (): number =>
      give('broken', () => {
        throw new TypeError('broken');
      }),
    fine: () => give('fine', () => 1),
    gross: ({ short, fine }: { short: number; fine: number }) => give('gross', () => short + fine),
    further: ({ gross }: { gross: number }) => give('further', () => gross),
    renamed: node({ inputs: ['gross', 'fine'] }, (a: number, b: number) => give('renamed', () => a + b)),
    label: node(
      ({ short, fine }: { short: number; fine: number }) =>
        give('label', () => (Object.is(short, failed) ? `no price, ${fine}` : 'price')),
      tag({ errorSentinels: 'accept' }),
    ),
  };
  return { m, calls };
}

describe.each([
  ['synchronous', false],
  ['asynchronous', true],
])('%s nodes', (_, asynchronous) => {
  const setUp = (errors: readonly (new (...args: never[]) => Error)[] = [RangeError]) => {
    const { m, calls } = shop(asynchronous);
    const warn = vi.fn();
    const adapter = gracefulErrorsAdapter({ errors, sentinel: failed, log: { warn } });
    return { driver: createDriver({ modules: [m], adapters: [adapter] }), calls, warn };
  };

  test('a caught failure gives the sentinel, and what needs it is skipped with the sentinel', async () => {
    const { driver, calls, warn } = setUp();
    expect(await driver.execute(['short', 'further', 'renamed', 'fine'])).toEqual({
      short: failed,
      further: failed,
      renamed: failed,
      fine: 1,
    });
    expect([...calls].sort()).toEqual(['fine', 'short']);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("'short'"), {
      error: expect.any(Shortage),
    });
  });

  test('a node tagged to accept sentinels runs and finds it among its inputs', async () => {
    expect(await setUp().driver.execute(['label'])).toEqual({ label: 'no price, 1' });
  });

  test('another error fails the run, untouched', async () => {
    const { driver, warn } = setUp();
    await expect(driver.execute(['broken'])).rejects.toMatchObject({
      node: 'broken',
      cause: expect.objectContaining({ name: 'TypeError', message: 'broken' }),
    });
    expect(warn).not.toHaveBeenCalled();
  });

  test('a given value that is the sentinel skips as well; undefined and null do not', async () => {
    const { driver, calls } = setUp();
    const overrides = { short: failed as never };
    expect(await driver.execute(['gross'], { overrides })).toEqual({ gross: failed });
    expect(calls).toEqual(['fine']);
    expect(await driver.execute(['gross'], { overrides: { short: null as never } })).toEqual({ gross: 1 });
  });
});

test('synchronous graphs stay synchronous', () => {
  const adapter = gracefulErrorsAdapter({ errors: [Error], sentinel: Number.NaN, log: { warn() {} } });
  const driver = createDriver({ modules: [shop(false).m], adapters: [adapter] });
  expect(driver.executeSync(['further'])).toEqual({ further: Number.NaN });
});

test('a node that ends because the run is stopped is not caught', async () => {
  const controller = new AbortController();
  const m = {
    wait: node({ inputs: [] }, () => {
      controller.abort();
      throw new Error('stopped');
    }),
  };
  const adapter = gracefulErrorsAdapter({ errors: [Error], sentinel: failed });
  const driver = createDriver({ modules: [m], adapters: [adapter] });
  const report = await driver.run(['wait'], { signal: controller.signal });
  expect(report).toMatchObject({ status: 'cancelled', outputs: {} });
});

test.each([[undefined], [[]], [['RangeError']]])('errors: %j is refused', (errors) => {
  expect(() => gracefulErrorsAdapter({ errors: errors as never, sentinel: failed })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_ADAPTER_OPTION' }),
  );
});

describe('nodes that fan out', () => {
  const broken = (): never => {
    throw new RangeError('broken');
  };
  const listings = {
    'a failing call': node((): number[] => broken(), parallelizable()),
    'a generator that fails': node(function* (): Generator<number> {
      yield 1;
      broken();
    }, parallelizable()),
    'an asynchronous generator that fails': node(async function* (): AsyncGenerator<number> {
      yield 1;
      broken();
    }, parallelizable()),
  };
  test.each(Object.entries(listings))(
    '%s: every node that collects receives the sentinel',
    async (name, n) => {
      const warn = vi.fn();
      const items: number[] = [];
      const m = {
        n,
        x: ({ n }: { n: number }) => {
          items.push(n);
          return n * 10;
        },
        xs: node(({ x }: { x: number[] }) => x, collect('x')),
        reported: node(
          ({ x }: { x: number[] }) => (Object.is(x, failed) ? 'none' : x.length),
          collect('x'),
          tag({ errorSentinels: 'accept' }),
        ),
        settled: node(
          ({ x }: { x: PromiseSettledResult<number>[] }) => x,
          collect('x', { onItemError: 'collect' }),
        ),
        // A later round of the same fan-out.
        share: ({ x, xs }: { x: number; xs: number[] }) => x / xs.length,
        shares: node(({ share }: { share: number[] }) => share, collect('share')),
      };
      const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn } })];
      const driver = createDriver({ modules: [m], adapters });
      const outputs = await driver.execute(['xs', 'reported', 'settled', 'shares']);
      expect(outputs).toEqual({ xs: failed, reported: 'none', settled: failed, shares: failed });
      expect(warn).toHaveBeenCalledOnce();
      expect(items).toEqual(name === 'a failing call' ? [] : [1]);
    },
  );

  test.each(['iterable', 'asyncIterable'] as const)(
    'who reads them as %s fails where they end',
    async (as) => {
      const warn = vi.fn();
      const read: unknown[] = [];
      const m = {
        n: node(function* (): Generator<number> {
          yield 1;
          broken();
        }, parallelizable()),
        all: node(
          async ({ n }: { n: AsyncIterable<number> | Iterable<number> }) => {
            for await (const one of n) read.push(one);
            return 'the end';
          },
          collect('n', { as } as never) as never,
        ),
      };
      const adapters = [gracefulErrorsAdapter({ errors: [Error], sentinel: failed, log: { warn } })];
      const driver = createDriver({ modules: [m], adapters });
      expect(await driver.execute(['all'])).toEqual({ all: failed });
      expect(read).toEqual([1]);
    },
  );

  test('one that receives the sentinel hands it past the fan-out', () => {
    const m = {
      a: () => broken(),
      n: node(({ a }: { a: number }) => [a], parallelizable()),
      ns: node(({ n }: { n: number[] }) => n, collect('n')),
    };
    const adapters = [
      gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn: () => {} } }),
    ];
    const driver = createDriver({ modules: [m], adapters });
    expect(driver.executeSync(['ns', 'n'])).toEqual({ ns: failed, n: failed });
  });

  test('inside of a fan-out only the item whose list failed has the sentinel', async () => {
    const m = {
      outer: node(() => [1, 2], parallelizable()),
      inner: node(
        async ({ outer }: { outer: number }) => (outer === 1 ? broken() : [outer, outer]),
        parallelizable(),
      ),
      inners: node(({ inner }: { inner: number[] }) => inner, collect('inner')),
      all: node(({ inners }: { inners: number[][] }) => inners, collect('inners')),
    };
    const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn() {} } })];
    expect(await createDriver({ modules: [m], adapters }).execute(['all'])).toEqual({
      all: [failed, [2, 2]],
    });
  });
});

describe.each([false, true])('branches, asynchronous: %s', (isAsync) => {
  const give = <T>(make: () => T): T => (isAsync ? (Promise.resolve().then(make) as T) : make());
  const broken = (): string =>
    give(() => {
      throw new RangeError('broken');
    });
  const m = {
    failing: () => broken(),
    known: () => give(() => 'left'),
    unknown: () => give(() => 'up'),
    left: () => give(() => 1),
    right: () => give(() => 2),
    fails: () => broken(),
    choiceFailed: branch('failing', { left: 'left' }, { otherwise: 'right' }),
    sideFailed: branch('known', { left: 'fails' }, { otherwise: 'right' }),
    noCase: branch('unknown', { left: 'left' }),
    fine: branch('known', { left: 'left' }),
    after: ({ choiceFailed }: { choiceFailed: number }) => choiceFailed + 1,
  };

  test('a choice that fails, or has no case, gives the sentinel and runs no side', async () => {
    const warn = vi.fn();
    const adapters = [gracefulErrorsAdapter({ errors: [Error], sentinel: failed, log: { warn } })];
    const driver = createDriver({ modules: [m], adapters });
    const report = await driver.run(['choiceFailed', 'sideFailed', 'noCase', 'fine', 'after']);
    expect(report.outputs).toEqual({
      choiceFailed: failed,
      sideFailed: failed,
      noCase: failed,
      fine: 1,
      after: failed,
    });
    expect(report.nodes['right']).toEqual({ status: 'not-chosen' });
    expect(warn).toHaveBeenCalledTimes(3);
  });

  test('without the adapter a choice without a case fails the branch', async () => {
    const report = await createDriver({ modules: [m] }).run(['noCase']);
    expect(report).toMatchObject({
      status: 'failed',
      error: { node: 'noCase', cause: { code: 'FP_NO_BRANCH' } },
    });
  });
});

test('what is caught is reported in the log of the driver', () => {
  const log = { debug() {}, info() {}, warn: vi.fn(), error() {} };
  const m = {
    a: (): number => {
      throw new RangeError('broken');
    },
  };
  const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed })];
  createDriver({ modules: [m], adapters, log }).executeSync(['a']);
  expect(log.warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("'a'"), expect.anything());
});
