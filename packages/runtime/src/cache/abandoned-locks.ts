import type { FileInfo, FileSystem } from '@flowerpower/fs';
import { locksDir } from './key-locks.js';
import { stateOfOwner } from './lock-owner.js';

/** A lock of another machine that gave no sign for this long is nobody's: a week, as for unfinished files. */
const abandonedMs = 7 * 24 * 60 * 60 * 1000;

/** Locks of processes that did not live to release them. */
export async function* abandonedLocks(fs: FileSystem, nowMs = Date.now()): AsyncGenerator<FileInfo> {
  for await (const info of fs.list(locksDir, { recursive: true })) {
    if (!/^locks\/[\da-f]{64}$/.test(info.path)) continue;
    // One that is gone meanwhile was released.
    const text = await fs.readText(info.path).catch(() => undefined);
    if (text === undefined) continue;
    const state = stateOfOwner(text);
    const isOld = info.mtime !== undefined && nowMs - info.mtime.getTime() > abandonedMs;
    if (state === 'dead' || (state === 'unknown' && isOld)) yield info;
  }
}
