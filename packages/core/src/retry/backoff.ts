/** How long to wait before a retry: the formula of the original FlowerPower or full jitter, with a cap and `Retry-After`. */

/** When to try again, and after which delay: the retry section of a run configuration. */
export interface RetryOptions {
  /** Retries after the first attempt. 0 or more. */
  readonly maxRetries: number;
  /** Seconds before the first retry; each further delay is twice the one before. 0 or more. */
  readonly retryDelay: number;
  /** Lengthens each delay by a random share of itself, up to this factor. 0 or more. */
  readonly jitterFactor: number;
  /**
   * `added`, the default, lengthens delays by `jitterFactor`. `full` draws each anywhere between 0 and what it would be
   * without chance, which spreads many callers of one service best; then `jitterFactor` means nothing.
   */
  readonly jitter?: 'added' | 'full' | undefined;
  /** Seconds; no delay is longer. Default: 30, or `retryDelay` when that is longer. */
  readonly maxDelay?: number | undefined;
  /**
   * The errors worth a retry: names of error classes, `FP_…` codes or system codes such as ECONNRESET, of the error
   * or a cause of it. Empty: all but programming errors and errors that say `retryable: false`.
   */
  readonly retryExceptions: readonly string[];
}

/** Tells whether an error is worth a retry. */
export type RetryPredicate = (error: unknown) => boolean;

/** Seconds. */
const defaultMaxDelay = 30;

/**
 * `min(cap, max(retryDelay · 2^retry · (1 + jitterFactor · random), retryAfter))`, in milliseconds; with full jitter
 * `min(cap, max(random · min(cap, retryDelay · 2^retry), retryAfter))`.
 *
 * @param retry - counted from 0.
 * @param random - from [0, 1).
 * @param retryAfter - seconds that the failing service asked for.
 */
export function backoffDelayMs(
  options: Pick<RetryOptions, 'retryDelay' | 'jitterFactor' | 'jitter' | 'maxDelay'>,
  retry: number,
  random: number,
  retryAfter = 0,
): number {
  const { retryDelay, jitterFactor } = options;
  const cap = options.maxDelay ?? Math.max(defaultMaxDelay, retryDelay);
  // Beyond 2^1023 the power is Infinity, and 0 times Infinity is not a number.
  const base = retryDelay * 2 ** Math.min(retry, 1023);
  const delay = options.jitter === 'full' ? random * Math.min(cap, base) : base * (1 + jitterFactor * random);
  return Math.min(cap, Math.max(delay, retryAfter)) * 1000;
}
