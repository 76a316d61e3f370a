import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writerOf } from '@flowerpower/fs';
import { statPath } from '../files/file-stamp.js';

const keptFiles = 2_000;
const keptMs = 30 * 24 * 60 * 60 * 1000;

/**
 * Removes what dead processes left unfinished from a cache directory, and from one with more than 2,000 files those
 * that were written more than 30 days ago. A removed file that is still of use is built anew by the next load.
 */
export function pruneCache(cacheDirectory: string, nowMs: number): void {
  const names = readdirSync(cacheDirectory);
  const isLarge = names.length > keptFiles;
  for (const name of names) {
    const path = join(cacheDirectory, name);
    if (!isLarge && !name.endsWith('.tmp')) continue;
    const stats = statPath(path);
    if (!stats?.isFile()) continue;
    const isOld = isLarge && stats.mtimeMs < nowMs - keptMs;
    if (isOld || writerOf(name, stats.mtimeMs, nowMs) === 'dead') rmSync(path, { force: true });
  }
}
