import { readProperty } from '../errors/read-property.js';

/** Iterators and what gives them asynchronously, such as streams: what one has read, nobody reads again. */
export function isReadOnce(value: unknown): boolean {
  return isIterator(value) || typeof readProperty(value, Symbol.asyncIterator) === 'function';
}

/** What generators give, and other iterators. Asked of many values while a graph runs. */
export function isIterator(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return typeof (value as { readonly next?: unknown }).next === 'function';
  } catch {
    return false;
  }
}
