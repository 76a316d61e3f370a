/** What the loader of one file is told of the options for all of them. */
import { isColumnType, type ColumnType } from '../cells/column-type.js';
import type { IoContext, Loader } from '../contract/io.js';
import type { FoundFile } from './find-files.js';
import type { ColumnOptions, FolderColumn } from './folder-columns.js';
import { pinnedFile } from './pinned-file.js';

/** A loader of one file, seen from the folder around it. */
export interface FileLoader<Options extends { readonly path: string }, Value> {
  readonly loader: Loader<Options, Value>;
  /** Whether the loader itself gives types to columns. */
  readonly hasTypes: boolean;
  /** Without what only folders understand. */
  readonly ownOptions: (given: Options) => Options;
}

/** Leaves out the columns of folders, and gives the columns of what was saved as one the types that their values had. */
export function fileOptions<Options extends ColumnOptions>(
  { hasTypes, ownOptions }: Pick<FileLoader<Options, unknown>, 'hasTypes' | 'ownOptions'>,
  given: Options,
  file: FoundFile,
  columns: readonly FolderColumn[],
): Options {
  const ofFolders = new Set(columns.map(({ name }) => name));
  const chosen = given.columns?.filter((name) => !ofFolders.has(name));
  const options: { [option: string]: unknown } = { ...(ownOptions(given) as object), path: file.shown };
  // Which rows there are must still be read, where all columns are those of folders.
  if (chosen !== undefined) options['columns'] = chosen.length === 0 ? undefined : chosen;
  if (hasTypes) {
    const known = (file.saved?.manifest.columns ?? []).filter(
      ({ name, type }) => isColumnType(type) && chosen?.includes(name) !== false,
    );
    const declared = Object.entries(given.types ?? {}).filter(([name]) => !ofFolders.has(name));
    options['types'] = Object.fromEntries<ColumnType>([
      ...known.map(({ name, type }) => [name, type as ColumnType] as const),
      ...declared,
    ]);
  }
  return options as unknown as Options;
}

/** A path that leads to a file which was found, and is what it was then. A link that leads away is asked for as it is. */
export function fileContext({ shown, path, fs, info, saved }: FoundFile, context: IoContext): IoContext {
  const isAway = saved === undefined && info?.version === undefined;
  if (isAway) return context;
  const place = { fs: info === undefined ? fs : pinnedFile(fs, info), path };
  return { ...context, resolve: (asked) => (asked === shown ? place : context.resolve(asked)) };
}
