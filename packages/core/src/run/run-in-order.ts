/** The synchronous loop: calls slot after slot and stops at the first promise or failure. */
import { callNode } from './call-node.js';
import { isThenable } from '../model/is-thenable.js';
import { type Frame } from './frame.js';
import type { RunContext } from './run-context.js';

/**
 * Where the loop stopped: behind the last slot, at a promise, at an error, or because the run ends. The statuses of
 * the slots before it are not set yet.
 */
export type OrderedOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'promise'; readonly slot: number; readonly promise: PromiseLike<unknown> }
  | { readonly kind: 'failed'; readonly slot: number; readonly error: unknown }
  | { readonly kind: 'interrupted'; readonly slot: number };

const done: OrderedOutcome = { kind: 'done' };

export function runInOrder(run: RunContext, frame: Frame): OrderedOutcome {
  const { plan, calls, values } = frame;
  const { instrumented } = run;
  const stopping = run.isCancellable ? frame.owner : undefined;
  const { releaseStart, releases, count, shared } = plan;
  const before = calls.values;
  let slot = plan.given;
  calls.values = values;
  try {
    for (; slot < count; slot++) {
      if (stopping?.isStopped) return { kind: 'interrupted', slot };
      const value =
        instrumented === undefined ? callNode(calls, values, slot, run, frame) : instrumented(frame, slot);
      if (isThenable(value)) return { kind: 'promise', slot, promise: value };
      if (shared?.[slot] === 1) {
        const refusal = run.readers!.refusal(plan, slot, value, run.branches);
        if (refusal !== undefined) throw refusal;
      }
      values[slot] = value;
      for (let index = releaseStart[slot]!; index < releaseStart[slot + 1]!; index++) {
        values[releases[index]!] = undefined;
      }
    }
  } catch (error) {
    if (run.fanOuts?.isInterruption(error)) return { kind: 'interrupted', slot };
    return { kind: 'failed', slot, error };
  } finally {
    calls.values = before;
  }
  frame.ranInOrder = true;
  return done;
}
