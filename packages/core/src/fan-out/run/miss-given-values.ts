import { failed, type Frame, noteFailure, pending, statusOf } from '../../run/frame.js';
import { isMissingValue } from '../../run/missing-value.js';
import type { NodeExecutionError } from '../../run/node-execution-error.js';

/** An item may come with failures of an earlier round of its fan-out instead of values. */
export function missGivenValues(
  frame: Frame,
  ready: number[],
  skipDependents: (slot: number, failure: NodeExecutionError) => void,
): void {
  const status = statusOf(frame);
  for (let slot = 0; slot < frame.plan.given; slot++) {
    const value = frame.values[slot];
    if (!isMissingValue(value)) continue;
    status[slot] = failed;
    (frame.blame ??= new Map()).set(slot, value.error);
    noteFailure(frame, value.error);
    skipDependents(slot, value.error);
  }
  if (frame.failures === undefined) return;
  const possible = ready.filter((slot) => status[slot] === pending);
  ready.splice(0, ready.length, ...possible);
}
