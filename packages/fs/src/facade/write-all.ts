import { Readable } from 'node:stream';
import type { FileInfo, FileWriter, WriteData } from '../contract/file-system.js';
import { foreignItems } from './foreign-items.js';
import { onceAborted } from './once-aborted.js';

export interface WriteAllOptions {
  readonly open: () => Promise<FileWriter>;
  readonly data: WriteData;
  readonly signal: AbortSignal | undefined;
  /** The error to raise when the signal cut the source off. */
  readonly aborted: () => Error;
}

/**
 * Writes everything `data` yields and closes the writer. On any failure, also one of `data` itself, the writer is
 * aborted and a stream is destroyed; an error of the source passes through unchanged.
 */
export async function writeAll({ open, data, signal, aborted }: WriteAllOptions): Promise<FileInfo> {
  // A stream that stalls would not notice the signal, and one that is never read would keep its file or socket.
  const release = () => {
    if (data instanceof Readable) data.destroy();
  };
  const dismiss = onceAborted(signal, release);
  // What goes wrong with it before it is read is told by the reading.
  if (data instanceof Readable) data.on('error', ignore);
  try {
    const writer = await open();
    try {
      if (typeof data === 'string' || data instanceof Uint8Array) await writer.write(data);
      else if (Symbol.asyncIterator in data)
        for await (const { item } of foreignItems(data)) await writer.write(item);
      else for (const item of data) await writer.write(item);
    } catch (error) {
      await writer.abort();
      throw signal?.aborted ? aborted() : error;
    }
    return await writer.close();
  } catch (error) {
    release();
    throw error;
  } finally {
    dismiss();
    if (data instanceof Readable) data.off('error', ignore);
  }
}

function ignore(): void {}
