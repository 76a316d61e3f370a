import { safely } from './safely.js';
import { shorten } from './shorten.js';

/** What a value is, for messages: `null`, `a string`, `an array`, `a Map`. Never throws. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  return safely(() => describeObject(value), 'an object that cannot be read');
}

function describeObject(value: object): string {
  if (Array.isArray(value)) return 'an array';
  const name = (value as { constructor?: { name?: unknown } }).constructor?.name;
  if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${shorten(name)}`;
}
