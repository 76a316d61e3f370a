import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffDelayMs } from './backoff.js';

const seconds = fc.double({ min: 0, max: 1000, noNaN: true });
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const policy = fc.record({
  retryDelay: seconds,
  jitterFactor: fc.double({ min: 0, max: 5, noNaN: true }),
  maxDelay: fc.option(seconds, { nil: undefined }),
});
const capOf = ({ maxDelay, retryDelay }: { maxDelay: number | undefined; retryDelay: number }) =>
  (maxDelay ?? Math.max(30, retryDelay)) * 1000;

test('every delay is between the exponential and its jittered ceiling, and under the cap', () => {
  fc.assert(
    fc.property(policy, fc.nat({ max: 2000 }), share, (options, retry, random) => {
      const delayMs = backoffDelayMs(options, retry, random);
      const capMs = capOf(options);
      const baseMs = options.retryDelay * 2 ** Math.min(retry, 1023) * 1000;
      expect(delayMs).toBeGreaterThanOrEqual(Math.min(capMs, baseMs) * (1 - 1e-12));
      expect(delayMs).toBeLessThanOrEqual(Math.min(capMs, baseMs * (1 + options.jitterFactor)) * (1 + 1e-12));
    }),
  );
});

test('delays never shrink from one retry to the next with the same random number', () => {
  fc.assert(
    fc.property(policy, fc.nat({ max: 60 }), share, (options, retry, random) => {
      expect(backoffDelayMs(options, retry + 1, random)).toBeGreaterThanOrEqual(
        backoffDelayMs(options, retry, random),
      );
    }),
  );
});

test('1,000 delays of one seed: in range, the same on repeat, mean in the middle of the jitter', () => {
  const draw = () => {
    const random = seeded(42);
    return Array.from({ length: 1000 }, () =>
      backoffDelayMs({ retryDelay: 0.2, jitterFactor: 1, maxDelay: 30 }, 3, random()),
    );
  };
  const delays = draw();
  expect(delays.every((delay) => delay >= 1600 && delay < 3200)).toBe(true);
  const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
  expect(Math.abs(mean - 2400) / 2400).toBeLessThan(0.05);
  expect(draw()).toEqual(delays);
});

test('C03: 1,000 delays of full jitter: each within its ceiling, the same on repeat, mean at half of it', () => {
  const draw = (retry: number) => {
    const random = seeded(7);
    const options = { retryDelay: 0.2, jitterFactor: 9, jitter: 'full' as const, maxDelay: 30 };
    return Array.from({ length: 1000 }, () => backoffDelayMs(options, retry, random()));
  };
  for (const [retry, ceiling] of [
    [3, 1600],
    [20, 30_000],
  ] as const) {
    const delays = draw(retry);
    expect(delays.every((delay) => delay >= 0 && delay <= ceiling)).toBe(true);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length;
    expect(Math.abs(mean - ceiling / 2) / (ceiling / 2)).toBeLessThan(0.05);
    expect(draw(retry)).toEqual(delays);
  }
});

test('C05: Retry-After raises a delay, up to the cap', () => {
  const options = { retryDelay: 1, jitterFactor: 0, maxDelay: 30 };
  expect(backoffDelayMs(options, 0, 0, 2)).toBe(2000);
  expect(backoffDelayMs(options, 3, 0, 2)).toBe(8000);
  expect(backoffDelayMs(options, 0, 0, 99_999)).toBe(30_000);
});

test('without maxDelay the cap is 30 s, but never below the first delay', () => {
  expect(backoffDelayMs({ retryDelay: 1, jitterFactor: 0 }, 10, 0)).toBe(30_000);
  expect(backoffDelayMs({ retryDelay: 60, jitterFactor: 0 }, 4, 0)).toBe(60_000);
  expect(backoffDelayMs({ retryDelay: 60, jitterFactor: 0, maxDelay: 10 }, 0, 0)).toBe(10_000);
});

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
