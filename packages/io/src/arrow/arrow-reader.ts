/** Batches of Arrow as rows. No digit is lost in silence. */
import { FlowerPowerError, shorten } from '@flowerpower/core';
import type { IoColumn, Row } from '../contract/io.js';
import { decimalText } from '../numbers/decimal-text.js';
import { setOwn } from '../values/set-own.js';
import { dateOf, dayText, type SecondDigits, timestampText, timeText } from '../values/time-text.js';
import {
  type ArrowBatch,
  type ArrowData,
  type ArrowField,
  type ArrowType,
  arrowTypes as types,
  type ArrowVector,
} from './arrow-table.js';

/** What becomes of numbers and times that JavaScript's own types do not hold exactly. */
export interface ArrowPolicy {
  /** Integers of 64 bits. `auto`: numbers in a column that holds none that would be rounded, else `bigint`. */
  readonly int64: 'auto' | 'bigint' | 'number' | 'string';
  readonly decimals: 'string' | 'number';
  /** `date`: an error below the millisecond. `milliseconds`: cut there. `string`: ISO 8601 with every digit. */
  readonly timestamps: 'date' | 'milliseconds' | 'string';
}

export const defaultArrowPolicy: ArrowPolicy = { int64: 'auto', decimals: 'string', timestamps: 'date' };

/** The value at an index of a chunk, which is not null. */
type Read = (data: ArrowData, index: number) => unknown;

interface Place {
  readonly file: string;
  readonly column: string;
}

interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** Reads batches of one schema. What `auto` decides by the batches it is shown first holds for all that follow. */
export interface ArrowReader {
  readonly columns: readonly IoColumn[];
  /** Looks at all values of 64 bits. */
  decide(batches: readonly ArrowBatch[]): void;
  /**
   * The rows from `start` up to but without `end` of a batch.
   *
   * @param rowsBefore - rows before the batch, for errors.
   */
  rows(batch: ArrowBatch, rowsBefore: number, range: RowRange): Row[];
}

/** The columns of a table as it is, of whatever type. */
export function arrowColumns(fields: readonly ArrowField[]): IoColumn[] {
  return fields.map(({ name, type }) => ({ name, type: typeName(type, 'bigint') }));
}

/** FP_IO_PARSE for a column of a type that is not read. */
export function createArrowReader(
  fields: readonly ArrowField[],
  policy: ArrowPolicy,
  file: string,
): ArrowReader {
  const places = fields.map(({ name }): Place => ({ file, column: name }));
  for (const [index, { type }] of fields.entries()) requireReadable(type, places[index]!);
  let wide = fields.map(() => policy.int64 === 'bigint');
  const int64Of = (index: number) =>
    policy.int64 === 'auto' ? (wide[index] ? 'bigint' : 'number') : policy.int64;
  return {
    get columns() {
      return fields.map(({ name, type }, index) => ({ name, type: typeName(type, int64Of(index)) }));
    },
    decide(batches) {
      wide = fields.map((_, index) =>
        batches.some((batch) => batch.numRows > 0 && columnOf(batch, index).data.some(holdsWide)),
      );
    },
    rows(batch, rowsBefore, range) {
      const rows = Array.from({ length: range.end - range.start }, (): Row => ({}));
      for (const [index, { name }] of fields.entries()) {
        const exact = { ...policy, int64: int64Of(index) };
        const reading = { policy: exact, place: places[index]!, rowsBefore };
        const values = rangeOf(columnOf(batch, index), reading, range);
        for (let row = 0; row < rows.length; row++) setOwn(rows[row]!, name, values[row]);
      }
      return rows;
    },
  };
}

function columnOf(batch: ArrowBatch, index: number): ArrowVector {
  return batch.getChildAt(index) as ArrowVector;
}

/** Whether an integer of 64 bits would be rounded as a number. */
function holdsWide(data: ArrowData): boolean {
  const { type, values, length, children, dictionary } = data;
  if (dictionary !== undefined) return dictionary.data.some(holdsWide);
  if (children.some(holdsWide)) return true;
  if (type.typeId !== types.int || type.bitWidth !== 64) return false;
  for (let index = 0; index < length; index++)
    if (!Number.isSafeInteger(Number(values[index])) && data.getValid(index)) return true;
  return false;
}

