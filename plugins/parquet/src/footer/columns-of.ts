/** The schema of a file as columns. */
import { didYouMean, FlowerPowerError, boundedList } from '@flowerpower/core';
import type { FileMetaData, SchemaTree } from 'hyparquet';
import { explained } from '../errors/damaged-file.js';
import { leavesOf } from './check-footer.js';

export interface ParquetColumn {
  readonly name: string;
  readonly tree: SchemaTree;
  /** Which of the chunks of a row group hold it. */
  readonly chunks: { readonly from: number; readonly to: number };
}

/** FP_IO_PARSE for a schema that is none. */
export async function columnsOf(metadata: FileMetaData, file: string): Promise<ParquetColumn[]> {
  const { parquetSchema } = await import('hyparquet');
  let root: SchemaTree;
  try {
    root = parquetSchema(metadata);
  } catch (error) {
    throw explained(file, 'its schema is damaged', error);
  }
  let from = 0;
  const columns = root.children.map((tree) => {
    const column = { name: tree.element.name, tree, chunks: { from, to: from + leavesOf(tree).length } };
    from = column.chunks.to;
    return column;
  });
  const names = columns.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated === undefined) return columns;
  throw new FlowerPowerError({
    code: 'FP_IO_COLUMNS',
    message: `'${file}' has the column '${repeated}' more than once.`,
    hint: 'Write the file with different names.',
    places: [{ file }],
  });
}

/** The columns of these names, in this order. FP_IO_COLUMNS for a name that the file does not have. */
export function namedColumns(
  columns: readonly ParquetColumn[],
  names: readonly string[],
  { file, option }: { readonly file: string; readonly option: string },
): ParquetColumn[] {
  const known = columns.map(({ name }) => name);
  return names.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column !== undefined) return column;
    throw new FlowerPowerError({
      code: 'FP_IO_COLUMNS',
      message: `'${file}' has no column '${name}', which '${option}' names.`,
      hint: didYouMean(name, known) ?? `The columns are: ${boundedList(known)}.`,
      places: [{ file }],
    });
  });
}
