import { FlowerPowerError } from '@flowerpower/core';
import {
  arrowColumns,
  type ArrowTable,
  defineSaver,
  type FolderSaveOptions,
  type IoMetadata,
  isArrowTable,
  rowBatches,
  type RowsToSave,
  saveChunks,
  savedRowsType,
  type Saver,
  saverWithFolders,
} from '@flowerpower/io';
import type { RecordBatch, Table } from 'apache-arrow';
import { encodeBatches } from './ipc/encode-batches.js';
import { type Arrow, loadArrow } from './ipc/library.js';
import { type ArrowSaveInput, type ArrowSaveOptions, arrowSaveOptions } from './options/save-options.js';
import { rowsToBatches } from './table/rows-to-batches.js';

/** A table of apache-arrow, record batches, or rows. */
export type ArrowToSave = Table | readonly RecordBatch[] | RowsToSave;

/**
 * Saves a table of apache-arrow, or rows, as Arrow IPC: a file (Feather) or a stream. Takes a `Table`, an array of
 * record batches, or an array, iterable or async iterable of rows, or of arrays of rows, one record batch at a time.
 *
 * Raises FP_IO_VALUE with row and column for what does not fit; nothing is written then.
 *
 * A path that ends with `/` is a folder, in which rows can be split and added to; see `saverWithFolders`.
 */
export const arrowSaver: Saver<
  ArrowSaveOptions & FolderSaveOptions,
  ArrowToSave,
  ArrowSaveInput & FolderSaveOptions
> = saverWithFolders(
  defineSaver({
    type: 'arrow',
    options: arrowSaveOptions,
    valueType: () => `import('apache-arrow').Table | import('apache-arrow').RecordBatch[] | ${savedRowsType}`,
    async save(value: ArrowToSave, options, context) {
      const { path, format, columns } = options;
      if (isArrowTable(value) && columns !== undefined) throw columnsOfTable(path);
      const facts: { rows: number; columns?: IoMetadata['columns'] } = { rows: 0 };
      async function* counted(): AsyncGenerator<RecordBatch, void> {
        for await (const batch of batchesOf(value, options)) {
          facts.columns ??= arrowColumns(batch.schema.fields);
          facts.rows += batch.numRows;
          yield batch;
        }
      }
      const chunks = encodeBatches(counted(), format);
      const stored = await saveChunks(chunks, { path, compression: 'none' }, context);
      return { ...stored, format: 'arrow', rows: facts.rows, columns: facts.columns ?? [] };
    },
  }),
);

async function* batchesOf(
  value: unknown,
  { path, columns, batchRows }: ArrowSaveOptions,
): AsyncGenerator<RecordBatch, void> {
  const arrow = await loadArrow();
  if (isArrowTable(value)) yield* batchesOfTable(value, arrow, path);
  else if (areBatches(value, arrow)) yield* value;
  else yield* rowsToBatches(rowBatches(value, path), { name: path, columns, batchRows });
}

function areBatches(value: unknown, { RecordBatch: Batch }: Arrow): value is readonly RecordBatch[] {
  try {
    return Array.isArray(value) && value.length > 0 && value.every((item) => item instanceof Batch);
  } catch {
    // Rows that cannot be looked at are named with their number.
    return false;
  }
}

function* batchesOfTable(
  { schema, batches }: ArrowTable,
  arrow: Arrow,
  path: string,
): Generator<RecordBatch, void> {
  if (!(schema instanceof arrow.Schema)) throw foreignTable(path);
  yield* batches as unknown as RecordBatch[];
  if (batches.length > 0) return;
  const children = schema.fields.map(({ type }) => arrow.makeData({ type }));
  const type = new arrow.Struct(schema.fields);
  // The schema is written with the first batch.
  yield new arrow.RecordBatch(schema, arrow.makeData({ type, length: 0, nullCount: 0, children }));
}

function foreignTable(path: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_VALUE',
    message: `The table for '${path}' was made by another copy of apache-arrow than the one that saves it.`,
    hint: 'Install one version of apache-arrow, or save the rows: rowsOf(table).',
  });
}

function columnsOfTable(path: string): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_IO_OPTIONS',
    message: `'columns' for '${path}' is of rows, and the value is a table, which has its own.`,
    hint: "Remove 'columns', or select and convert the columns of the table in the node.",
  });
}
