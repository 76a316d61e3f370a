/** The rules of retries for work of any kind, on a clock that stands still until it is told to go on. */
import { describe, expect, test, vi } from 'vitest';
import { createVirtualClock } from '../__fixtures__/virtual-clock.js';
import { errorOf } from '../__fixtures__/set-up.js';
import { createRetryManager, FatalError, RetryableError, type RetryManagerOptions } from '../index.js';

function setUp(options: RetryManagerOptions = {}) {
  const clock = createVirtualClock();
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const retries = createRetryManager({ clock, log, random: () => 0.5, ...options });
  return { retries, clock, log };
}

/** Throws so many times, then gives its attempt. */
function flaky(failures: number, error: () => unknown = () => new Error('busy')) {
  const times: number[] = [];
  return {
    times,
    work: ({ attempt }: { readonly attempt: number }) => {
      times.push(attempt);
      if (attempt <= failures) throw error();
      return attempt;
    },
  };
}

describe('execute', () => {
  test('by default 3 retries after 1, 2 and 4 seconds, each longer by up to a tenth', async () => {
    const { retries, clock, log } = setUp();
    const { work, times } = flaky(3);
    expect(await clock.until(retries.execute(work))).toBe(4);
    expect(times).toEqual([1, 2, 3, 4]);
    expect(clock.elapsedMs()).toBeCloseTo(7 * 1050, 6);
    expect(log.warn.mock.calls.map(([message]) => message)).toEqual([
      "'work' failed and is tried again in 1.05 s.",
      "'work' failed and is tried again in 2.1 s.",
      "'work' failed and is tried again in 4.2 s.",
    ]);
  });

  test('full jitter draws each delay from 0 upwards', async () => {
    const { retries, clock } = setUp({ jitter: 'full', random: () => 0.25 });
    await clock.until(retries.execute(flaky(2).work));
    expect(clock.elapsedMs()).toBe(250 + 500);
  });

  test('the error of the last attempt comes out untouched', async () => {
    const { retries, clock } = setUp({ maxRetries: 1 });
    const errors = [new Error('first'), new Error('second')];
    const second = errors[1];
    const failing = retries.execute(flaky(2, () => errors.shift()).work);
    expect(await errorOf(() => clock.until(failing))).toBe(second);
  });

  test('C02: a FatalError, and a programming error, get one attempt', async () => {
    for (const error of [new FatalError('no'), new TypeError('undefined is no function')]) {
      const { retries } = setUp({ maxRetries: 5 });
      const { work, times } = flaky(9, () => error);
      expect(await errorOf(() => retries.execute(work))).toBe(error);
      expect(times).toEqual([1]);
    }
  });

  test('C05: Retry-After is waited for, up to the cap', async () => {
    const { retries, clock } = setUp({ retryDelay: 0.1, maxDelay: 30 });
    const asks = [2, 99_999].map((retryAfter) => new RetryableError('429', { retryAfter }));
    await clock.until(retries.execute(flaky(2, () => asks.shift()).work));
    expect(clock.elapsedMs()).toBe(2000 + 30_000);
  });

  test('C18: an abort during a wait ends it at once, without another attempt', async () => {
    const { retries, clock } = setUp();
    const { work, times } = flaky(9);
    const controller = new AbortController();
    const going = errorOf(() => retries.execute(work, { signal: controller.signal }));
    await clock.advance(500);
    controller.abort('enough');
    expect(await going).toBe('enough');
    expect(times).toEqual([1]);
    expect(clock.elapsedMs()).toBe(500);
    expect(clock.pending).toEqual([]);
  });

  test('a signal that is aborted already starts nothing', async () => {
    const { work, times } = flaky(0);
    expect(await errorOf(() => setUp().retries.execute(work, { signal: AbortSignal.abort('no') }))).toBe(
      'no',
    );
    expect(times).toEqual([]);
  });

  test('an attempt that takes too long fails, is told, and is tried again', async () => {
    const { retries, clock } = setUp({ attemptTimeout: 2, retryDelay: 0 });
    const signals: AbortSignal[] = [];
    const work = ({ attempt, signal }: { readonly attempt: number; readonly signal: AbortSignal }) => {
      signals.push(signal);
      return attempt === 1 ? new Promise<number>(() => {}) : attempt;
    };
    expect(await clock.until(retries.execute(work))).toBe(2);
    expect(clock.elapsedMs()).toBe(2000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    expect(clock.pending).toEqual([]);
    const stuck = retries.execute(() => new Promise(() => {}), { name: 'stuck' });
    expect(await errorOf(() => clock.until(stuck))).toMatchObject({ code: 'FP_ATTEMPT_TIMEOUT' });
  });

  test('callbacks are called once, with further arguments and named ones', async () => {
    const { retries, clock } = setUp();
    const told = vi.fn();
    const tell = (...args: unknown[]) => void told(...args);
    const onSuccess = [tell, ['#ops'], { urgent: true }] as const;
    await clock.until(retries.execute(flaky(1).work, { onSuccess, onFailure: told }));
    const error = new FatalError('no');
    const failing = retries.execute(flaky(1, () => error).work, { onSuccess: told, onFailure: [tell] });
    expect(await errorOf(() => clock.until(failing))).toBe(error);
    expect(told.mock.calls).toEqual([
      [2, undefined, '#ops', { urgent: true }],
      [undefined, error],
    ]);
  });

  test('C09: a callback that throws or rejects changes nothing', async () => {
    const { retries, log } = setUp();
    const onSuccess = async () => Promise.reject(new Error('no line'));
    expect(await retries.execute(() => 1, { onSuccess })).toBe(1);
    const error = new FatalError('no');
    const onFailure = () => {
      throw new Error('no line');
    };
    expect(await errorOf(() => retries.execute(flaky(1, () => error).work, { onFailure }))).toBe(error);
    expect(log.error.mock.calls.map(([message]) => message)).toEqual([
      'The callback onSuccess threw; the outcome stays as it is.',
      'The callback onFailure threw; the outcome stays as it is.',
    ]);
  });
});

describe('executeSync', () => {
  test('decides as execute does, and blocks in between', () => {
    const { retries, clock } = setUp({ jitterFactor: 0 });
    const onSuccess = vi.fn();
    expect(retries.executeSync(flaky(2).work, { onSuccess })).toBe(3);
    expect(clock.blocked).toEqual([1000, 2000]);
    expect(onSuccess.mock.calls).toEqual([[3, undefined]]);
  });

  test('a promise is refused, and not tried again', async () => {
    const { retries } = setUp();
    const work = vi.fn(async () => Promise.reject(new Error('late')));
    expect(await errorOf(() => retries.executeSync(work))).toMatchObject({ code: 'FP_NOT_SYNCHRONOUS' });
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('a limit for attempts is refused: nothing can end a synchronous function', async () => {
    const { retries } = setUp({ attemptTimeout: 1 });
    expect(await errorOf(() => retries.executeSync(() => 1))).toMatchObject({
      code: 'FP_BAD_OPTION',
      message: 'executeSync: attemptTimeout cannot end a synchronous function.',
    });
  });
});

test('C06: a name of an error that is not known is refused, with what was meant', async () => {
  expect(await errorOf(() => createRetryManager({ retryExceptions: ['TimeoutEror'] }))).toMatchObject({
    code: 'FP_BAD_OPTION',
    message: "createRetryManager: retryExceptions names 'TimeoutEror', which is not a known error",
    hint: "Did you mean 'TimeoutError'?",
  });
});

test.each([
  [{ maxRetry: 1 }, 'maxRetry'],
  [{ maxRetries: -1 }, 'maxRetries'],
  [{ attemptTimeout: 0 }, 'attemptTimeout'],
  [{ clock: {} }, 'clock'],
  [{ jitter: 'half' }, 'jitter'],
])('options of the wrong kind are refused: %j', async (options, name) => {
  const error = await errorOf(() => createRetryManager(options as never));
  expect(error).toMatchObject({ code: 'FP_BAD_OPTION' });
  expect(error.message).toContain(`createRetryManager: `);
  expect(error.message).toContain(name);
});