type ExactPolicy = Omit<ArrowPolicy, 'int64'> & { readonly int64: 'bigint' | 'number' | 'string' };

interface Reading {
  readonly policy: ExactPolicy;
  readonly place: Place;
  readonly rowsBefore: number;
}

/** Values of a column of one batch, which is one chunk. */
function rangeOf(vector: ArrowVector, reading: Reading, { start, end }: RowRange): unknown[] {
  const [data] = vector.data;
  const values: unknown[] = [];
  if (data === undefined) return values;
  const read = readerOf(vector, data, reading, { start, end });
  for (let index = start; index < end; index++)
    values.push(data.nullCount === 0 || data.getValid(index) ? (read(data, index) ?? null) : null);
  return values;
}

/** Of a dictionary, which may have grown by chunks. */
function valuesOf(vector: ArrowVector, reading: Reading): unknown[] {
  if (vector.data.length > 1 && vector.data[0]!.children.length > 0)
    throw unreadable(reading.place, 'a dictionary of lists that grows');
  return vector.data.flatMap((data, chunk) => {
    const base = vector.data.slice(0, chunk).reduce((sum, { length }) => sum + length, 0);
    const get = (index: number) => vector.get(base + index);
    const alone = { data: [data], get, getChildAt: (index: number) => vector.getChildAt(index) };
    return rangeOf(alone, reading, { start: 0, end: data.length });
  });
}

function readerOf(vector: ArrowVector, data: ArrowData, reading: Reading, range: RowRange): Read {
  const { type } = data;
  const { policy, place, rowsBefore } = reading;
  const row = (index: number) => rowsBefore + index + 1;
  switch (type.typeId) {
    case types.nothing:
      return () => null;
    case types.int:
      return type.bitWidth === 64 ? int64Reader(policy, place, row) : ({ values }, index) => values[index];
    case types.decimal:
      return ({ values, stride }, index) => {
        const text = decimalText(
          signed(values as ArrayLike<number>, index * stride, stride),
          type.scale ?? 0,
        );
        return policy.decimals === 'number' ? Number(text) : text;
      };
    case types.date:
      return ({ values }, index) => {
        const days = type.unit === 0 ? Number(values[index]) : Number(values[index]) / 86_400_000;
        return policy.timestamps === 'string' ? dayText(Math.floor(days)) : new Date(days * 86_400_000);
      };
    case types.time:
      return ({ values }, index) => timeText(BigInt(values[index]!), digitsOf(type));
    case types.timestamp:
      return timestampReader(type, policy, place, row);
    case types.duration:
      return ({ values }, index) => BigInt(values[index]!);
    case types.binary:
    case types.largeBinary:
    case types.binaryView:
    case types.fixedSizeBinary:
      // A view would keep the whole column in memory.
      return (_, index) => (vector.get(index) as Uint8Array).slice();
    case types.list:
    case types.largeList:
    case types.fixedSizeList:
    case types.map:
      return listReader(vector, data, reading, range);
    case types.struct:
      return structReader(vector, reading, range);
    case types.dictionary: {
      const known = valuesOf(data.dictionary!, reading);
      return ({ values }, index) => known[Number(values[index])];
    }
    default:
      return (_, index) => vector.get(index);
  }
}

function int64Reader({ int64 }: ExactPolicy, place: Place, row: (index: number) => number): Read {
  if (int64 === 'string') return ({ values }, index) => String(values[index]);
  if (int64 === 'bigint') return ({ values }, index) => values[index];
  return ({ values }, index) => {
    const number = Number(values[index]);
    if (Number.isSafeInteger(number)) return number;
    const hint = "Set int64: 'bigint' or 'string' to keep every digit.";
    throw lost(place, row(index), `${values[index]} would lose digits as a number`, hint);
  };
}

function timestampReader(
  type: ArrowType,
  { timestamps }: ExactPolicy,
  place: Place,
  row: (index: number) => number,
): Read {
  const digits = digitsOf(type);
  const isUtc = typeof type.timezone === 'string';
  return ({ values }, index) => {
    const units = BigInt(values[index]!);
    const { date, isExact } = timestamps === 'string' ? {} : (dateOf(units, digits) ?? {});
    if (date !== undefined && (isExact || timestamps === 'milliseconds')) return date;
    const text = timestampText(units, digits, isUtc);
    if (timestamps === 'string') return text;
    const what =
      date === undefined ? 'is out of range for a Date' : 'is finer than a Date, which holds milliseconds';
    const hint = "Set timestamps: 'string' to keep every digit, or 'milliseconds' to cut there.";
    throw lost(place, row(index), `${text} ${what}`, hint);
  };
}

