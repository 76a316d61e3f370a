/** Values as JSON data, for `--json`. */
import { FlowerPowerError } from '@flowerpower/core';
import type { CliErrorCode } from '../errors/catalogue.js';
import { messageOf, readError } from './read-error.js';

/** A hundred levels more than people nest, and far below what overflows the stack of JSON.stringify. */
const maxDepth = 500;

/** Beyond this the text would not fit into memory: twenty values that hold each other twice are a million. */
const maxValues = 10_000_000;

/**
 * Any value as JSON data. Whatever a value does when it is looked at, the rest is reported.
 *
 * Dates become ISO texts, bigints decimal texts, maps objects (or lists of pairs), sets and typed arrays lists;
 * `NaN` and infinities become the texts `"NaN"`, `"Infinity"`, `"-Infinity"`; `undefined` becomes `null`, and `-0`
 * becomes `0`. Functions, symbols, streams, circular parts, what is nested deeper than 500 levels, getters that
 * throw and revoked proxies become a text in angle brackets that says what was there.
 *
 * @throws FlowerPowerError `FP_CLI_OUTPUT` for more than 10 million values.
 */
export function toJsonValue(value: unknown): unknown {
  return convert(value, { parents: new Set(), budget: { left: maxValues } });
}

/**
 * The text of a document that {@link toJsonValue} made.
 *
 * @throws FlowerPowerError `FP_CLI_OUTPUT` for a text that is longer than a string can be.
 */
export function jsonText(document: unknown): string {
  try {
    return JSON.stringify(document, undefined, 2);
  } catch (cause) {
    throw tooBig(cause);
  }
}

interface Place {
  /** What is being converted; each object only while it is. */
  readonly parents: Set<object>;
  readonly budget: { left: number };
}

function convert(value: unknown, place: Place): unknown {
  if (place.budget.left-- <= 0) throw tooBig();
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return value.toString();
    case 'function':
      return attempt(() => `<function ${value.name || 'anonymous'}>`);
    case 'symbol':
      return `<${value.toString()}>`;
    default:
      return value === null || value === undefined ? null : attempt(() => convertObject(value, place));
  }
}

function convertObject(value: object, place: Place): unknown {
  const { parents } = place;
  if (parents.has(value)) return '<circular>';
  if (parents.size >= maxDepth) return `<nested deeper than ${maxDepth} levels>`;
  parents.add(value);
  try {
    return convertContent(value, place);
  } finally {
    parents.delete(value);
  }
}

function convertContent(value: object, inside: Place): unknown {
  const each = (items: Iterable<unknown>) => Array.from(items, (item) => convert(item, inside));
  if (Array.isArray(value)) return convertArray(value, inside);
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? 'Invalid Date' : value.toISOString();
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (value instanceof Set) return each(value);
  if (value instanceof Map) return convertMap(value, inside);
  if (ArrayBuffer.isView(value) && Symbol.iterator in value)
    return each(value as unknown as Iterable<unknown>);
  if (Symbol.asyncIterator in value) return '<async iterable>';
  // One that is still to be read. Whoever holds it for another purpose must find it unread.
  if (Symbol.iterator in value && 'next' in value && typeof value.next === 'function') return '<iterable>';
  const toJson = (value as { toJSON?: unknown }).toJSON;
  if (typeof toJson === 'function') return convert(toJson.call(value), inside);
  const found: [string, unknown][] = [];
  for (const key of Object.keys(value)) {
    found.push([key, attempt(() => convert((value as Record<string, unknown>)[key], inside))]);
  }
  return Object.fromEntries(found);
}

/** Item by item, because one of them may be a getter that throws. */
function convertArray(value: readonly unknown[], inside: Place): unknown[] {
  return Array.from({ length: value.length }, (_, at) => attempt(() => convert(value[at], inside)));
}

function convertMap(map: ReadonlyMap<unknown, unknown>, inside: Place): unknown {
  const pairs = [...map].map(([key, item]) => [convert(key, inside), convert(item, inside)] as const);
  return [...map.keys()].every((key) => typeof key === 'string')
    ? Object.fromEntries(pairs as readonly (readonly [string, unknown])[])
    : pairs;
}

/** What reading gives, or what kept it from being read. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (isTooBig(error)) throw error;
    return `<cannot be read: ${messageOf(error)}>`;
  }
}

const tooBigCode: CliErrorCode = 'FP_CLI_OUTPUT';

function isTooBig(error: unknown): boolean {
  return readError(error)?.known?.code === tooBigCode;
}

function tooBig(cause?: unknown): FlowerPowerError {
  return new FlowerPowerError({
    code: tooBigCode,
    message: 'The outputs are too big for one JSON document.',
    hint: 'Save them with io.save, or ask for fewer with --outputs.',
    cause,
  });
}
