/** Values in messages: short, on one line, and safe for whatever a node may hold. */
import { shapeOf } from './shape-of.js';
import { shorten } from './shorten.js';

const maxLength = 40;
const maxMembers = 5;

/** The value as it would be written in source, cut at 40 characters. */
export function previewValue(value: unknown): string {
  const text = writeSafely(value).replaceAll(/\s+/g, ' ');
  return shorten(text, maxLength);
}

/** A value may have traps or a `constructor` that throw. */
function writeSafely(value: unknown): string {
  try {
    return write(value, 1);
  } catch {
    return `[${shapeOf(value)}]`;
  }
}

function write(value: unknown, depth: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, maxLength));
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (Array.isArray(value)) {
    if (depth === 0) return `Array(${value.length})`;
    const shown = value.slice(0, maxMembers).map((member) => write(member, depth - 1));
    return `[${[...shown, ...(value.length > maxMembers ? ['…'] : [])].join(', ')}]`;
  }
  const name = nameOfClass(value);
  if (name !== undefined && name !== 'Object') return `[${name}]`;
  if (depth === 0) return '{…}';
  const keys = Object.keys(value);
  if (keys.length === 0) return '{}';
  const shown = keys.slice(0, maxMembers).map((key) => `${key}: ${writeMember(value, key, depth)}`);
  return `{ ${[...shown, ...(keys.length > maxMembers ? ['…'] : [])].join(', ')} }`;
}

function nameOfClass(value: object): string | undefined {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' ? name : undefined;
}

/** A getter is not called: it may be slow, or throw. */
function writeMember(value: object, key: string, depth: number): string {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  return descriptor?.get === undefined ? write(descriptor?.value, depth - 1) : '(getter)';
}