/** Only the items of the range are converted. */
function listReader(vector: ArrowVector, data: ArrowData, reading: Reading, { start, end }: RowRange): Read {
  const { type, valueOffsets } = data;
  const fixed = type.typeId === types.fixedSizeList ? type.listSize! : undefined;
  const offset = (index: number) => (fixed === undefined ? Number(valueOffsets[index]) : index * fixed);
  const first = offset(start);
  const items = rangeOf(vector.getChildAt(0)!, reading, { start: first, end: offset(end) });
  return (_, index) => {
    const list = items.slice(offset(index) - first, offset(index + 1) - first);
    return type.typeId === types.map ? mapOf(list as Row[]) : list;
  };
}

function mapOf(entries: readonly Row[]): Row {
  const map: Row = {};
  for (const entry of entries) {
    const [key, value] = Object.values(entry);
    setOwn(map, String(key), value);
  }
  return map;
}

function structReader(vector: ArrowVector, reading: Reading, range: RowRange): Read {
  const { children } = vector.data[0]!.type as ArrowType & { readonly children: readonly ArrowField[] };
  const fields = children.map(
    ({ name }, index) => [name, rangeOf(vector.getChildAt(index)!, reading, range)] as const,
  );
  return (_, index) => {
    const struct: Row = {};
    for (const [name, values] of fields) setOwn(struct, name, values[index - range.start]);
    return struct;
  };
}

/** Little-endian words in two's complement. */
function signed(words: ArrayLike<number>, start: number, length: number): bigint {
  let value = 0n;
  for (let word = length - 1; word >= 0; word--) value = (value << 32n) | BigInt(words[start + word]! >>> 0);
  return BigInt.asIntN(length * 32, value);
}

function digitsOf({ unit = 0 }: ArrowType): SecondDigits {
  return (unit * 3) as SecondDigits;
}

const readable: ReadonlySet<number> = new Set(Object.values(types));

function requireReadable(type: ArrowType, place: Place): void {
  if (!readable.has(type.typeId)) throw unreadable(place, String(type));
  const { children, dictionary } = type as ArrowType & {
    readonly children?: readonly ArrowField[] | null;
    readonly dictionary?: ArrowType;
  };
  for (const child of children ?? []) requireReadable(child.type, place);
  if (dictionary !== undefined) requireReadable(dictionary, place);
}

function unreadable({ file, column }: Place, what: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `The column '${shorten(column, 60)}' of '${file}' cannot be read as rows: it holds ${shorten(what, 100)}.`,
    hint: "Load the table as: 'arrow', or leave the column out.",
    places: [{ file }],
  });
}

function lost({ file, column }: Place, row: number, what: string, hint: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_PARSE',
    message: `'${file}' row ${row}: ${what}, in the column '${shorten(column, 60)}'.`,
    hint,
    places: [{ file }],
  });
}

function typeName(type: ArrowType, int64: ExactPolicy['int64']): string {
  switch (type.typeId) {
    case types.nothing:
      return 'null';
    case types.int:
      return type.bitWidth === 64 && int64 !== 'number' ? int64 : 'integer';
    case types.float:
      return 'number';
    case types.bool:
      return 'boolean';
    case types.decimal:
      return 'decimal';
    case types.date:
      return 'date';
    case types.time:
      return 'time';
    case types.timestamp:
      return 'timestamp';
    case types.duration:
      return 'bigint';
    case types.text:
    case types.largeText:
    case types.textView:
      return 'string';
    case types.list:
    case types.largeList:
    case types.fixedSizeList:
      return 'list';
    case types.struct:
    case types.map:
      return 'object';
    case types.dictionary:
      return typeName((type as ArrowType & { readonly dictionary: ArrowType }).dictionary, int64);
    case types.binary:
    case types.largeBinary:
    case types.binaryView:
    case types.fixedSizeBinary:
      return 'bytes';
    default:
      return String(type);
  }
}
