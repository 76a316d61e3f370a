import type { DriverRead, DriverReader } from '../contract/file-system-driver.js';
import { resolveRange } from '../facade/check-range.js';
import { closeHandle } from './atomic-file.js';
import { expectFile } from './local-info.js';
import type { NodeFileHandle } from './node-fs-port.js';

const chunkBytes = 256 * 1024;

/** Reads an open file, which is its to close. A file that is replaced meanwhile is read to the end as it was. */
export async function readLocalFile(handle: NodeFileHandle, call: DriverRead): Promise<DriverReader> {
  try {
    const stats = await handle.stat();
    expectFile(stats, call.ifMatch);
    let { start: position, end } = resolveRange(call.range, Number(stats.size));
    return {
      async read() {
        const size = Math.min(chunkBytes, end - position);
        if (size === 0) return undefined;
        const buffer = new Uint8Array(size);
        const { bytesRead } = await handle.read(buffer, position);
        position += bytesRead;
        // Fewer bytes than the file had when it was opened: it was cut short in place.
        if (bytesRead === 0) end = position;
        return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead);
      },
      close: () => closeHandle(handle),
    };
  } catch (error) {
    await closeHandle(handle);
    throw error;
  }
}
