/** A file that an entry of `io.load` names, and that is not there. */
import { didYouMean } from '@flowerpower/core';
import { FileSystemError, isFileSystemError } from '@flowerpower/fs';
import type { FileRef, FileSystems, Location } from './file-systems.js';

/** As many files of a folder as a suggestion is looked for in. */
const maxSiblings = 1000;

/** What an entry loads, and from where; no file for what has no `path`. */
export interface LoadedEntry {
  /** As errors name it: `io.load.orders`. */
  readonly at: string;
  readonly type: string;
  readonly file: FileRef | undefined;
}

/**
 * Throws what a loader failed with, or where its file does not exist the same error in the words of the configuration: the
 * entry, the path as it is written, and what is likely to be wrong: the bucket is missing, the format reads one file and got a
 * folder or a pattern, or a file of nearly the same name is there.
 *
 * It throws and returns nothing, since a promise asks what it is given for `then`, which not every error survives.
 */
export async function failInWordsOfEntry(
  error: unknown,
  { at, type, file }: LoadedEntry,
  fileSystems: Pick<FileSystems, 'resolve'>,
): Promise<never> {
  if (!isFileSystemError(error) || file === undefined || !absences.has(error.reason)) throw error;
  const { path } = file;
  const location = locationOf(file, fileSystems);
  // The file may read others, and another one may be missing.
  if (location?.fs.uri(location.path) !== error.uri) throw error;
  const { reason, op, uri, backend, retryable } = error;
  const isMany = op !== 'list' && namesMany(path);
  if (!isMany && reason !== 'NotFound') throw error;
  const { names, missing } = await siblingsOf(location);
  const words =
    missing !== undefined
      ? { message: `${at}: ${path} does not exist: ${missing.message}`, hint: missing.hint }
      : isMany
        ? {
            message: `${at}: ${path} is no file, and ${type} takes one file: no folder and no pattern.`,
            hint: 'Name one file. Formats of rows, such as csv and jsonl, take folders and patterns.',
          }
        : {
            message: `${at}: ${path} does not exist.`,
            hint: didYouMean(nameOf(location.path), names) ?? error.hint,
          };
  throw new FileSystemError({ reason, op, uri, backend, retryable, ...words });
}

const absences: ReadonlySet<string> = new Set(['NotFound', 'IsDirectory']);

/** By the text of a path alone, as loaders of many files read it. */
function namesMany(path: string): boolean {
  return /[*?[{]|[/\\]$/.test(path);
}

/** Undefined for a runner that was closed meanwhile. */
function locationOf(
  { path, storageOptions }: FileRef,
  { resolve }: Pick<FileSystems, 'resolve'>,
): Location | undefined {
  try {
    return resolve(path, 'read', storageOptions);
  } catch {
    return undefined;
  }
}

/** No names where the folder is missing too, or cannot be read; `missing` where what holds it is not there: the bucket. */
async function siblingsOf({
  fs,
  path,
}: Location): Promise<{ readonly names: readonly string[]; readonly missing?: FileSystemError }> {
  const names: string[] = [];
  try {
    for await (const sibling of fs.list(path.split('/').slice(0, -1).join('/'))) {
      names.push(nameOf(sibling.path));
      if (names.length === maxSiblings) break;
    }
  } catch (error) {
    if (isFileSystemError(error, 'NotFound')) return { names, missing: error };
    // What was seen until then is worth a suggestion.
  }
  return { names };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
