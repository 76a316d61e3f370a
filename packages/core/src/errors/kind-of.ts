import { readProperty } from './read-property.js';
import { shorten } from './shorten.js';

const maxNameLength = 60;

/**
 * What a value is, for messages: `null`, `a string`, `an array`, `a Map`; never its content, which may be secret. Never
 * throws.
 */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  try {
    if (Array.isArray(value)) return 'an array';
    const name = readProperty(value.constructor, 'name');
    if (typeof name !== 'string' || name === '' || name === 'Object') return 'an object';
    return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${shorten(name, maxNameLength)}`;
  } catch {
    return 'an object that cannot be read';
  }
}
