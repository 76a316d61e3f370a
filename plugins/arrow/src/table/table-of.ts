import { rowBatches, type RowsToSave } from '@flowerpower/io';
import type { RecordBatch, Table } from 'apache-arrow';
import { loadArrow } from '../ipc/library.js';
import type { ArrowColumnType } from './column-types.js';
import { rowsToBatches } from './rows-to-batches.js';

export interface TableOfOptions {
  /** The columns and their types, in this order; other keys are left out. Default: those of the rows. */
  readonly columns?: Readonly<Record<string, ArrowColumnType>> | undefined;
}

/**
 * A table of apache-arrow that holds rows. Whole numbers become integers of 64 bits, where all of a column are whole, else
 * numbers of 64 bits; `bigint` integers, Dates timestamps in milliseconds, and lists and objects lists and structs.
 *
 * @throws (rejects) FlowerPowerError `FP_IO_VALUE` with row and column for what does not fit.
 *
 * @example
 * ```ts
 * import { rowsOf, tableOf } from '@flowerpower/plugin-arrow';
 *
 * const table = await tableOf([{ id: 1, tags: ['new'] }]);
 * rowsOf(table); // [{ id: 1, tags: ['new'] }]
 * ```
 */
export async function tableOf(rows: RowsToSave, { columns }: TableOfOptions = {}): Promise<Table> {
  const arrow = await loadArrow();
  const batches: RecordBatch[] = [];
  const name = 'the table';
  // One batch decides the types of all, and a table is held as a whole.
  for await (const batch of rowsToBatches(rowBatches(rows, name), { name, columns, batchRows: Infinity }))
    batches.push(batch);
  return new arrow.Table(batches);
}
