/** A file that an entry of `io.load` names, and that is not there. */
import { didYouMean } from '@flowerpower/core';
import { FileSystemError, isFileSystemError } from '@flowerpower/fs';
import type { FileRef, FileSystems, Location } from './file-systems.js';

/** As many files of a folder as a suggestion is looked for in. */
const maxSiblings = 1000;

/**
 * Throws what a loader failed with, or where its file does not exist the same error in the words of the configuration: the
 * entry, the path as it is written, and a file of nearly the same name in its folder.
 *
 * It throws and returns nothing, since a promise asks what it is given for `then`, which not every error survives.
 */
export async function failInWordsOfEntry(
  error: unknown,
  at: string,
  file: FileRef | undefined,
  fileSystems: Pick<FileSystems, 'resolve'>,
): Promise<never> {
  if (!isFileSystemError(error, 'NotFound') || file === undefined) throw error;
  const { path } = file;
  const location = locationOf(file, fileSystems);
  // The file may read others, and another one may be missing.
  if (location?.fs.uri(location.path) !== error.uri) throw error;
  const { reason, op, uri, backend, retryable } = error;
  const message = `${at}: ${path} does not exist.`;
  const hint = didYouMean(nameOf(location.path), await siblingsOf(location)) ?? error.hint;
  throw new FileSystemError({ reason, op, uri, backend, retryable, message, hint });
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

/** None where the folder is missing too, or cannot be read. */
async function siblingsOf({ fs, path }: Location): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const sibling of fs.list(path.split('/').slice(0, -1).join('/'))) {
      names.push(nameOf(sibling.path));
      if (names.length === maxSiblings) break;
    }
  } catch {
    // What was seen until then is worth a suggestion.
  }
  return names;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
