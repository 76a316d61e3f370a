/** Eviction: what dead processes left unfinished goes, what is too old goes, then the oldest until the rest is small enough. */
import type { FileInfo, FileSystem } from '@flowerpower/fs';
import { abandonedLocks } from './abandoned-locks.js';
import { locksDir } from './key-locks.js';

interface PruneLimits {
  readonly maxSizeBytes: number;
  /** Files written before this moment go; milliseconds since 1970. */
  readonly notBeforeMs: number;
}

export interface PruneResult {
  readonly deletedFiles: number;
  /** Files that processes began and did not live to finish. They are removed too; not among `deletedFiles`. */
  readonly abandonedFiles: number;
  /** Of both. */
  readonly freedBytes: number;
  /** What remains. */
  readonly sizeBytes: number;
}

const levels = ['keys', 'values'];

/** The files of the cache, and no other file that happens to lie in its directory. */
export async function* cacheFiles(fs: FileSystem): AsyncIterable<FileInfo> {
  for (const level of levels) {
    for await (const info of fs.list(level, { recursive: true })) {
      if (/^[a-z]+\/[\da-f]{2}\/[\da-f]{64}$/.test(info.path)) yield info;
    }
  }
}

/** Pruning for size makes room: down to nine tenths of the limit. Another process may prune at the same time. */
export async function pruneFiles(
  fs: FileSystem,
  { maxSizeBytes, notBeforeMs }: PruneLimits,
): Promise<PruneResult> {
  let { deleted: abandonedFiles, sizeBytes: freedBytes } = await fs.deleteUnfinished('', {
    recursive: true,
  });
  for await (const { path, size = 0 } of abandonedLocks(fs)) {
    await fs.delete(path);
    abandonedFiles++;
    freedBytes += size;
  }
  const files: FileInfo[] = [];
  let sizeBytes = 0;
  for await (const info of cacheFiles(fs)) {
    files.push(info);
    sizeBytes += info.size ?? 0;
  }
  files.sort((a, b) => writtenMs(a) - writtenMs(b));
  const aim = sizeBytes > maxSizeBytes ? maxSizeBytes * 0.9 : maxSizeBytes;
  let deletedFiles = 0;
  for (const file of files) {
    if (writtenMs(file) >= notBeforeMs && sizeBytes <= aim) break;
    await fs.delete(file.path);
    deletedFiles++;
    sizeBytes -= file.size ?? 0;
    freedBytes += file.size ?? 0;
  }
  if (sizeBytes === 0) for (const level of [...levels, locksDir]) await deleteIfEmpty(fs, level);
  return { deletedFiles, abandonedFiles, freedBytes, sizeBytes };
}

/** Folders that nothing is left in. What somebody else put there, or is writing, stays. */
async function deleteIfEmpty(fs: FileSystem, dir: string): Promise<void> {
  for await (const _file of fs.list(dir, { recursive: true })) return;
  for await (const _write of fs.listUnfinished(dir, { recursive: true })) return;
  await fs.deleteDir(dir);
}

function writtenMs({ mtime }: FileInfo): number {
  return mtime?.getTime() ?? 0;
}
