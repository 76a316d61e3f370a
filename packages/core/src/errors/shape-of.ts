import { classNameOf } from './class-name-of.js';

/**
 * The shape of a value in a few words, such as `Array(6)`, never its content: messages end up in logs, and texts may
 * be secret. Never throws, whatever the value is.
 */
export function shapeOf(value: unknown): string {
  try {
    return describe(value);
  } catch {
    return `${typeof value} that cannot be read`;
  }
}

function describe(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return `string(${value.length})`;
  if (typeof value !== 'object') return typeof value;
  if (Array.isArray(value)) return `Array(${value.length})`;
  const name = classNameOf(value);
  if (name) return name;
  const keys = Object.keys(value);
  return `{ ${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ', …' : ''} }`;
}
