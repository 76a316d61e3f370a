/** Columns of tables: an array of records, or a record of arrays (or typed arrays) of one length. */
import { listKeys, missingPart, partOf, kindWithLength } from '../../draft/missing-part.js';

interface ColumnRequest {
  /** The node that gave the table, for errors. */
  readonly source: string;
  /** Stands in for cells that are absent. Without it they are an error. */
  readonly fill?: { readonly value: unknown } | undefined;
  /** What to do where cells or columns are absent, for errors. */
  readonly adviceFor: (what: 'cells' | 'columns') => string;
}

/** @throws FlowerPowerError `FP_MISSING_PART` */
export function takeColumn(table: unknown, column: string, request: ColumnRequest): unknown {
  if (Array.isArray(table)) return columnOfRows(table, column, request);
  if (typeof table === 'object' && table !== null) return columnOfRecord(table, column, request);
  const { source } = request;
  throw missingPart(
    `the column '${column}' cannot be taken from '${source}', which gave ${kindWithLength(table)}`,
    `Let '${source}' give an array of records or a record of arrays.`,
    column,
  );
}

function columnOfRows(rows: readonly unknown[], column: string, request: ColumnRequest): unknown[] {
  const { source, fill, adviceFor } = request;
  return rows.map((row, index) => {
    const isRecord = typeof row === 'object' && row !== null;
    const cell = isRecord ? partOf(row, column) : undefined;
    if (cell !== undefined) return cell;
    if (isRecord && fill !== undefined) return fill.value;
    throw missingPart(
      isRecord
        ? `row ${index + 1} of '${source}' has no column '${column}'`
        : `row ${index + 1} of '${source}' is ${kindWithLength(row)}, where a record is needed for the column '${column}'`,
      isRecord ? `${listKeys(row)} ${adviceFor('cells')}` : `Let '${source}' give an array of records.`,
      column,
    );
  });
}

function columnOfRecord(table: object, column: string, request: ColumnRequest): unknown {
  const { source, fill, adviceFor } = request;
  const cells = partOf(table, column);
  if (isColumn(cells)) return cells;
  if (cells !== undefined) {
    throw missingPart(
      `the column '${column}' of '${source}' is ${kindWithLength(cells)}, where an array is needed`,
      `Let '${source}' give an array of records or a record of arrays.`,
      column,
    );
  }
  if (fill === undefined) {
    throw missingPart(
      `'${source}' has no column '${column}'`,
      `${listKeys(table)} ${adviceFor('columns')}`,
      column,
    );
  }
  const length = Object.values(table).find(isColumn)?.length ?? 0;
  return Array.from({ length }, () => fill.value);
}

export function isColumn(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}
