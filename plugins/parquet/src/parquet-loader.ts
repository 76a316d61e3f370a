import {
  defineLoader,
  type FolderTypes,
  type Loader,
  loaderWithFolders,
  loadRows,
  type Row,
  rowsType,
} from '@flowerpower/io';
import {
  type ParquetLoadInput,
  type ParquetLoadOptions,
  parquetLoadOptions,
} from './options/load-options.js';
import { planRead } from './read/read-plan.js';
import { readRows } from './read/read-rows.js';

/**
 * Loads Parquet as rows, all at once or as batches, in ranges: of columns that are not asked for and of row groups that
 * the filter excludes nothing is read, and then the facts have no digest.
 *
 * Raises FP_IO_PARSE for what is no Parquet file, is damaged, encrypted, or holds a value that would lose digits;
 * FP_IO_COLUMNS for unknown columns; FP_IO_OPTIONS for a filter that does not fit its column. A file that changes while
 * it is read is FP_FS_PRECONDITION_FAILED.
 *
 * A folder or a pattern of files is one source of rows; see `loaderWithFolders`.
 */
export const parquetLoader: Loader<
  ParquetLoadOptions & FolderTypes,
  Row[] | AsyncIterable<Row[]>,
  ParquetLoadInput & FolderTypes
> = loaderWithFolders(
  defineLoader({
    type: 'parquet',
    options: parquetLoadOptions,
    valueType: ({ as, columns }) => {
      const known = (columns ?? []).map((name) => `${JSON.stringify(name)}: unknown`);
      const other = columns === undefined ? 'unknown' : 'never';
      return rowsType(`OpenRecord<{ ${known.join('; ')} }, ${other}>`, as);
    },
    async look(options, context) {
      const { columns } = await planRead(options, context);
      const cells = columns.map(({ facts, cellType }) => `${JSON.stringify(facts.name)}: ${cellType}`);
      return {
        valueType: rowsType(`OpenRecord<{ ${cells.join('; ')} }, never>`, options.as),
        columns: columns.map(({ facts }) => facts.name),
      };
    },
    load: (options, context) =>
      loadRows(options, context, {
        format: 'parquet',
        read: (batchRows, version, size) =>
          readRows(options, context, { batchRows, stored: { version, size } }),
      }),
  }),
);
