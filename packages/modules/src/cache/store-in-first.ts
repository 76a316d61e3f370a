import { messageOf } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { moduleError } from '../errors/catalogue.js';
import { type CacheDirectory, isTrusted } from './cache-directory.js';

/** Raised by what stores into a cache directory when that cannot be written: another one may serve. */
export class UnwritableCache extends Error {
  override readonly name = 'UnwritableCache';
}

/**
 * Gives what `store` gives in the first directory that can be made and written; one may be full, or belong to somebody
 * else. Raises what else `store` raises, and `FP_MODULE_CACHE_UNWRITABLE` when there is none.
 */
export async function storeInFirst<T>(
  directories: readonly CacheDirectory[],
  store: (cacheDirectory: string) => Promise<T>,
): Promise<T> {
  const failures: string[] = [];
  let cause: unknown;
  for (const directory of directories) {
    try {
      await open(directory);
      return await store(directory.path);
    } catch (error) {
      if (!(error instanceof UnwritableCache)) throw error;
      cause ??= error.cause;
      failures.push(`    ${directory.path}: ${messageOf(error.cause)}`);
    }
  }
  throw moduleError({
    code: 'FP_MODULE_CACHE_UNWRITABLE',
    message: `Transformed modules cannot be stored. Tried:\n${failures.join('\n')}`,
    hint: "Make room in one of the directories and make it writable, or pass 'cacheDir'.",
    places: directories.map(({ path }) => ({ file: path })),
    cause,
  });
}

async function open(directory: CacheDirectory): Promise<void> {
  try {
    if (directory.ownedPart !== undefined) await makeOwned(directory.ownedPart);
    if (!isTrusted(directory)) throw new Error('another user can change it');
    await makeFolder(directory.path);
    accessSync(directory.path, constants.W_OK);
  } catch (cause) {
    throw new UnwritableCache('It cannot be opened.', { cause });
  }
}

/** A directory that only the current user may enter. */
async function makeOwned(path: string): Promise<void> {
  await makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Whose it is, and what it is, is looked at next.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function makeFolder(root: string): Promise<void> {
  return createLocalFileSystem({ root }).ensureDir('');
}
