/** Whether the footer can be true, before anything is read or made in the sizes that it claims. */
import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet';
import { damagedFile, unsupportedFile } from '../errors/damaged-file.js';

/** Rows of the largest row group that is read; it is held in memory as a whole. */
const maxGroupRows = 64 * 1024 * 1024;

/**
 * FP_IO_PARSE for a footer whose row groups do not fit the file or the schema.
 *
 * @param footerStart - where the data ends.
 */
export function checkFooter(metadata: FileMetaData, file: string, footerStart: number): void {
  const { schema, row_groups: groups, num_rows: rows } = metadata;
  if (!Array.isArray(groups) || typeof rows !== 'bigint')
    throw damagedFile(file, 'its footer lacks rows or row groups');
  const leaves = schema.slice(1).filter((element) => !element.num_children).length;
  let sum = 0n;
  for (const [index, group] of groups.entries()) {
    const fault = groupFault(group, leaves, footerStart);
    if (fault !== undefined) throw damagedFile(file, `its row group ${index + 1} ${fault}`);
    if (group.num_rows > maxGroupRows) {
      throw unsupportedFile(
        file,
        `its row group ${index + 1} has ${group.num_rows} rows`,
        `A row group is read as a whole, up to ${maxGroupRows} rows; write the file with smaller ones.`,
      );
    }
    sum += group.num_rows;
  }
  if (sum !== rows) throw damagedFile(file, `its footer says ${rows} rows, and its row groups have ${sum}`);
}

function groupFault(group: RowGroup, leaves: number, footerStart: number): string | undefined {
  if (typeof group.num_rows !== 'bigint' || group.num_rows < 0n) return 'has no number of rows';
  if (group.columns.length !== leaves) return `has ${group.columns.length} columns, the schema ${leaves}`;
  for (const { meta_data: chunk } of group.columns) {
    // An encrypted column has none; it is an error when it is read.
    if (chunk === undefined) continue;
    const { start, end } = chunkSpan(chunk);
    if (!(start >= 4 && end >= start && end <= footerStart))
      return `has a column in bytes ${start} to ${end}, where the file has no data`;
    if (typeof chunk.num_values !== 'bigint' || chunk.num_values < 0n) return 'has a column without values';
    if (!Array.isArray(chunk.path_in_schema)) return 'has a column without a name';
  }
  return undefined;
}

/** Where the pages of a column chunk lie. */
export function chunkSpan(chunk: NonNullable<RowGroup['columns'][number]['meta_data']>): {
  readonly start: number;
  readonly end: number;
} {
  const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size } = chunk;
  // Some writers store 0 for no dictionary.
  const start = Number(dictionary ? dictionary : data);
  return { start, end: start + Number(size) };
}

/** The physical columns of a column, in their order in the row groups. */
export function leavesOf(tree: SchemaTree): SchemaTree[] {
  return tree.children.length === 0 ? [tree] : tree.children.flatMap(leavesOf);
}
