/** Rows as record batches of one schema, which the rows of the first batch decide where nobody did. */
import { FlowerPowerError, messageOf, shorten } from '@flowerpower/core';
import type { Row } from '@flowerpower/io';
import type { RecordBatch, Schema } from 'apache-arrow';
import { loadArrow } from '../ipc/library.js';
import {
  type ArrowColumnType,
  arrowType,
  type Inferred,
  inferValue,
  merged,
  storedValue,
} from './column-types.js';

export interface RowsToBatchesOptions {
  /** How errors call what is made. */
  readonly name: string;
  readonly columns?: Readonly<Record<string, ArrowColumnType>> | undefined;
  readonly batchRows: number;
}

/** Yields at least one batch, if of no rows, so that there is a schema. */
export async function* rowsToBatches(
  batches: AsyncIterable<readonly Row[]>,
  { name, columns, batchRows }: RowsToBatchesOptions,
): AsyncGenerator<RecordBatch, void> {
  const arrow = await loadArrow();
  let types: ReadonlyMap<string, Inferred | undefined> | undefined =
    columns && new Map(Object.entries(columns).map(([column, is]) => [column, { is }]));
  let schema: Schema | undefined;
  let seen = 0;
  const make = (rows: readonly Row[]): RecordBatch => {
    types ??= inferColumns(rows, name);
    schema ??= new arrow.Schema(
      [...types].map(([column, type]) => new arrow.Field(column, arrowType(type, arrow), true)),
    );
    if (columns === undefined) refuseOtherKeys(rows, types, name, seen);
    const children = [...types].map(([column, type]) => {
      const values = rows.map((row, index) =>
        inRow(name, seen + index + 1, column, () =>
          storedValue(Object.hasOwn(row, column) ? row[column] : null, type),
        ),
      );
      return (
        arrow.vectorFromArray(values, arrowType(type, arrow)).data[0] ??
        arrow.makeData({ type: arrowType(type, arrow) })
      );
    });
    seen += rows.length;
    const data = arrow.makeData({
      type: new arrow.Struct(schema.fields),
      length: rows.length,
      nullCount: 0,
      children,
    });
    return new arrow.RecordBatch(schema, data);
  };
  let pending: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) {
      pending.push(row);
      if (pending.length < batchRows) continue;
      yield make(pending);
      pending = [];
    }
  }
  if (pending.length > 0 || seen === 0) yield make(pending);
}

function inferColumns(rows: readonly Row[], name: string): Map<string, Inferred | undefined> {
  const types = new Map<string, Inferred | undefined>();
  for (const [index, row] of rows.entries()) {
    for (const column of keysOf(row, index + 1, name)) {
      const type = inRow(name, index + 1, column, () => merged(types.get(column), inferValue(row[column])));
      types.set(column, type);
    }
  }
  if (types.size > 0) return types;
  throw new FlowerPowerError({
    code: 'FP_IO_VALUE',
    message:
      rows.length === 0
        ? `There are no rows for '${name}', so that its columns are not known.`
        : `The rows for '${name}' have no keys, so that there are no columns.`,
    hint: "Name the columns and their types in 'columns'.",
  });
}

function refuseOtherKeys(
  rows: readonly Row[],
  types: ReadonlyMap<string, unknown>,
  name: string,
  seen: number,
): void {
  for (const [index, row] of rows.entries()) {
    const other = keysOf(row, seen + index + 1, name).find((key) => !types.has(key));
    if (other === undefined) continue;
    throw new FlowerPowerError({
      code: 'FP_IO_VALUE',
      message: `Row ${seen + index + 1} for '${name}' has the key '${shorten(other, 60)}', which no row of the first batch has.`,
      hint: "Name the columns and their types in 'columns', or give every row the same keys.",
    });
  }
}

function keysOf(row: Row, number: number, name: string): readonly string[] {
  return inRow(name, number, undefined, () => Object.keys(row));
}

/** What the row does not say in words is put in words here. */
function inRow<T>(name: string, row: number, column: string | undefined, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const where = column === undefined ? '' : ` in the column '${shorten(column, 60)}'`;
    throw new FlowerPowerError({
      code: 'FP_IO_VALUE',
      message: `Row ${row} for '${name}' has what cannot be saved${where}: ${shorten(messageOf(cause), 200)}.`,
      hint: "Convert it, or declare another type in 'columns'; without a declaration the first batch decides.",
      cause,
    });
  }
}
