/** What becomes of a stream of items when its run ends. */
import type { CoreErrorCode } from '../../errors/catalogue.js';
import { FlowerPowerError } from '../../errors/flowerpower-error.js';
import { failSlot } from '../../run/fail-slot.js';
import { type Frame, statusOf } from '../../run/frame.js';
import type { BegunFanOuts } from './begun-fan-outs.js';
import { Interruption } from './interruption.js';

/**
 * What whoever reads on must hear, who would take the end of the run for the end of the items. A stream that is an
 * output fails its node: nobody could read it.
 */
export function endOfRun({ run }: BegunFanOuts, frame: Frame, stream: object): Error {
  const interruption = new Interruption();
  if (frame.owner.isStopped) return interruption;
  const code: CoreErrorCode = 'FP_STREAM_ENDED';
  const error = new FlowerPowerError({
    code,
    message: interruption.message,
    hint: 'Read a stream of items in a node, or collect an array.',
  });
  for (const { slot } of frame.plan.outputs) {
    if (frame.values[slot] !== stream) continue;
    statusOf(frame);
    frame.ranInOrder = false;
    failSlot(run, frame, slot, error);
  }
  return error;
}

/** Notes that the nodes inside did not run, or came to no end for some items. */
export function noteUnended({ unended }: BegunFanOuts, frame: Frame, slot: number): void {
  if (frame.parent === undefined) unended.add(slot);
}

/** What whoever begins a second time must hear, who would take it for an empty list. */
export function readAgain(): FlowerPowerError {
  const code: CoreErrorCode = 'FP_READ_TWICE';
  return new FlowerPowerError({
    code,
    message: 'A collected stream is read once.',
    hint: 'Collect an array to read it again.',
  });
}
