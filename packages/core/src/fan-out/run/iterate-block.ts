/** A synchronous fan-out that runs as it is read: one item at a time. */
import type { Block } from '../../plan/plan.js';
import type { Frame } from '../../run/frame.js';
import type { RunContext } from '../../run/run-context.js';
import { ItemPump } from './item-pump.js';

/** May be read once. Nothing starts before the first item is asked for. */
export function* iterateBlock(
  run: RunContext,
  frame: Frame,
  block: Block,
  given: readonly unknown[],
): Generator<unknown> {
  const waiting: unknown[] = [];
  let hasEnded = false;
  let failure: Error | undefined;
  const pump = new ItemPump(run, frame, block, {
    isSynchronous: true,
    hasRoom: () => waiting.length === 0,
    deliver: (_, results) => void waiting.push(results[0]),
    end(error) {
      hasEnded = true;
      failure = error;
    },
  });
  try {
    pump.open(given);
    while (waiting.length > 0) {
      yield waiting.shift();
      pump.pump();
    }
    if (failure !== undefined) throw failure;
  } finally {
    if (!hasEnded) pump.close();
  }
}
