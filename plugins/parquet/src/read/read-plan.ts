/** What is to be read of a file for some options, and how its values come out. */
import type { IoColumn, IoContext } from '@flowerpower/io';
import type { RowGroup } from 'hyparquet';
import { columnsOf, namedColumns, type ParquetColumn } from '../footer/columns-of.js';
import { openParquet, type ParquetFile, type StoredFile } from '../footer/open-parquet.js';
import { createRowFilter, type RowFilter } from '../filter/create-row-filter.js';
import type { ParquetLoadOptions } from '../options/load-options.js';
import { cellType, columnType } from '../values/column-types.js';
import { type Convert, converterOf, repeatable } from '../values/convert-value.js';
import { resolveInt64 } from '../values/resolve-int64.js';

/** A column that is delivered. */
export interface PlannedColumn {
  readonly column: ParquetColumn;
  readonly convert: Convert;
  readonly facts: IoColumn;
  /** In TypeScript. */
  readonly cellType: string;
}

export interface ReadPlan {
  readonly file: ParquetFile;
  readonly columns: readonly PlannedColumn[];
  readonly filter: RowFilter | undefined;
  /** Those that may hold rows that are asked for, with the number of rows before them. */
  readonly groups: readonly { readonly group: RowGroup; readonly rowsBefore: number }[];
  /** Every byte of the file is read. */
  readonly isWhole: boolean;
}

/** @param stored - what is known of the file; without it the filesystem is asked. */
export async function planRead(
  options: ParquetLoadOptions,
  context: IoContext,
  stored?: StoredFile,
): Promise<ReadPlan> {
  const file = await openParquet(options.path, context, stored);
  const all = await columnsOf(file.metadata, file.name);
  const { row_groups: groups } = file.metadata;
  const chosen =
    options.columns === undefined
      ? all
      : namedColumns(all, options.columns, { file: file.name, option: 'columns' });
  const filter = options.filter === undefined ? undefined : createRowFilter(options.filter, all, file.name);
  let rows = 0;
  const numbered = groups.map((group) => {
    const rowsBefore = rows;
    rows += Number(group.num_rows);
    return { group, rowsBefore };
  });
  return {
    file,
    columns: chosen.map((column) => planColumn(column, options, file)),
    filter,
    groups: numbered.filter(({ group }) => group.num_rows > 0n && (filter?.mayMatch(group) ?? true)),
    isWhole: options.columns === undefined && filter === undefined,
  };
}

function planColumn(
  column: ParquetColumn,
  { int64, decimals, timestamps }: ParquetLoadOptions,
  file: ParquetFile,
): PlannedColumn {
  const { name, tree } = column;
  const resolved = int64 === 'auto' ? resolveInt64(column, file.metadata.row_groups) : int64;
  const policy = { int64: resolved, decimals, timestamps };
  return {
    column,
    convert: repeatable(tree, converterOf(tree, policy, { file: file.name, name })),
    facts: { name, type: columnType(tree, policy) },
    cellType: cellType(tree, policy),
  };
}
