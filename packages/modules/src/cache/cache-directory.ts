import { lstatSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

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

function userName(): string {
  return String(process.getuid?.() ?? userInfo().username);
}
