import { isError } from './is-error.js';
import { readProperty } from './read-property.js';
import { shapeOf } from './shape-of.js';

/**
 * What something that was thrown says: the message of an error, or its name where that is empty; a text as it is; the
 * shape of anything else. Never throws, though errors may have getters that do.
 *
 * @example
 * ```ts
 * import { messageOf } from '@flowerpower/core';
 *
 * messageOf(new RangeError('too far')); // 'too far'
 * messageOf(undefined); // 'undefined was thrown'
 * ```
 */
export function messageOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (!isError(thrown)) return `${shapeOf(thrown)} was thrown`;
  for (const key of ['message', 'name']) {
    const text = readProperty(thrown, key);
    if (typeof text === 'string' && text !== '') return text;
  }
  return `an ${shapeOf(thrown)} without a message`;
}
