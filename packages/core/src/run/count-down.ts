/** What each slot of a frame waits for when the concurrent scheduler takes over. */
import { type Frame, pending, statusOf, succeeded } from './frame.js';

export interface CountDown {
  /** Unfinished dependencies of each slot. */
  readonly waiting: Int32Array;
  /** Consumers that still need each slot's value; outputs count one more. */
  readonly uses: Int32Array;
  readonly ready: number[];
}

/** @param from - the slot at which the synchronous loop stopped; slots before it are finished. */
export function countDown(frame: Frame, from: number | undefined): CountDown {
  const { plan } = frame;
  const first = from ?? plan.given;
  const waiting = new Int32Array(plan.count);
  const uses = new Int32Array(plan.count);
  const ready: number[] = [];
  const status = statusOf(frame);
  for (const { slot } of plan.outputs) uses[slot]!++;
  status.fill(succeeded, 0, first);
  for (let slot = first; slot < plan.count; slot++) {
    for (let edge = plan.argStart[slot]!; edge < plan.argStart[slot + 1]!; edge++) {
      const source = plan.args[edge]!;
      uses[source]!++;
      if (source >= first) waiting[slot]!++;
    }
    const waits = waiting[slot]! > 0 || plan.branches?.has(slot);
    if (!waits && slot !== from && status[slot] === pending) ready.push(slot);
  }
  return { waiting, uses, ready };
}
