/** A file that an entry of `io.load` names, and that is not there. */
import { didYouMean } from '@flowerpower/core';
import { FileSystemError, isFileSystemError } from '@flowerpower/fs';
import type { FileSystems, Location } from './file-systems.js';

/** As many files of a folder as a suggestion is looked for in. */
const maxSiblings = 1000;

/**
 * What a loader failed with, or where its file does not exist the same error in the words of the configuration: the
 * entry, the path as it is written, and a file of nearly the same name in its folder. Never throws.
 */
export async function inWordsOfEntry(
  error: unknown,
  at: string,
  path: unknown,
  { resolve }: Pick<FileSystems, 'resolve'>,
): Promise<unknown> {
  if (!isFileSystemError(error, 'NotFound') || typeof path !== 'string') return error;
  const { reason, op, uri, backend, retryable } = error;
  const message = `${at}: ${path} does not exist.`;
  try {
    const location = resolve(path);
    // The file may read others, and another one may be missing.
    if (location.fs.uri(location.path) !== uri) return error;
    const hint = didYouMean(nameOf(location.path), await siblingsOf(location)) ?? error.hint;
    return new FileSystemError({ reason, op, uri, backend, retryable, message, hint });
  } catch {
    return error;
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
