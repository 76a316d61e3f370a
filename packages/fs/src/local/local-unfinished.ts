/** Unfinished writes on the local disk: what processes left that were killed, and what others are writing now. */
import { join } from 'node:path';
import type { UnfinishedWrite } from '../contract/file-system.js';
import { joinPath } from '../paths/normalize-path.js';
import { removeFile } from './atomic-file.js';
import { codeOf } from './classify-node-error.js';
import type { NodeFs } from './node-fs-port.js';
import { isTempName, writerOf } from './temp-name.js';

interface Directory {
  /** Relative to the root of the filesystem. */
  readonly path: string;
  readonly real: string;
}

interface Found {
  readonly write: UnfinishedWrite;
  readonly real: string;
}

/** Looks through a directory, and with `recursive` through all below it. Links are not followed. */
export async function* unfinishedWrites(
  fs: NodeFs,
  { path, real }: Directory,
  recursive: boolean,
): AsyncGenerator<Found> {
  for (const child of await orIfGone(() => fs.readdir(real), [])) {
    const at = { path: joinPath(path, child.name), real: join(real, child.name) };
    if (child.isDirectory() && recursive) yield* unfinishedWrites(fs, at, recursive);
    if (!child.isFile() || !isTempName(child.name)) continue;
    const stats = await orIfGone(() => fs.lstat(at.real), undefined);
    if (stats === undefined) continue;
    const mtime = new Date(Number(stats.mtimeMs));
    const writer = writerOf(child.name, mtime.getTime())!;
    yield { write: { path: at.path, size: Number(stats.size), mtime, writer }, real: at.real };
  }
}

/** Removes those whose writer is dead. */
export async function deleteUnfinished(
  fs: NodeFs,
  directory: Directory,
  recursive: boolean,
): Promise<{ deleted: number; sizeBytes: number }> {
  let deleted = 0;
  let sizeBytes = 0;
  for await (const { write, real } of unfinishedWrites(fs, directory, recursive)) {
    if (write.writer !== 'dead') continue;
    await removeFile(fs, real);
    deleted++;
    sizeBytes += write.size;
  }
  return { deleted, sizeBytes };
}

async function orIfGone<T, U>(call: () => Promise<T>, gone: U): Promise<T | U> {
  try {
    return await call();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return gone;
    throw error;
  }
}
