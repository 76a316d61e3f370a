/** From what is stored to values of JavaScript. No digit is lost in silence. */
import { FlowerPowerError } from '@flowerpower/core';
import {
  dateOf,
  dayText,
  decimalText,
  parseJson,
  type SecondDigits,
  timestampText,
  timeText,
} from '@flowerpower/io';
import type { SchemaTree, TimeUnit } from 'hyparquet';
import { damagedFile, unsupportedFile } from '../errors/damaged-file.js';
import { signedInteger } from './decimal-text.js';
import { kindOfLeaf, type LeafKind } from './kind-of-leaf.js';

/** What becomes of numbers and times that JavaScript's own types do not hold exactly. */
export interface ValuePolicy {
  /** Of 64 bits. `number`: an error where it would be rounded. */
  readonly int64: 'bigint' | 'number' | 'string';
  readonly decimals: 'string' | 'number';
  /** `date`: an error below the millisecond. `milliseconds`: cut there. `string`: ISO 8601 with every digit. */
  readonly timestamps: 'date' | 'milliseconds' | 'string';
}

/** @param row - counted from 1, for errors. */
export type Convert = (value: unknown, row: number) => unknown;

export interface ConvertedColumn {
  readonly file: string;
  readonly name: string;
}

/** What makes the values of a column; FP_IO_PARSE for a column of a kind that is not read. */
export function converterOf(tree: SchemaTree, policy: ValuePolicy, column: ConvertedColumn): Convert {
  const { element, children } = tree;
  if (element.logical_type?.type === 'VARIANT') {
    const hint = "Leave it out: name the columns to read in 'columns'.";
    throw unsupportedFile(column.file, `its column '${column.name}' holds variants`, hint);
  }
  if (children.length === 0) return leafConverter(kindOfLeaf(element), policy, column);
  const repeated = children[0]!;
  if (isList(tree)) {
    // A list of groups of one is, by convention, a list of what these hold.
    const item = repeated.children.length === 1 ? repeated.children[0]! : repeated;
    return each(converterOf(withoutRepetition(item), policy, column));
  }
  if (isMap(tree)) {
    const convert = converterOf(repeated.children[1]!, policy, column);
    return (value, row) => mapValues(value, (item) => convert(item, row));
  }
  const fields = new Map(
    children.map((child) => [child.element.name, repeatable(child, converterOf(child, policy, column))]),
  );
  return (value, row) => mapValues(value, (item, name) => (fields.get(name) ?? unknownField)(item, row));
}

const unknownField: Convert = (value) => value;

function isList({ element, children }: SchemaTree): boolean {
  return (
    (element.converted_type === 'LIST' || element.logical_type?.type === 'LIST') && children.length === 1
  );
}

function isMap({ element, children }: SchemaTree): boolean {
  return (
    (element.converted_type === 'MAP' || element.logical_type?.type === 'MAP') &&
    children.length === 1 &&
    children[0]!.children.length === 2
  );
}

function withoutRepetition(tree: SchemaTree): SchemaTree {
  return { ...tree, element: { ...tree.element, repetition_type: 'OPTIONAL' } };
}

/** A field that repeats without being a list in the schema gives lists all the same. */
export function repeatable({ element }: SchemaTree, convert: Convert): Convert {
  return element.repetition_type === 'REPEATED' ? each(convert) : convert;
}

function each(convert: Convert): Convert {
  return (value, row) =>
    Array.isArray(value) ? value.map((item) => (item === undefined ? null : convert(item, row))) : null;
}

function mapValues(value: unknown, convert: (value: unknown, name: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, item === undefined ? null : convert(item, name)]),
  );
}

function leafConverter(kind: LeafKind, policy: ValuePolicy, column: ConvertedColumn): Convert {
  const convert = presentConverter(kind, policy, column);
  return (value, row) => (value === null || value === undefined ? null : convert(value, row));
}

function presentConverter(kind: LeafKind, policy: ValuePolicy, column: ConvertedColumn): Convert {
  switch (kind.is) {
    case 'bigint':
      return integerConverter(policy, column);
    case 'decimal':
      return (value) => {
        const text = decimalText(signedInteger(value as number | bigint | Uint8Array), kind.scale);
        return policy.decimals === 'number' ? Number(text) : text;
      };
    case 'date':
      return (value) =>
        policy.timestamps === 'string' ? dayText(value as number) : new Date((value as number) * 86_400_000);
    case 'timestamp':
      return timestampConverter(kind, policy, column);
    case 'time':
      return (value) => timeText(BigInt(value as number | bigint), secondDigits[kind.unit]);
    case 'json':
      return (value, row) =>
        parseJson(new TextDecoder('utf-8', { fatal: true }).decode(value as Uint8Array), {
          file: `${column.file}' row ${row}, column '${column.name}`,
          largeIntegers: policy.int64 === 'string' ? 'string' : 'bigint',
        });
    case 'bytes':
      // A view would keep the whole column in memory.
      return (value) => (value as Uint8Array).slice();
    case 'interval':
      return (value) => {
        const bytes = value as Uint8Array;
        const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        const [months, days, milliseconds] = [0, 4, 8].map((offset) => view.getUint32(offset, true));
        return { months, days, milliseconds };
      };
    default:
      return (value) => value;
  }
}

function integerConverter({ int64 }: ValuePolicy, column: ConvertedColumn): Convert {
  if (int64 === 'bigint') return (value) => value;
  if (int64 === 'string') return (value) => String(value);
  return (value, row) => {
    const number = Number(value);
    if (Number.isSafeInteger(number)) return number;
    throw lost(
      column,
      row,
      `${value} would lose digits as a number`,
      "Set int64: 'bigint' or 'string' to keep every digit.",
    );
  };
}

const secondDigits: Readonly<Record<TimeUnit, SecondDigits>> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

function timestampConverter(
  { unit, utc }: Extract<LeafKind, { is: 'timestamp' }>,
  { timestamps }: ValuePolicy,
  column: ConvertedColumn,
): Convert {
  const digits = secondDigits[unit];
  if (timestamps === 'string') return (value) => timestampText(value as bigint, digits, utc);
  return (value, row) => {
    const { date, isExact } = dateOf(value as bigint, digits) ?? {};
    if (date !== undefined && (isExact || timestamps === 'milliseconds')) return date;
    const text = timestampText(value as bigint, digits, utc);
    if (date === undefined)
      throw lost(column, row, `${text} is out of range for a Date`, "Set timestamps: 'string'.");
    throw lost(
      column,
      row,
      `${text} is finer than a Date, which holds milliseconds`,
      "Set timestamps: 'string' to keep every digit, or 'milliseconds' to cut there.",
    );
  };
}

function lost({ file, name }: ConvertedColumn, row: number, what: string, hint: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `'${file}' row ${row}: ${what}, in the column '${name}'.`,
    hint,
    places: [{ file }],
  });
}

/** A value that is missing where the column says there is one. */
export function missingValue({ file, name }: ConvertedColumn, row: number): FlowerPowerError {
  return damagedFile(file, `row ${row} of its column '${name}' refers to a value that is not there`);
}
