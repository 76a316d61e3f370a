import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { statPath } from '../files/file-stamp.js';

const keptFiles = 2_000;
const keptMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes files that were written more than 30 days ago from a cache directory with more than 2,000 files. A removed
 * file that is still of use is built anew by the next load. Files that cannot be removed stay.
 */
export function pruneCache(cacheDirectory: string, nowMs: number): void {
  const names = readdirSync(cacheDirectory);
  if (names.length <= keptFiles) return;
  for (const name of names) {
    const path = join(cacheDirectory, name);
    const stats = statPath(path);
    if (stats?.isFile() && stats.mtimeMs < nowMs - keptMs) rmSync(path, { force: true });
  }
}
