import { readProperty } from '../errors/read-property.js';

/** Iterators and what gives them asynchronously, such as streams: what one has read, nobody reads again. */
export function isReadOnce(value: unknown): boolean {
  return isIterator(value) || typeof readProperty(value, Symbol.asyncIterator) === 'function';
}

/** What generators give, and other iterators. */
function isIterator(value: unknown): boolean {
  return typeof value === 'object' && typeof readProperty(value, 'next') === 'function';
}
