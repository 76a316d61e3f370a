import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  checkOutput,
  createDriver,
  inRange,
  node,
  type NodeContext,
  parameterizeValues,
  retry,
  timeout,
} from '../index.js';

const unhandled = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  process.on('unhandledRejection', unhandled);
});
afterEach(async () => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

const quiet = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() });
const after = <T>(delayMs: number, value: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, delayMs, value));
const failingAfter = (delayMs: number, error: Error) =>
  new Promise<never>((_, reject) => setTimeout(reject, delayMs, error));
/** Waits as long as it is told, unless its signal is aborted. */
const obedient = (delayMs: number, { signal }: NodeContext) =>
  new Promise<number>((resolve, reject) => {
    const timer = setTimeout(resolve, delayMs, delayMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
const failingNow = (): number => {
  throw new Error('x');
};
const never = () => new Promise<never>(() => {});

describe('a promise', () => {
  test.each([
    ['seconds', timeout(2)],
    ['milliseconds', timeout({ ms: 2000 })],
  ])('fails at the deadline, in %s, although the function ignores its signal', async (_, limited) => {
    const m = { slow: node(never, limited) };
    const run = createDriver({ modules: [m] }).run(['slow']);
    await vi.advanceTimersByTimeAsync(1999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await run).error).toMatchObject({
      code: 'FP_NODE_FAILED',
      message: "The node 'slow' failed: The node 'slow' took longer than its timeout of 2 s.",
      cause: { code: 'FP_NODE_TIMEOUT', context: { node: 'slow', timeoutMs: 2000 } },
    });
  });

  test('in time gives its value or its own error, and the timer is gone', async () => {
    const error = new Error('x');
    const m = {
      good: node(() => after(1999, 7), timeout(2)),
      bad: node(() => failingAfter(1999, error), timeout(2)),
    };
    const run = createDriver({ modules: [m] }).run(['good', 'bad'], { onError: 'continue' });
    await vi.advanceTimersByTimeAsync(1999);
    expect(vi.getTimerCount()).toBe(0);
    expect(await run).toMatchObject({ outputs: { good: 7 }, errors: [{ node: 'bad', cause: error }] });
  });

  test('that gives a value after the deadline: it is dropped', async () => {
    const m = { slow: node(() => after(3000, 7), timeout(2)), next: ({ slow }: { slow: number }) => slow };
    const run = createDriver({ modules: [m] }).run(['next']);
    await vi.advanceTimersByTimeAsync(3000);
    expect((await run).outputs).toEqual({});
  });

  test('that rejects after the deadline is reported in the log, unless it only obeys', async () => {
    const late = new Error('late');
    const log = quiet();
    const m = {
      slow: node(() => failingAfter(3000, late), timeout(2)),
      obeying: node({ inputs: [] }, (ctx: NodeContext) => obedient(3000, ctx), timeout(2)),
    };
    const run = createDriver({ modules: [m], log }).run(['slow', 'obeying'], { onError: 'continue' });
    await vi.advanceTimersByTimeAsync(3000);
    expect((await run).errors.map(({ cause }) => (cause as { code: string }).code)).toEqual([
      'FP_NODE_TIMEOUT',
      'FP_NODE_TIMEOUT',
    ]);
    expect(log.debug.mock.calls).toEqual([
      ["The node 'slow' failed after its timeout.", { node: 'slow', error: late }],
    ]);
  });

  test('sees its signal aborted with the error of the node', async () => {
    const reasons: unknown[] = [];
    const fn = ({ signal }: NodeContext) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return never();
    };
    const m = { slow: node({ inputs: [] }, fn, timeout(2)) };
    const run = createDriver({ modules: [m] }).run(['slow']);
    await vi.advanceTimersByTimeAsync(2000);
    expect(reasons).toEqual([(await run).error?.cause]);
  });

  test('sees the abort of the run too; the deadline holds for one that ignores it', async () => {
    const controller = new AbortController();
    const m = {
      obeying: node({ inputs: [] }, (ctx: NodeContext) => obedient(60_000, ctx), timeout(100)),
      deaf: node(never, timeout(5)),
    };
    const run = createDriver({ modules: [m] }).run(['obeying', 'deaf'], { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(1000);
    controller.abort('enough');
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(4000);
    const { status, errors } = await run;
    expect(status).toBe('cancelled');
    expect(errors).toMatchObject([
      { node: 'obeying', cause: 'enough' },
      { node: 'deaf', cause: { code: 'FP_NODE_TIMEOUT' } },
    ]);
  });

  test('a hundred at once leave one listener on the signal of the run', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    const nodes = Array.from({ length: 100 }, (_, index) => [
      `n${index}`,
      node(() => after(10, index), timeout(1)),
    ]);
    const driver = createDriver({
      modules: [Object.fromEntries(nodes) as Record<string, () => Promise<number>>],
    });
    const run = driver.execute(nodes.map(([name]) => name as string));
    await vi.advanceTimersByTimeAsync(10);
    expect(Object.keys(await run)).toHaveLength(100);
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
    vi.useFakeTimers();
  });
});

describe('a synchronous function', () => {
  test('stays synchronous, and its value counts however long it takes', () => {
    const m = {
      slow: node(
        () => {
          vi.setSystemTime(Date.now() + 10_000);
          return 7;
        },
        timeout({ ms: 1 }),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['slow'])).toEqual({ slow: 7 });
  });

  test('that throws leaves no timer behind', () => {
    const m = {
      bad: node((): number => {
        throw new Error('x');
      }, timeout(2)),
    };
    expect(() => createDriver({ modules: [m] }).executeSync(['bad'])).toThrow("The node 'bad' failed: x");
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('what a refused promise left behind keeps no process alive', () => {
  vi.useRealTimers();
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const m = { slow: node(never, timeout(3600)), again: node(() => failingNow(), retry({ maxRetries: 1 })) };
  const driver = createDriver({ modules: [m], log: quiet() });
  for (const name of ['slow', 'again'] as const) {
    expect(() => driver.executeSync([name])).toThrow(expect.objectContaining({ code: 'FP_NOT_SYNCHRONOUS' }));
  }
  expect(timers()).toBe(before);
  vi.useFakeTimers();
});

describe('with retry', () => {
  test('timeout, retry: each attempt has its own deadline', async () => {
    const attempts: number[] = [];
    const fn = ({ attempt }: NodeContext) => {
      attempts.push(attempt);
      return attempt < 3 ? never() : after(1500, 7);
    };
    const m = { slow: node({ inputs: [] }, fn, timeout(2), retry({ maxRetries: 2, retryDelay: 0 })) };
    const log = quiet();
    const run = createDriver({ modules: [m], log }).execute(['slow']);
    await vi.advanceTimersByTimeAsync(5500);
    expect(await run).toEqual({ slow: 7 });
    expect(attempts).toEqual([1, 2, 3]);
    expect(log.warn.mock.calls).toMatchObject([
      [expect.any(String), { attempt: 1, error: { code: 'FP_NODE_TIMEOUT' } }],
      [expect.any(String), { attempt: 2, error: { code: 'FP_NODE_TIMEOUT' } }],
    ]);
  });

  test('timeouts can be the only errors worth a retry', async () => {
    const fn = ({ attempt }: NodeContext) => (attempt === 1 ? never() : failingAfter(1, new Error('other')));
    const only = retry({ maxRetries: 5, retryDelay: 0, retryExceptions: ['FP_NODE_TIMEOUT'] });
    const m = { slow: node({ inputs: [] }, fn, timeout(2), only) };
    const run = createDriver({ modules: [m], log: quiet() }).run(['slow']);
    await vi.advanceTimersByTimeAsync(2001);
    expect((await run).error).toMatchObject({ cause: { message: 'other' } });
  });

  test('retry, timeout: the deadline is for all attempts, and ends a delay', async () => {
    const bad = vi.fn(async () => {
      throw new Error('x');
    });
    const m = {
      bad: node(() => bad(), retry({ maxRetries: 9, retryDelay: 2, jitterFactor: 0 }), timeout(5)),
    };
    const run = createDriver({ modules: [m], log: quiet() }).run(['bad']);
    await vi.advanceTimersByTimeAsync(5000);
    expect((await run).error).toMatchObject({ cause: { code: 'FP_NODE_TIMEOUT' } });
    expect(bad).toHaveBeenCalledTimes(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('retry, timeout: a function that ignores its signal is not called again after the deadline', async () => {
    const slow = vi.fn(() => failingAfter(3000, new Error('x')));
    const m = { slow: node(() => slow(), retry({ maxRetries: 9, retryDelay: 0 }), timeout(2)) };
    const run = createDriver({ modules: [m], log: quiet() }).run(['slow']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await run).error).toMatchObject({ cause: { code: 'FP_NODE_TIMEOUT' } });
    expect(slow).toHaveBeenCalledTimes(1);
  });
});

test('every parameterized node has its own deadline; checks have none', async () => {
  const wait = ({ ms }: { ms: number }) => after(ms, ms);
  const m = {
    wait: node(
      wait,
      parameterizeValues('ms', { short: 10, long: 3000 }),
      checkOutput(inRange(0, 9)),
      timeout(2),
    ),
  };
  const log = quiet();
  const run = createDriver({ modules: [m], log }).run(['short', 'long'], { onError: 'continue' });
  await vi.advanceTimersByTimeAsync(3000);
  expect(await run).toMatchObject({ outputs: { short: 10 }, errors: [{ node: 'long_raw' }] });
  expect(log.warn).toHaveBeenCalledOnce();
});

test.each([
  ['0', 0],
  ['less than 0', -1],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['a text', '5s'],
  ['nothing', undefined],
  ['null', null],
  ['no milliseconds', { seconds: 1 }],
])('%s is a problem of the build', (_, duration) => {
  const build = () => createDriver({ modules: [{ a: node(() => 1, timeout(duration as number)) }] });
  expect(build).toThrow(
    /timeout of 'a' in module 1: (?:ms must be a number above 0|the options must be an object), not /,
  );
});

test('a generator is a problem of the build', () => {
  const build = () => createDriver({ modules: [{ a: node(async function* a() {}, timeout(1)) }] });
  expect(build).toThrow('it cannot reach what a generator does while it is read.');
});
