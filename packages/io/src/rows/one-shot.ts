import type { FlowerPowerError } from '@flowerpower/core';
import type { IoMetadata, Loaded, StreamMetadata } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';

export interface StreamSource<Batch> {
  /** Called at the first request; what it returns at its end are the facts about the file. */
  readonly start: () => AsyncGenerator<Batch, IoMetadata | undefined>;
  /** As written in the options. */
  readonly file: string;
  readonly uri: string;
  readonly format: string;
}

/** Batches that are read as they are consumed, once. */
export function oneShot<Batch extends readonly unknown[]>(
  source: StreamSource<Batch>,
): Loaded<AsyncIterable<Batch>> {
  const { start, file, uri, format } = source;
  let state: StreamMetadata['state'] = 'waiting';
  let used = false;
  let rows = 0;
  let complete: IoMetadata | undefined;
  let end!: (metadata: IoMetadata | undefined) => void;
  const ended = new Promise<IoMetadata | undefined>((resolve) => (end = resolve));

  async function* run(): AsyncGenerator<Batch, void> {
    state = 'reading';
    const batches = start();
    try {
      for (let next = await batches.next(); ; next = await batches.next()) {
        if (next.done) {
          complete = next.value;
          state = 'complete';
          return;
        }
        rows += next.value.length;
        yield next.value;
      }
    } catch (error) {
      state = 'failed';
      throw error;
    } finally {
      if (state === 'reading') {
        state = 'stopped';
        await batches.return(undefined);
      }
      end(complete);
    }
  }

  const value: AsyncIterable<Batch> = {
    [Symbol.asyncIterator]() {
      if (used) throw consumed(file);
      used = true;
      return run();
    },
  };
  const metadata: StreamMetadata = {
    uri,
    format,
    ended,
    get state() {
      return state;
    },
    get rows() {
      return rows;
    },
    get complete() {
      return complete;
    },
  };
  return { value, metadata };
}

function consumed(file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_CONSUMED',
    message: `The batches of '${file}' have been read already; they can be read once.`,
    hint: "Load with as: 'records' when several nodes need the rows.",
  });
}
