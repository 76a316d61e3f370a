import { requireArgument } from '@flowerpower/core';
import type { IoContext, IoMetadata, Saver } from '../contract/io.js';
import { aSaver } from '../contract/io-rules.js';
import type { SchemaIssue } from '../contract/options-schema.js';
import { createOnlyContext, inWordsOfMode, refuseExisting } from './create-only.js';
import type { FolderFormat } from './folder-format.js';
import {
  folderSaveOptions,
  type FolderSaveOptions,
  type SaveMode,
  withFolderOptions,
} from './folder-options.js';
import { kindOfPath } from './many-path.js';
import { saveFolder } from './save-folder.js';

/**
 * The saver of one file of rows, which then saves into a folder, too: a path that ends with `/`.
 *
 * - `by: [year, month]`: the values of these columns become folders, `year=2024/month=1`, and leave the files. They are texts,
 *   finite numbers, booleans, bigints, Dates or null (`__HIVE_DEFAULT_PARTITION__`).
 * - `mode`: `overwrite` (default), `append` (folders only), or `error` where something is there already.
 *
 * Rows stream into the parts; at most 16 are open at once. All parts become visible together, when `_manifest.json` is
 * replaced in one step: whatever fails, whoever is killed, a reader sees all of the old or all of the new. Of two saves
 * at once one wins and the other fails with `FP_IO_CONFLICT`; two that append both succeed. What killed saves have
 * left, the next one removes. A folder with files of others is refused (`FP_IO_FOREIGN_FILES`).
 *
 * The saver gets each part as its option `path`, with a context that finds it there, and takes an async iterable of arrays of
 * rows. It saves through `fs.write` or `fs.openWrite`. Where it has the option `columns`, that may name columns of `by`.
 *
 * What the saver takes, and its options as a user writes them, keep their types: `to.x` takes no other.
 *
 * Not guaranteed: that empty folders disappear; that someone who lists the folder without its manifest sees one save only.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { builtinSavers, parseOptions, saverWithFolders } from '@flowerpower/io';
 *
 * const fs = createMemoryFileSystem();
 * const saver = builtinSavers.csv; // made by saverWithFolders
 * const options = parseOptions(saver, { path: 'sales/', by: ['year'] });
 * const rows = [{ year: 2024, total: 3 }, { year: 2025, total: 4 }];
 * await saver.save(rows, options, { resolve: (path) => ({ fs, path }) }); // sales/year=2024/part-….csv, …
 * ```
 */
export function saverWithFolders<Options extends { readonly path: string }, Taken = unknown, Input = unknown>(
  saver: Saver<Options, Taken, Input>,
  format: FolderFormat<Options> = {},
): Saver<Options & FolderSaveOptions, Taken, Input & FolderSaveOptions> {
  type Both = Saver<Options & FolderSaveOptions, Taken, Input & FolderSaveOptions>;
  requireArgument('The saver', aSaver, saver, 'saverWithFolders');
  const options = withFolderOptions(saver.options, folderSaveOptions, togetherProblems);
  const parts: Partial<Both> = {
    options,
    save: async (value, given, context) => {
      const { by, mode = 'overwrite', ...rest } = given;
      const own = rest as unknown as Options;
      return kindOfPath(given.path) === 'folder'
        ? saveFolder({ saver, format, options: own, by, mode }, value, context)
        : saveFile(saver, { value, options: own, mode }, context);
    },
  };
  // Inherits whatever else the saver is.
  return Object.assign(Object.create(saver) as Both, parts);
}

interface FileToSave<Options> {
  readonly value: unknown;
  readonly options: Options;
  readonly mode: SaveMode;
}

async function saveFile<Options extends { readonly path: string }>(
  saver: Saver<Options>,
  { value, options, mode }: FileToSave<Options>,
  context: IoContext,
): Promise<IoMetadata> {
  if (mode !== 'error') return saver.save(value, options, context);
  const { path } = options;
  await refuseExisting(path, context);
  try {
    return await saver.save(value, options, createOnlyContext(path, context));
  } catch (error) {
    throw inWordsOfMode(error, path);
  }
}

function togetherProblems({ path, by, mode }: Readonly<Record<string, unknown>>): SchemaIssue[] {
  if (typeof path !== 'string') return [];
  const kind = kindOfPath(path);
  if (kind === 'pattern')
    return [
      {
        path: ['path'],
        message:
          'a path to save to holds none of * ? [ {: it would be a pattern of many files to who loads it',
      },
    ];
  if (kind === 'folder') return [];
  const folder = `'${path}/' instead of '${path}'`;
  return [
    ...(by === undefined
      ? []
      : [{ path: ['by'], message: `rows are split into the files of a folder only: ${folder}` }]),
    ...(mode === 'append'
      ? [{ path: ['mode'], message: `a file is not added to; save into a folder, which is: ${folder}` }]
      : []),
  ];
}
