import { dirname } from 'node:path';
import { DriverFailure, type DriverWrite, type DriverWriter } from '../contract/file-system-driver.js';
import { checkTarget, closeHandle, commitFile, removeFile, tempBeside } from './atomic-file.js';
import { codeOf } from './classify-node-error.js';
import { fileInfo } from './local-info.js';
import { type LocalPaths, linkInTheWay } from './local-paths.js';
import { makeDirectory } from './make-directory.js';
import type { NodeFileHandle, NodeFs } from './node-fs-port.js';

/** Less than this waits for more: a call of the system costs as much as writing it. */
const worthwhileBytes = 64 * 1024;

/** Starts a temporary file that replaces `target` on `close`. A replaced file keeps its permission bits. */
export async function openLocalWriter(
  fs: NodeFs,
  paths: LocalPaths,
  { path, target }: { readonly path: string; readonly target: string },
  conditions: DriverWrite,
): Promise<DriverWriter> {
  const existing = await checkTarget(fs, target, conditions);
  const temp = tempBeside(target);
  const handle = await openNew(fs, temp);
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
  const small = smallChunks();
  return {
    async write(chunk) {
      const bytes = small.add(chunk);
      if (bytes !== undefined) await handle.writeAll(bytes);
    },
    async close() {
      const rest = small.take();
      if (rest.byteLength > 0) await handle.writeAll(rest);
      if (conditions.durable !== false) await handle.sync();
      await handle.close();
      return fileInfo(path, await commitFile(fs, temp, target, conditions));
    },
    abort,
  };
}

/** The directories above it are made where opening finds them missing: mostly they are there. */
async function openNew(fs: NodeFs, path: string): Promise<NodeFileHandle> {
  try {
    return await fs.open(path, 'wx');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeDirectory(fs, dirname(path));
    return fs.open(path, 'wx');
  }
}

/** Collects small chunks. It copies them: the caller may use its buffer again. */
function smallChunks() {
  let chunks: Uint8Array[] = [];
  let bytes = 0;
  const take = (): Uint8Array => {
    const all = Buffer.concat(chunks, bytes);
    chunks = [];
    bytes = 0;
    return all;
  };
  return {
    take,
    /** What is to be written now, in order. */
    add(chunk: Uint8Array): Uint8Array | undefined {
      if (bytes === 0 && chunk.byteLength >= worthwhileBytes) return chunk;
      chunks.push(Buffer.from(chunk));
      bytes += chunk.byteLength;
      return bytes >= worthwhileBytes ? take() : undefined;
    },
  };
}
