/** Every built-in adapter at once, in any order: they compose, and none hides what a node did. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  type Adapter,
  createDriver,
  debugAdapter,
  gracefulErrorsAdapter,
  printAdapter,
  type Progress,
  progressAdapter,
  slowDownAdapter,
  typeCheckAdapter,
} from '../index.js';

const failed = Symbol('failed');
const anything = {
  '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) },
} as const;
const own = new TypeError('its own');
const m = {
  one: () => 1,
  two: async ({ one }: { one: number }) => one + 1,
  caught: ({ two }: { two: number }): number => {
    throw new RangeError(`caught ${two}`);
  },
  caughtLater: ({ two }: { two: number }): Promise<number> => Promise.reject(new RangeError(`${two}`)),
  skipped: ({ caught, caughtLater }: { caught: number; caughtLater: number }) => caught + caughtLater,
  broken: ({ one }: { one: number }): number => {
    if (one > 0) throw own;
    return 1;
  },
  brokenLater: ({ two }: { two: number }): Promise<number> =>
    two > 0 ? Promise.reject(own) : Promise.resolve(1),
};

function setUp() {
  const progress: Progress[] = [];
  const lines: string[] = [];
  const moments: string[] = [];
  const schemas = Object.fromEntries(Object.keys(m).map((name) => [name, anything]));
  const clumsy = () => {
    throw new Error('clumsy');
  };
  const adapters: Record<string, Adapter> = {
    print: printAdapter({ verbosity: 2, write: (line) => lines.push(line) }),
    progress: progressAdapter({ onProgress: (one) => progress.push(one) }),
    graceful: gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn() {} } }),
    check: typeCheckAdapter({ schemas }),
    debug: debugAdapter({ pause: ({ moment, event }) => moments.push(`${moment} ${event.node.name}`) }),
    clumsyPrint: printAdapter({ write: clumsy }),
    clumsyProgress: progressAdapter({ onProgress: clumsy }),
    clumsyDebug: debugAdapter({ pause: clumsy }),
  };
  const log = { debug() {}, info() {}, warn: vi.fn(), error() {} };
  return { adapters, log, progress, lines, moments };
}

const orders = fc.shuffledSubarray(Object.keys(setUp().adapters), { minLength: 8 });

test('in any order, caught failures become sentinels and everything is reported once', async () => {
  await fc.assert(
    fc.asyncProperty(orders, fc.boolean(), async (order, slow) => {
      const { adapters, log, progress, lines, moments } = setUp();
      const slowDown = slow ? [slowDownAdapter({ delayMs: 1, sleep: async () => {} })] : [];
      const chosen = [...order.map((name) => adapters[name]!), ...slowDown];
      const driver = createDriver({ modules: [m], adapters: chosen, log });
      expect(await driver.execute(['skipped', 'two'])).toEqual({ skipped: failed, two: 2 });
      expect(progress.at(-1)).toMatchObject({ done: 5, total: 5, failed: 0, status: 'success' });
      expect(lines).toHaveLength(10);
      expect(moments).toHaveLength(10);
      expect(log.warn).toHaveBeenCalled();
    }),
    { numRuns: 40 },
  );
});

test.each(['broken', 'brokenLater'] as const)("in any order, the error of '%s' is its own", async (name) => {
  await fc.assert(
    fc.asyncProperty(orders, async (order) => {
      const { adapters, log, progress } = setUp();
      const driver = createDriver({ modules: [m], adapters: order.map((one) => adapters[one]!), log });
      const error = await driver.execute([name]).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: name });
      expect((error as Error).cause).toBe(own);
      expect(progress.at(-1)).toMatchObject({ failed: 1, status: 'failed' });
    }),
    { numRuns: 40 },
  );
});

test('synchronous nodes stay synchronous under all that do not wait', () => {
  const { adapters, log, lines } = setUp();
  const driver = createDriver({ modules: [m], adapters: Object.values(adapters), log });
  expect(driver.executeSync(['one'])).toEqual({ one: 1 });
  expect(() => driver.executeSync(['broken'])).toThrow(expect.objectContaining({ cause: own }));
  expect(lines.map((line) => line.replace(/[\d.]+ ms/, 'N ms'))).toEqual([
    'one starts',
    'one ended after N ms with 1',
    'one starts',
    'one ended after N ms with 1',
    'broken starts with one = 1',
    'broken failed after N ms: its own',
  ]);
});

test('a check outside of graceful errors sees the sentinel, one inside sees the value', async () => {
  const isNumber = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) =>
        typeof value === 'number' ? { value } : { issues: [{ message: 'no number' }] },
    },
  } as const;
  const check = typeCheckAdapter({ schemas: { caught: isNumber } });
  const graceful = gracefulErrorsAdapter({ errors: [RangeError], sentinel: failed, log: { warn() {} } });
  const driver = createDriver({ modules: [m] });
  expect(await driver.execute(['caught'], { adapters: [graceful, check] })).toEqual({ caught: failed });
  await expect(driver.execute(['caught'], { adapters: [check, graceful] })).rejects.toMatchObject({
    cause: { code: 'FP_WRONG_TYPE' },
  });
});
