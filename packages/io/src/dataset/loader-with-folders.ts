import { requireArgument } from '@flowerpower/core';
import { FileSystemError, isFileSystemError } from '@flowerpower/fs';
import type { IoContext, Loaded, Loader } from '../contract/io.js';
import { aLoader } from '../contract/io-rules.js';
import { ioErrorOf } from '../errors/io-error.js';
import { unknownTypes } from './folder-columns.js';
import { folderTypes, type FolderTypes, knowsOption, withFolderOptions } from './folder-options.js';
import { loadFolder } from './load-folder.js';
import { lookAtFolder } from './look-at-folder.js';
import { kindOfPath } from './many-path.js';

/**
 * The loader of one file of rows, which then takes many files as one, too: a folder (`data/`) with everything below it, or
 * a pattern (`data/*.csv`, as `glob` of a filesystem reads it; `[*]` is a star).
 *
 * Files are read in the order of their names, one after the other; names that begin with `_` or `.` are not. Folders named
 * `key=value` below the folder, or below what the pattern names literally, become columns: texts, unless `types` says
 * otherwise, `__HIVE_DEFAULT_PARTITION__` is null. What was saved into a folder as one (see {@link saverWithFolders}) is
 * read by its manifest: nothing else that lies there, and with the types that the values had.
 *
 * The loader gets each file as its option `path`, with a context that finds it there; it gives an array of rows, or an
 * async iterable of arrays of rows. Where it has the options `types` and `columns`, these may name columns of folders
 * too; without `types` it gets that option for them.
 *
 * Besides what the loader raises: `FP_IO_NO_MATCH` where there is no file; `FP_IO_COLUMNS` for files with different
 * columns, and for a column that both the file and its folder have; `FP_IO_PARSE` for a folder that does not fit its type;
 * `FP_IO_FOLDER` for a folder whose manifest is damaged or does not fit what is there; `FP_FS_PRECONDITION_FAILED` for a
 * file that changed after it was found.
 *
 * @example
 * ```ts
 * import { builtinLoaders, loaderWithFolders, loaderWithSchema } from '@flowerpower/io';
 * import * as v from 'valibot';
 *
 * const oneFile = loaderWithSchema(builtinLoaders.jsonl, v.array(v.object({ id: v.number() })));
 * export const idsLoader = loaderWithFolders(oneFile);
 * ```
 */
export function loaderWithFolders<Options extends { readonly path: string }, Value, Input = unknown>(
  loader: Loader<Options, Value, Input>,
): Loader<Options & FolderTypes, Value, Input & FolderTypes> {
  type Both = Loader<Options & FolderTypes, Value, Input & FolderTypes>;
  requireArgument('The loader', aLoader, loader, 'loaderWithFolders');
  const hasTypes = knowsOption(loader.options, 'types');
  const options = withFolderOptions(loader.options, hasTypes ? {} : folderTypes, () => []);
  /** The options of the format itself. */
  const ownOptions = (given: Options): Options => {
    if (hasTypes) return given;
    const { types: _types, ...own } = given as Options & Partial<FolderTypes>;
    return own as unknown as Options;
  };
  const ofFile = (given: Options): Options => {
    const types = hasTypes ? [] : Object.keys((given as Options & Partial<FolderTypes>).types ?? {});
    if (types.length > 0) throw ioErrorOf(unknownTypes(types, [], given.path), 'The columns do not fit');
    return ownOptions(given);
  };
  const many = { loader, hasTypes, ownOptions };
  const valueType = loader.valueType && ((given: Options) => loader.valueType!(ownOptions(given)));
  const parts: Partial<Both> = {
    options,
    load: async (given, context) =>
      kindOfPath(given.path) === 'file'
        ? loadFile(loader, ofFile(given), context)
        : loadFolder(many, given, context),
    look: async (given, context) =>
      kindOfPath(given.path) === 'file'
        ? loader.look?.(ofFile(given), context)
        : lookAtFolder(many, given, context),
    ...(valueType !== undefined && { valueType }),
  };
  // Inherits whatever else the loader is.
  return Object.assign(Object.create(loader) as Both, parts);
}

/** A folder without its slash is told what it lacks. */
async function loadFile<Options extends { readonly path: string }, Value>(
  loader: Loader<Options, Value>,
  options: Options,
  context: IoContext,
): Promise<Loaded<Value>> {
  try {
    return await loader.load(options, context);
  } catch (error) {
    if (!isFileSystemError(error, 'IsDirectory')) throw error;
    const { reason, op, uri, backend, message } = error;
    const hint = `To read all files in it as one, end the path with a slash: '${options.path}/'.`;
    throw new FileSystemError({ reason, op, uri, backend, message, hint });
  }
}
