import type { FlowerPowerError } from '@flowerpower/core';
import { ioError } from '../errors/io-error.js';

/** Something that is read as it is consumed, once: `start` is called at the first request. */
export function oneShot<Item>(start: () => AsyncGenerator<Item, unknown>, file: string): AsyncIterable<Item> {
  let used = false;
  return {
    [Symbol.asyncIterator]() {
      if (used) throw consumed(file);
      used = true;
      return start();
    },
  };
}

function consumed(file: string): FlowerPowerError {
  return ioError({
    code: 'FP_IO_CONSUMED',
    message: `The batches of '${file}' have been read already; they can be read once.`,
    hint: "Load with as: 'records' when several nodes need the rows.",
  });
}
