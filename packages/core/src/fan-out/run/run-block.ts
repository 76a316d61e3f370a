/** Runs a fan-out: all of it, for lists of results, or as a stream that runs as it is read. */
import type { Frame } from '../../run/frame.js';
import { MissingValue } from '../../run/missing-value.js';
import type { Block } from '../../plan/plan.js';
import type { BegunFanOuts } from './begun-fan-outs.js';
import { ItemPump } from './item-pump.js';
import { iterateBlock } from './iterate-block.js';
import { streamBlock } from './stream-block.js';

/**
 * @returns a list with one entry for each output of the block: the results of all items in the order of the
 *   items, or a stream of them. A promise of it where an item, or the list of items, is asynchronous.
 */
export function runBlock(fanOuts: BegunFanOuts, frame: Frame, slot: number): unknown {
  const { plan, values } = frame;
  const block = plan.blocks!.get(slot)!;
  const slots = plan.args.subarray(plan.argStart[slot], plan.argStart[slot + 1]);
  const given = Array.from(slots, (arg) => values[arg]);
  const standIn = standInFor(frame, block, given);
  if (standIn !== undefined) return block.outputs.map(() => standIn.value);
  if (block.stream === 'iterable') return [iterateBlock(fanOuts, frame, slot, block, given)];
  if (block.stream === 'asyncIterable') return [streamBlock(fanOuts, frame, slot, block, given)];
  const columns = block.outputs.map((): unknown => []);
  let hasEnded = false;
  let failure: Error | undefined;
  let settle: { resolve(columns: unknown): void; reject(error: Error): void } | undefined;
  const pump = new ItemPump(fanOuts, frame, block, {
    hasRoom: () => true,
    deliver(index, results) {
      for (let output = 0; output < columns.length; output++)
        (columns[output] as unknown[])[index] = results[output];
    },
    end(error) {
      hasEnded = true;
      failure = error;
      for (const [output, missing] of pump.failedOutputs) columns[output] = new MissingValue(missing);
      if (frame.replaced?.has(block.expander)) {
        failure = undefined;
        columns.fill(frame.replaced.get(block.expander));
      }
      if (failure === undefined) settle?.resolve(columns);
      else settle?.reject(failure);
    },
  });
  pump.open(given);
  if (!hasEnded) return new Promise((resolve, reject) => (settle = { resolve, reject }));
  if (failure !== undefined) throw failure;
  return columns;
}

/** What stands for every result: for an expander that has no list, or in the place of a list of an earlier round. */
function standInFor(
  { replaced }: Frame,
  { expander, takesItem, columns }: Block,
  given: readonly unknown[],
): { readonly value: unknown } | undefined {
  if (!replaced?.has(expander)) return undefined;
  const value = replaced.get(expander);
  const lists = given.slice(0, columns.length + Number(takesItem));
  return lists.some((list) => Object.is(list, value)) ? { value } : undefined;
}
