import { Readable } from 'node:stream';
import type { FileInfo, FileWriter, WriteData } from '../contract/file-system.js';
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
  try {
    const writer = await open();
    try {
      for await (const chunk of piecesOf(data)) await writer.write(chunk);
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
  }
}

function piecesOf(data: WriteData): Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string> {
  if (typeof data === 'string' || data instanceof Uint8Array) return [data];
  return data;
}
