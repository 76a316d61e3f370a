import { type Stats, statSync } from 'node:fs';
import { unreadableFile } from '../errors/unreadable-file.js';

/** What `stat` says about a file; equal stamps mean the content was not changed since, see {@link isRacy}. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly size: number;
}

/** Clock and file system granularity, in milliseconds: a file changed this shortly before it was read is not trusted. */
const granularityMs = 2_000;

/** The stat of a path, or undefined when nothing stands there. Other failures raise `FP_MODULE_FILE_UNREADABLE`. */
export function statPath(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file stands where a directory of the path should be.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw unreadableFile(path, error);
  }
}

export function isFile(path: string): boolean {
  return statPath(path)?.isFile() ?? false;
}

export function isDirectory(path: string): boolean {
  return statPath(path)?.isDirectory() ?? false;
}

export function stampOf(stats: Stats): FileStamp {
  return { mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, size: stats.size };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.size === b.size;
}

/**
 * True when a file changed so shortly before it was read that a later change could carry the same stamp.
 * The content of such a file is compared by hash (as git does with "racily clean" entries of its index).
 */
export function isRacy(stamp: FileStamp, readAtMs: number): boolean {
  return Math.max(stamp.mtimeMs, stamp.ctimeMs) + granularityMs > readAtMs;
}
