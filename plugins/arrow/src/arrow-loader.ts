import {
  arrowColumns,
  createArrowReader,
  defineLoader,
  type IoContext,
  type IoMetadata,
  type Loaded,
  type FolderTypes,
  type Loader,
  loaderWithFolders,
  loadRows,
  type Row,
  rowsType,
} from '@flowerpower/io';
import type { RecordBatch, Table } from 'apache-arrow';
import { loadArrow } from './ipc/library.js';
import { openBatches, type StoredFile } from './ipc/read-batches.js';
import { type ArrowLoadInput, type ArrowLoadOptions, arrowLoadOptions } from './options/load-options.js';

/**
 * Loads Arrow IPC, files (Feather) and streams, also those whose buffers are compressed by zstd or LZ4: as rows, all at once
 * or as batches, or as a table of apache-arrow.
 *
 * Raises FP_IO_PARSE for what is no Arrow file, is damaged, holds a type that has no rows, or a value that would lose
 * digits.
 *
 * As rows, a folder or a pattern of files is one source; see `loaderWithFolders`.
 */
export const arrowLoader: Loader<
  ArrowLoadOptions & FolderTypes,
  Row[] | AsyncIterable<Row[]> | Table,
  ArrowLoadInput & FolderTypes
> = loaderWithFolders(
  defineLoader({
    type: 'arrow',
    options: arrowLoadOptions,
    valueType: ({ as }) =>
      as === 'arrow' ? "import('apache-arrow').Table" : rowsType('OpenRecord<{}, unknown>', as),
    async load({ as, ...options }, context): Promise<Loaded<Row[] | AsyncIterable<Row[]> | Table>> {
      if (as === 'arrow') return loadTable(options.path, context);
      return loadRows({ ...options, as }, context, {
        format: 'arrow',
        read: (batchRows, version, size) =>
          readRows({ ...options, as, batchRows }, context, { version, size }),
      });
    },
  }),
);

async function loadTable(path: string, context: IoContext): Promise<{ value: Table; metadata: IoMetadata }> {
  const place = context.resolve(path);
  const { size, version } = await place.fs.stat(place.path, { signal: context.signal });
  const [arrow, source] = await Promise.all([loadArrow(), openBatches(path, context, { size, version })]);
  const batches: RecordBatch[] = [];
  for await (const batch of source.batches) batches.push(batch);
  const value = new arrow.Table(source.schema, batches);
  const columns = arrowColumns(value.schema.fields);
  return { value, metadata: { ...(await source.facts()), format: 'arrow', rows: value.numRows, columns } };
}

async function* readRows(
  { path, as, batchRows, ...policy }: ArrowLoadOptions,
  context: IoContext,
  stored: StoredFile,
): AsyncGenerator<Row[], IoMetadata> {
  const source = await openBatches(path, context, stored);
  try {
    const reader = createArrowReader(source.schema.fields, policy, path);
    let rows = 0;
    // All rows at once have one type for each column: what `auto` decides is decided by all of them.
    const batches = as === 'records' ? [await collected(source.batches)] : inGroupsOfOne(source.batches);
    let isDecided = false;
    for await (const group of batches) {
      if (!isDecided) reader.decide(group);
      isDecided = true;
      for (const batch of group) {
        for (let start = 0; start < batch.numRows; start += batchRows)
          yield reader.rows(batch, rows, { start, end: Math.min(batch.numRows, start + batchRows) });
        rows += batch.numRows;
      }
    }
    return { ...(await source.facts()), format: 'arrow', rows, columns: reader.columns };
  } finally {
    await source.close();
  }
}

async function collected(batches: AsyncIterable<RecordBatch>): Promise<RecordBatch[]> {
  const all: RecordBatch[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}

async function* inGroupsOfOne(batches: AsyncIterable<RecordBatch>): AsyncGenerator<RecordBatch[], void> {
  for await (const batch of batches) yield [batch];
}
