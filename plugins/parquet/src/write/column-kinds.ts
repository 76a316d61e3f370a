/** The types of columns that are written: how they are stored, and what fits them. */
import { types } from 'node:util';
import { kindOf } from '@flowerpower/core';
import type { SchemaElement } from 'hyparquet';
import type { ParquetColumnType } from '../options/save-options.js';
import { isWellFormed } from '../values/is-well-formed.js';

export interface CellFault {
  /** Completes "has …". */
  readonly what: string;
  /** Stands behind the name of the column. */
  readonly rest?: string;
  readonly hint: string;
}

export interface ColumnKind {
  /** Without a name. Every column may hold nulls. */
  readonly element: Omit<SchemaElement, 'name'>;
  /** A value that is not null, as the library takes it; undefined for one that does not fit. */
  readonly store: (value: unknown) => unknown;
}

const utf8 = new TextEncoder();
const minInt64 = -(2n ** 63n);
const maxInt64 = 2n ** 63n - 1n;

export const columnKinds: Readonly<Record<ParquetColumnType, ColumnKind>> = {
  string: {
    element: { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    // Half of a surrogate pair would be replaced without a word.
    store: (value) => (typeof value === 'string' && isWellFormed(value) ? value : undefined),
  },
  number: {
    element: { type: 'DOUBLE' },
    store: (value) => (typeof value === 'number' ? value : undefined),
  },
  integer: {
    element: { type: 'INT64' },
    store: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined),
  },
  bigint: {
    element: { type: 'INT64' },
    store: (value) => {
      if (typeof value === 'bigint') return value >= minInt64 && value <= maxInt64 ? value : undefined;
      return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
    },
  },
  boolean: {
    element: { type: 'BOOLEAN' },
    store: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  timestamp: {
    element: {
      type: 'INT64',
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    },
    store: (value) => {
      const ms = timeOf(value);
      return ms === undefined ? undefined : BigInt(ms);
    },
  },
  date: {
    element: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } },
    store: (value) => {
      const days = (timeOf(value) ?? Number.NaN) / 86_400_000;
      return Number.isInteger(days) ? days : undefined;
    },
  },
  bytes: {
    element: { type: 'BYTE_ARRAY' },
    store: (value) => (types.isUint8Array(value) ? value : undefined),
  },
  json: {
    element: { type: 'BYTE_ARRAY', converted_type: 'JSON', logical_type: { type: 'JSON' } },
    // Whether JSON can say it is asked before. The library's own way to JSON loses keys and knows no toJSON.
    store: (value) => utf8.encode(JSON.stringify(value)),
  },
};

/** Milliseconds since 1970. */
function timeOf(value: unknown): number | undefined {
  if (!types.isDate(value)) return undefined;
  const ms = Date.prototype.getTime.call(value);
  return Number.isNaN(ms) ? undefined : ms;
}

/**
 * The type that a value asks for; undefined where it can be written in no way. Whole numbers that are no exact integers,
 * and minus zero, are numbers.
 */
export function typeOfValue(value: unknown): ParquetColumnType | undefined {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'number':
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? 'integer' : 'number';
    case 'bigint':
      return 'bigint';
    case 'object':
      if (types.isDate(value)) return 'timestamp';
      if (types.isUint8Array(value)) return 'bytes';
      return ArrayBuffer.isView(value) ? undefined : 'json';
    default:
      return undefined;
  }
}

/** The type of a column that holds values of both types; undefined where none holds them as they are. */
export function commonType(a: ParquetColumnType, b: ParquetColumnType): ParquetColumnType | undefined {
  if (a === b) return a;
  const both = new Set([a, b]);
  if (!both.has('integer')) return undefined;
  if (both.has('number')) return 'number';
  return both.has('bigint') ? 'bigint' : undefined;
}

/** Why a value does not fit a column of a type. */
export function cellFault(value: unknown, type: ParquetColumnType, isDeclared: boolean): CellFault {
  const given = faultOfItself(value);
  if (given !== undefined) return given;
  const rest = `, which holds ${wordFor[type]}`;
  const what =
    typeof value === 'number' || typeof value === 'bigint' ? `the ${typeof value} ${value}` : kindOf(value);
  if (type === 'date' && types.isDate(value))
    return { what: 'a Date that is not at midnight UTC', rest, hint: "Declare the column as 'timestamp'." };
  const wider = type === 'integer' && typeof value === 'number' ? 'number' : 'string';
  return {
    what,
    rest,
    hint: isDeclared
      ? "Convert the value, or declare another type in 'columns'."
      : `The first row group decides. Declare it in 'columns', for example as '${wider}', and convert what does not fit.`,
  };
}

const wordFor: Readonly<Record<ParquetColumnType, string>> = {
  string: 'texts',
  number: 'numbers',
  integer: 'whole numbers between -(2^53-1) and 2^53-1',
  bigint: 'whole numbers of 64 bits',
  boolean: 'true and false',
  timestamp: 'Dates',
  date: 'Dates at midnight UTC',
  bytes: 'Uint8Arrays',
  json: 'lists and objects',
};

/** What fits no column. */
export function faultOfItself(value: unknown): CellFault | undefined {
  if (types.isDate(value) && timeOf(value) === undefined)
    return { what: 'an invalid Date', hint: 'Use null for a missing date.' };
  if (typeof value === 'string' && !isWellFormed(value))
    return {
      what: 'a text with half of a surrogate pair',
      hint: 'Such a text was usually cut in the middle of an emoji; cut by code points instead.',
    };
  if (typeof value === 'bigint' && (value < minInt64 || value > maxInt64))
    return {
      what: `the bigint ${String(value).slice(0, 60)}, which 64 bits do not hold`,
      hint: 'Save it as a text.',
    };
  if (typeOfValue(value) === undefined)
    return {
      what: kindOf(value),
      hint: 'Convert it to a text, a number, a Date, a Uint8Array, or plain data.',
    };
  return undefined;
}
