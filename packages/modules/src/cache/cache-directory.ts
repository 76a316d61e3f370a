import { messageOf } from '@flowerpower/core';
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { moduleError } from '../errors/catalogue.js';

/** A place for transformed modules. */
export interface CacheDirectory {
  readonly path: string;
  /** Set in a directory shared by all users: this part of the path must belong to the current user alone. */
  readonly ownedPart?: string;
}

/**
 * Where a project's transformed modules may stand, best first: in its node_modules, else below the system's
 * temporary directory. A directory given by the user has no second choice.
 */
export function cacheDirectories(projectRoot: string, given: string | undefined): CacheDirectory[] {
  if (given !== undefined) return [{ path: given }];
  const ownedPart = join(tmpdir(), `flowerpower-cache-${userName()}`);
  return [
    { path: join(projectRoot, 'node_modules', '.cache', 'flowerpower', 'modules') },
    // The name holds the project's path, so that projects do not meet.
    { path: join(ownedPart, encodeURIComponent(projectRoot).slice(-160), 'modules'), ownedPart },
  ];
}

/** False for a directory that another user could have filled: code is imported from it. */
export function isTrusted({ ownedPart }: CacheDirectory): boolean {
  if (ownedPart === undefined || process.getuid === undefined) return true;
  const stats = lstatSync(ownedPart, { throwIfNoEntry: false });
  return (
    stats === undefined ||
    (stats.isDirectory() && stats.uid === process.getuid() && (stats.mode & 0o022) === 0)
  );
}

/**
 * Makes the first directory that can be written and gives its path.
 * Raises `FP_MODULE_CACHE_UNWRITABLE` when there is none.
 */
export function openCacheDirectory(directories: readonly CacheDirectory[]): string {
  const failures: string[] = [];
  let cause: unknown;
  for (const directory of directories) {
    try {
      if (directory.ownedPart !== undefined) mkdirSync(directory.ownedPart, { recursive: true, mode: 0o700 });
      if (!isTrusted(directory)) throw new Error('another user can change it');
      mkdirSync(directory.path, { recursive: true });
      accessSync(directory.path, constants.W_OK);
      return directory.path;
    } catch (error) {
      cause ??= error;
      failures.push(`    ${directory.path}: ${messageOf(error)}`);
    }
  }
  throw moduleError({
    code: 'FP_MODULE_CACHE_UNWRITABLE',
    message: `Transformed modules cannot be stored. Tried:\n${failures.join('\n')}`,
    hint: "Make one of the directories writable, or pass 'cacheDir'.",
    places: directories.map(({ path }) => ({ file: path })),
    cause,
  });
}

function userName(): string {
  return String(process.getuid?.() ?? userInfo().username);
}
