import type { IoContext, Look } from '../contract/io.js';
import { fileContext, type FileLoader, fileOptions } from './file-options.js';
import { findFiles } from './find-files.js';
import {
  type ColumnOptions,
  columnType,
  type FolderColumn,
  folderColumns,
  folderValues,
} from './folder-columns.js';

/** What the first file tells, with the columns of the folders. Rejects where no file is there. */
export async function lookAtFolder<Options extends ColumnOptions>(
  many: FileLoader<Options, unknown>,
  options: Options,
  context: IoContext,
): Promise<Look | undefined> {
  const found = await findFiles(options.path, many.loader.type, context);
  const columns = folderColumns(found, options);
  const [first] = found.files;
  if (first === undefined || many.loader.look === undefined) return undefined;
  const file = fileOptions(many, options, first, columns);
  const look = await many.loader.look(file, fileContext(first, context));
  if (look === undefined) return undefined;
  const loaded = columns.filter(({ isLoaded }) => isLoaded);
  const nulls = new Set(
    found.files.flatMap((each) =>
      folderValues(each, loaded).flatMap(([name, value]) => (value === null ? name : [])),
    ),
  );
  return {
    valueType: withColumns(look.valueType, loaded, nulls),
    columns: look.columns && (options.columns ?? [...look.columns, ...loaded.map(({ name }) => name)]),
  };
}

/** Rows that have further columns; nothing is said of what is no list of rows. */
function withColumns(
  valueType: string,
  columns: readonly FolderColumn[],
  nulls: ReadonlySet<string>,
): string {
  if (columns.length === 0) return valueType;
  const [, before, row, after] = /^(AsyncIterable<)?(.+)\[\](>)?$/.exec(valueType) ?? [];
  if (row === undefined) return 'unknown';
  const entries = columns.map((column) => columnType(column, nulls.has(column.name)));
  const open = /^OpenRecord<\{ ?(.*?) ?\}, (\w+)>$/.exec(row);
  const joined =
    open === null
      ? `(${row} & { ${entries.join('; ')} })`
      : `OpenRecord<{ ${[open[1], ...entries].filter(Boolean).join('; ')} }, ${open[2]}>`;
  return `${before ?? ''}${joined}[]${after ?? ''}`;
}
