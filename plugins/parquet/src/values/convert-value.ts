/** From what is stored to values of JavaScript. No digit is lost in silence. */
import { FlowerPowerError } from '@flowerpower/core';
import { parseJson } from '@flowerpower/io';
import type { SchemaTree, TimeUnit } from 'hyparquet';
import { damagedFile, unsupportedFile } from '../errors/damaged-file.js';
import { decimalText, signedInteger } from './decimal-text.js';
import { kindOfLeaf, type LeafKind } from './kind-of-leaf.js';
import { dayText, timeText, timestampText } from './time-text.js';

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
      return (value) => timeText(BigInt(value as number | bigint), kind.unit);
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

const unitsPerMs: Readonly<Record<TimeUnit, bigint>> = { MILLIS: 1n, MICROS: 1000n, NANOS: 1_000_000n };
/** What a Date can hold. */
const maxMs = 8_640_000_000_000_000;

function timestampConverter(
  { unit, utc }: Extract<LeafKind, { is: 'timestamp' }>,
  { timestamps }: ValuePolicy,
  column: ConvertedColumn,
): Convert {
  if (timestamps === 'string') return (value) => timestampText(value as bigint, unit, utc);
  const perMs = Number(unitsPerMs[unit]);
  return (value, row) => {
    const units = Number(value);
    // Exact, and faster than with bigint, for the times of some thousand years.
    const isSafe = Number.isSafeInteger(units);
    const ms = isSafe ? Math.floor(units / perMs) : Number(floorDivide(value as bigint, unitsPerMs[unit]));
    const isWhole = isSafe ? units % perMs === 0 : (value as bigint) % unitsPerMs[unit] === 0n;
    if (!isWhole && timestamps === 'date') {
      const text = timestampText(value as bigint, unit, utc);
      throw lost(
        column,
        row,
        `${text} is finer than a Date, which holds milliseconds`,
        "Set timestamps: 'string' to keep every digit, or 'milliseconds' to cut there.",
      );
    }
    if (Math.abs(ms) > maxMs)
      throw lost(column, row, `${value} is out of range for a Date`, "Set timestamps: 'string'.");
    return new Date(ms);
  };
}

function floorDivide(value: bigint, by: bigint): bigint {
  return value / by - (value % by < 0n ? 1n : 0n);
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
