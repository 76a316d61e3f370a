import { expect, test } from 'vitest';
import { FatalError, RetryableError } from './retry-errors.js';
import { createRetryPolicy } from './retry-policy.js';

const options = { maxRetries: 3, retryDelay: 1, jitterFactor: 0.5, retryExceptions: [] };

test('retries up to maxRetries, with growing delays from the given source of chance', () => {
  const manager = createRetryPolicy(options, () => 0.5);
  const error = new Error('x');
  expect([1, 2, 3, 4].map((attempt) => manager.decide([error], attempt))).toEqual([
    { retry: true, delayMs: 1250 },
    { retry: true, delayMs: 2500 },
    { retry: true, delayMs: 5000 },
    { retry: false },
  ]);
});

test('one error that is not worth a retry rules it out', () => {
  const manager = createRetryPolicy(options, () => 0);
  expect(manager.decide([new Error('x'), new FatalError('y')], 1)).toEqual({ retry: false });
});

test('the longest retryAfter of all errors counts', () => {
  const manager = createRetryPolicy(options, () => 0);
  const errors = [2, 7].map((retryAfter) => new RetryableError('x', { retryAfter }));
  expect(manager.decide(errors, 1)).toEqual({ retry: true, delayMs: 7000 });
});
