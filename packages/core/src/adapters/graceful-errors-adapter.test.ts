import { describe, expect, test, vi } from 'vitest';
import { collect, createDriver, gracefulErrorsAdapter, node, parallelizable, tag } from '../index.js';

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
  test.each(Object.entries(listings))('%s: the items until then, and one sentinel', async (name, n) => {
    const warn = vi.fn();
    const m = {
      n,
      x: ({ n }: { n: number }) => n * 10,
      xs: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn } })];
    const { xs } = await createDriver({ modules: [m], adapters }).execute(['xs']);
    expect(xs).toEqual(name === 'a failing call' ? [failed] : [10, failed]);
    expect(warn).toHaveBeenCalledOnce();
  });

  test('one that receives the sentinel gives it as its only item', () => {
    const m = {
      a: () => broken(),
      n: node(({ a }: { a: number }) => [a], parallelizable()),
      ns: node(({ n }: { n: number[] }) => n, collect('n')),
    };
    const adapters = [
      gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn: () => {} } }),
    ];
    expect(createDriver({ modules: [m], adapters }).executeSync(['ns'])).toEqual({ ns: [failed] });
  });
});
