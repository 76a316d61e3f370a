import { describeError } from '../errors/describe-error.js';

const maxDepth = 8;

/**
 * Turns any value into data that `JSON.stringify` takes and shows: errors are described, dates become ISO texts,
 * sets and maps become arrays, bigints and what has no data form become texts, cycles and depth end in a mark, and so
 * does what throws when it is looked at. Never throws.
 */
export function plainData(value: unknown, ancestors: readonly unknown[] = []): unknown {
  try {
    return convert(value, ancestors);
  } catch {
    return '[cannot be read]';
  }
}

function convert(value: unknown, ancestors: readonly unknown[]): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (value === undefined) return 'undefined';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return `[function ${value.name}]`;
  if (value instanceof Error) return describeError(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${value.byteLength} bytes)`;
  if (ancestors.includes(value)) return '[circular]';
  if (ancestors.length >= maxDepth) return '[too deep]';
  const inside = [...ancestors, value];
  if (Array.isArray(value)) return value.map((item) => plainData(item, inside));
  if (value instanceof Map || value instanceof Set) return [...value].map((item) => plainData(item, inside));
  return Object.fromEntries(Object.keys(value).map((key) => [key, plainMember(value, key, inside)]));
}

/** One getter that throws leaves the other members readable. */
function plainMember(value: object, key: string, inside: readonly unknown[]): unknown {
  try {
    return plainData((value as Record<string, unknown>)[key], inside);
  } catch {
    return '[cannot be read]';
  }
}
