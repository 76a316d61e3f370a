import { DriverFailure, type DriverWrite, type DriverWriter } from '../contract/file-system-driver.js';
import { checkTarget, closeHandle, commitFile, prepareTemp, removeFile } from './atomic-file.js';
import { fileInfo } from './local-info.js';
import { type LocalPaths, linkInTheWay } from './local-paths.js';
import type { NodeFs } from './node-fs-port.js';

/** Starts a temporary file that replaces `target` on `close`. A replaced file keeps its permission bits. */
export async function openLocalWriter(
  fs: NodeFs,
  paths: LocalPaths,
  { path, target }: { readonly path: string; readonly target: string },
  conditions: DriverWrite,
): Promise<DriverWriter> {
  const existing = await checkTarget(fs, target, conditions);
  const temp = await prepareTemp(fs, target);
  const handle = await fs.open(temp, 'wx');
  const abort = async () => {
    try {
      await closeHandle(handle);
    } finally {
      await removeFile(fs, temp);
    }
  };
  try {
    if (!(await paths.isStill(temp, handle))) throw new DriverFailure('InvalidPath', linkInTheWay);
    if (existing !== undefined) await handle.chmod(Number(existing.mode) & 0o7777);
  } catch (error) {
    await abort();
    throw error;
  }
  return {
    write: (chunk) => handle.writeAll(chunk),
    async close() {
      if (conditions.durable !== false) await handle.sync();
      await handle.close();
      return fileInfo(path, await commitFile(fs, temp, target, conditions));
    },
    abort,
  };
}
