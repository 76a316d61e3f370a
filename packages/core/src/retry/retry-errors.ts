/** Errors by which a node itself says whether another attempt makes sense. */

import { isError } from '../errors/is-error.js';
import { readProperty } from '../errors/read-property.js';

/** Recognised by this global symbol, so two copies of the package understand each other. */
const brand: unique symbol = Symbol.for('flowerpower.retry');

/**
 * Thrown by a node that is worth another attempt, whatever `retryExceptions` or `when` says. `maxRetries` still
 * holds.
 *
 * @example
 * ```ts
 * import { RetryableError } from '@flowerpower/core';
 *
 * export async function rates() {
 *   const response = await fetch('https://example.org/rates.json');
 *   if (response.status === 429) {
 *     throw new RetryableError('Too many requests', { retryAfter: Number(response.headers.get('retry-after')) });
 *   }
 *   return response.json();
 * }
 * ```
 */
export class RetryableError extends Error {
  override readonly name: string = 'RetryableError';
  /** Seconds to wait at least, up to the cap of the policy. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: { readonly retryAfter?: number; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfter = options.retryAfter;
    // Not in a static block, which would keep the class in bundles that never use it.
    Object.defineProperty(this, brand, { value: 'always' });
  }
}

/** Thrown by a node when another attempt cannot help, whatever `retryExceptions` or `when` says. */
export class FatalError extends Error {
  override readonly name: string = 'FatalError';

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    Object.defineProperty(this, brand, { value: 'never' });
  }
}

/** What the error itself asks for. */
export function retryDemand(error: unknown): 'always' | 'never' | undefined {
  const demand = isError(error) ? readProperty(error, brand) : undefined;
  return demand === 'always' || demand === 'never' ? demand : undefined;
}
