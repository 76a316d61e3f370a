import { backoffDelayMs, type RetryOptions, type RetryPredicate } from './backoff.js';
import { requireOptions } from '../errors/option-problems.js';
import { required } from '../errors/option-rules.js';
import { retryRules } from './retry-rules.js';
import { isRetryable, retryAfterOf } from './classify-error.js';

export type RetryDecision = { readonly retry: true; readonly delayMs: number } | { readonly retry: false };

/** The retry policy of a run or a node. Decides and computes; waits for nothing. */
export interface RetryPolicy {
  /** Whether one error is worth another attempt. */
  shouldRetry(error: unknown): boolean;
  /**
   * What to do after an attempt failed.
   *
   * @param errors - what the failed nodes threw. One error that is not worth a retry rules the retry out.
   * @param attempt - the attempt that failed, counted from 1.
   */
  decide(errors: readonly unknown[], attempt: number): RetryDecision;
}

/**
 * Delays follow `retryDelay · 2^k · (1 + jitterFactor · U[0, 1))` seconds, at least what `retryAfter` on the
 * error asks for, at most `maxDelay`.
 *
 * @param options - `when` stands in for `retryExceptions` where only code can tell the errors apart.
 * @param random - gives numbers from [0, 1). Default `Math.random`.
 * @param of - whose options they are, in errors.
 *
 * @example
 * ```ts
 * import { createRetryPolicy } from '@flowerpower/core';
 *
 * const options = { maxRetries: 2, retryDelay: 1, jitterFactor: 0, retryExceptions: ['ECONNRESET'] };
 * const policy = createRetryPolicy(options);
 * policy.decide([Object.assign(new Error('reset'), { code: 'ECONNRESET' })], 2); // { retry: true, delayMs: 2000 }
 * ```
 */
export function createRetryPolicy(
  options: RetryOptions & { readonly when?: RetryPredicate | undefined },
  random: () => number = Math.random,
  of = 'createRetryPolicy',
): RetryPolicy {
  const { retryDelay, jitterFactor, retryExceptions, ...others } = retryRules();
  requireOptions(
    options,
    {
      ...others,
      retryDelay: required(retryDelay!),
      jitterFactor: required(jitterFactor!),
      retryExceptions: required(retryExceptions!),
    },
    of,
  );
  const shouldRetry = (error: unknown) => isRetryable(error, options.when ?? options.retryExceptions);
  return {
    shouldRetry,
    decide(errors, attempt) {
      if (attempt > options.maxRetries || !errors.every(shouldRetry)) return { retry: false };
      const retryAfter = Math.max(0, ...errors.map((error) => retryAfterOf(error) ?? 0));
      return { retry: true, delayMs: backoffDelayMs(options, attempt - 1, random(), retryAfter) };
    },
  };
}
