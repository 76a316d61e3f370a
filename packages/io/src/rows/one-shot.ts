import type { FlowerPowerError } from '@flowerpower/core';
import type { IoMetadata, Loaded } from '../contract/io.js';
import { ioError } from '../errors/io-error.js';

/**
 * Batches that are read as they are consumed, once. `start` is called at the first request; the metadata it returns
 * at its end settles the promise.
 */
export function oneShot<Batch>(
  start: () => AsyncGenerator<Batch, IoMetadata>,
  file: string,
): Loaded<AsyncIterable<Batch>> {
  let settle: (metadata: IoMetadata | undefined) => void;
  const metadata = new Promise<IoMetadata | undefined>((resolve) => {
    settle = resolve;
  });
  async function* run(): AsyncGenerator<Batch, void> {
    let known: IoMetadata | undefined;
    try {
      known = yield* start();
    } finally {
      settle(known);
    }
  }
  let used = false;
  const value: AsyncIterable<Batch> = {
    [Symbol.asyncIterator]() {
      if (used) throw consumed(file);
      used = true;
      return run();
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
