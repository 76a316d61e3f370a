import { readProperty } from '../errors/read-property.js';
import { isObject } from './is-object.js';

/** Iterators and what gives them asynchronously, such as streams: what one has read, nobody reads again. */
export function isReadOnce(value: unknown): boolean {
  return isIterator(value) || has(value, Symbol.asyncIterator);
}

/**
 * What is surely empty for a second reader: iterators, and streams of Node and of the web. Other objects that give
 * their items asynchronously may begin anew for each reader. Asked of many values while a graph runs.
 */
export function isOneShot(value: unknown): boolean {
  if (!isObject(value)) return false;
  return (
    isIterator(value) ||
    (has(value, Symbol.asyncIterator) && ['pipe', 'getReader', 'close'].some((method) => has(value, method)))
  );
}

/**
 * True for what the first run would read to its end. A stream that can be written, too, is a connection that lives on; an
 * object that has a method `next` and is not an iterator may do anything.
 */
export function isSpentByRun(value: unknown): boolean {
  return (
    isOneShot(value) &&
    !has(value, 'write') &&
    (has(value, Symbol.iterator) || has(value, Symbol.asyncIterator))
  );
}

/** What generators give, and other iterators. */
function isIterator(value: unknown): boolean {
  return typeof value === 'object' && has(value, 'next');
}

function has(value: unknown, method: PropertyKey): boolean {
  return typeof readProperty(value, method) === 'function';
}
