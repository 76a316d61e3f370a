/** What the columns of rows may hold in Arrow, and how types are found for values. */
import { types } from 'node:util';
import type { DataType } from 'apache-arrow';
import type { Arrow } from '../ipc/library.js';

/** What a column may be declared to hold. */
export const columnTypes = [
  'string',
  'number',
  'integer',
  'bigint',
  'boolean',
  'timestamp',
  'date',
  'bytes',
] as const;

export type ArrowColumnType = (typeof columnTypes)[number];

/** A type, or what is in the way of one. Undefined: every value is null. */
export type Inferred =
  | { readonly is: ArrowColumnType }
  | { readonly is: 'list'; readonly item: Inferred | undefined }
  | { readonly is: 'struct'; readonly fields: ReadonlyMap<string, Inferred | undefined> };

const maxDepth = 100;

/** What a value asks for. Throws, in words, for one that no column holds. */
export function inferValue(value: unknown, depth = 0): Inferred | undefined {
  if (value === null || value === undefined) return undefined;
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return { is: typeof value as 'string' };
    case 'number':
      return { is: Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number' };
    case 'object':
      break;
    default:
      throw new Error(`a ${typeof value}`);
  }
  if (types.isDate(value)) return { is: 'timestamp' };
  if (types.isUint8Array(value)) return { is: 'bytes' };
  if (ArrayBuffer.isView(value)) throw new Error('a typed array');
  if (depth > maxDepth) throw new Error(`a value that is nested more than ${maxDepth} levels deep`);
  if (Array.isArray(value)) {
    let item: Inferred | undefined;
    for (const one of value) item = merged(item, inferValue(one, depth + 1));
    return { is: 'list', item };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
    throw new Error('an instance of a class');
  const fields = Object.entries(value).map(([name, one]) => [name, inferValue(one, depth + 1)] as const);
  return { is: 'struct', fields: new Map(fields) };
}

/** The type that holds values of both. Throws, in words, where none does. */
export function merged(a: Inferred | undefined, b: Inferred | undefined): Inferred | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.is === 'list' && b.is === 'list') return { is: 'list', item: merged(a.item, b.item) };
  if (a.is === 'struct' && b.is === 'struct') {
    const fields = new Map(a.fields);
    for (const [name, type] of b.fields) fields.set(name, merged(fields.get(name), type));
    return { is: 'struct', fields };
  }
  if (a.is === b.is) return a;
  const both = new Set([a.is, b.is]);
  if (both.has('integer') && both.has('number')) return { is: 'number' };
  if (both.has('integer') && both.has('bigint')) return { is: 'bigint' };
  throw new Error(`a value for ${b.is}, where others are for ${a.is}`);
}

/** In the library's terms. Where every value is null, texts. */
export function arrowType(inferred: Inferred | undefined, arrow: Arrow): DataType {
  switch (inferred?.is) {
    case 'number':
      return new arrow.Float64();
    case 'integer':
    case 'bigint':
      return new arrow.Int64();
    case 'boolean':
      return new arrow.Bool();
    case 'timestamp':
      return new arrow.Timestamp(arrow.TimeUnit.MILLISECOND, 'UTC');
    case 'date':
      return new arrow.DateDay();
    case 'bytes':
      return new arrow.Binary();
    case 'list':
      return new arrow.List(new arrow.Field('item', arrowType(inferred.item, arrow), true));
    case 'struct':
      return new arrow.Struct(
        [...inferred.fields].map(([name, type]) => new arrow.Field(name, arrowType(type, arrow), true)),
      );
    default:
      return new arrow.Utf8();
  }
}

/** A value as the library's builders take it. Throws, in words, for one that does not fit. */
export function storedValue(value: unknown, type: Inferred | undefined): unknown {
  if (value === null || value === undefined) return null;
  switch (type?.is) {
    case undefined:
      throw new Error('the first value of a column that was null until now');
    case 'string':
      if (typeof value === 'string' && !/\p{Surrogate}/u.test(value)) return value;
      break;
    case 'number':
      if (typeof value === 'number') return value;
      break;
    case 'integer':
    case 'bigint':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value);
      if (type.is === 'bigint' && typeof value === 'bigint' && BigInt.asIntN(64, value) === value)
        return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'timestamp':
    case 'date': {
      const ms = types.isDate(value) ? Date.prototype.getTime.call(value) : Number.NaN;
      if (type.is === 'timestamp' ? !Number.isNaN(ms) : Number.isInteger(ms / 86_400_000)) return ms;
      break;
    }
    case 'bytes':
      if (types.isUint8Array(value)) return value;
      break;
    case 'list':
      if (Array.isArray(value)) return value.map((item) => storedValue(item, type.item));
      break;
    case 'struct': {
      if (typeof value !== 'object' || Array.isArray(value)) break;
      const row = value as Record<string, unknown>;
      const other = Object.keys(row).find((name) => !type.fields.has(name));
      if (other !== undefined) throw new Error(`the key '${other}', which the objects before did not have`);
      return Object.fromEntries(
        [...type.fields].map(([name, field]) => [
          name,
          storedValue(Object.hasOwn(row, name) ? row[name] : null, field),
        ]),
      );
    }
  }
  throw new Error(`${shownValue(value)}, where the column holds ${type.is}`);
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'number' || typeof value === 'bigint')
    return `the ${typeof value} ${String(value).slice(0, 40)}`;
  return Array.isArray(value) ? 'a list' : `a value of the type ${typeof value}`;
}
