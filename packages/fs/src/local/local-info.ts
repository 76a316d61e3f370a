import type { BigIntStats } from 'node:fs';
import { DriverFailure } from '../contract/file-system-driver.js';
import type { FileInfo } from '../contract/file-system.js';

/** @throws DriverFailure NotFile for what is neither a file nor a directory. */
export function fileInfo(path: string, stats: BigIntStats): FileInfo {
  if (!stats.isDirectory()) expectFile(stats);
  return stats.isDirectory()
    ? { path, type: 'directory', mtime: stats.mtime }
    : { path, type: 'file', size: Number(stats.size), mtime: stats.mtime, version: versionOf(stats) };
}

/**
 * The version token: inode, size and modification time in nanoseconds. Every write through this package makes a new
 * inode. Not told apart: contents of equal size that follow each other within one tick of the file system's clock
 * (about 4 ms on Linux) on a re-used inode.
 */
function versionOf(stats: BigIntStats): string {
  return [stats.ino, stats.size, stats.mtimeNs].map((part) => part.toString(36)).join('-');
}

/** Refuses a directory, what is not a file at all, and a file that is no longer the expected version. */
export function expectFile(stats: BigIntStats, ifMatch?: string): void {
  if (stats.isDirectory()) throw new DriverFailure('IsDirectory');
  if (!stats.isFile()) throw new DriverFailure('NotFile', `it is ${kindOf(stats)}, not a file`);
  if (ifMatch !== undefined && versionOf(stats) !== ifMatch) throw new DriverFailure('PreconditionFailed');
}

function kindOf(stats: BigIntStats): string {
  if (stats.isFIFO()) return 'a named pipe';
  return stats.isSocket() ? 'a socket' : 'a device';
}
