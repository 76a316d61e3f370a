/**
 * Tables of Apache Arrow, recognised by their form: nobody who has none needs the library, and one that another copy of
 * it made is one too.
 */
import { readProperty } from '@flowerpower/core';
import { safely } from '../values/safely.js';

/** What is used of a type of `apache-arrow`. */
export interface ArrowType {
  readonly typeId: number;
  readonly unit?: number;
  readonly scale?: number;
  readonly bitWidth?: number;
  readonly isSigned?: boolean;
  readonly listSize?: number;
  readonly timezone?: string | null;
  toString(): string;
}

/** What is used of a column of one batch. */
export interface ArrowData {
  readonly type: ArrowType;
  readonly length: number;
  readonly nullCount: number;
  readonly values: ArrayLike<number> | ArrayLike<bigint>;
  readonly valueOffsets: ArrayLike<number> | ArrayLike<bigint>;
  readonly stride: number;
  readonly children: readonly ArrowData[];
  readonly dictionary?: ArrowVector | undefined;
  getValid(index: number): boolean;
}

export interface ArrowField {
  readonly name: string;
  readonly type: ArrowType;
  readonly nullable: boolean;
}

export interface ArrowVector {
  readonly data: readonly ArrowData[];
  get(index: number): unknown;
  getChildAt(index: number): ArrowVector | null;
}

export interface ArrowBatch {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly ArrowField[] };
  /** An {@link ArrowVector}, whose type the library does not tell in these terms. */
  getChildAt(index: number): unknown;
}

/** A `Table` of `apache-arrow`. */
export interface ArrowTable {
  readonly numRows: number;
  readonly schema: { readonly fields: readonly ArrowField[] };
  readonly batches: readonly ArrowBatch[];
}

export function isArrowTable(value: unknown): value is ArrowTable {
  const schema = readProperty(value, 'schema');
  return (
    typeof readProperty(value, 'numRows') === 'number' &&
    safely(() => Array.isArray(readProperty(value, 'batches')), false) &&
    safely(() => Array.isArray(readProperty(schema, 'fields')), false)
  );
}

/** The ids of types, as the format has them. */
export const arrowTypes = {
  nothing: 1,
  int: 2,
  float: 3,
  binary: 4,
  text: 5,
  bool: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  list: 12,
  struct: 13,
  fixedSizeBinary: 15,
  fixedSizeList: 16,
  map: 17,
  duration: 18,
  largeBinary: 19,
  largeText: 20,
  largeList: 21,
  binaryView: 23,
  textView: 24,
  dictionary: -1,
} as const;
