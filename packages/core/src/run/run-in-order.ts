/** The synchronous loop: calls slot after slot and stops at the first promise or failure. */
import type { NodeContext } from '../types/functions.js';
import { callNode } from './call-node.js';
import { NodeExecutionError } from './node-execution-error.js';
import { type Call, failed, isThenable, type RunState, succeeded } from './run-state.js';

/** Where the loop stopped: behind the last slot, at a promise, or at a failure. */
export type OrderedOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'promise'; readonly slot: number; readonly promise: PromiseLike<unknown> }
  | { readonly kind: 'failed' };

const done: OrderedOutcome = { kind: 'done' };

/** @param call - an instrumented call; without one, functions are called directly. */
export function runInOrder(
  state: RunState,
  context: (slot: number) => NodeContext,
  call: Call | undefined,
): OrderedOutcome {
  const { plan, values } = state;
  const { releaseStart, releases } = plan;
  let slot = plan.given;
  try {
    for (; slot < plan.count; slot++) {
      const value = call === undefined ? callNode(plan, values, slot, context) : call(slot);
      if (isThenable(value)) {
        state.status.fill(succeeded, 0, slot);
        return { kind: 'promise', slot, promise: value };
      }
      values[slot] = value;
      for (let index = releaseStart[slot]!; index < releaseStart[slot + 1]!; index++) {
        values[releases[index]!] = undefined;
      }
    }
  } catch (error) {
    state.status.fill(succeeded, 0, slot);
    state.status[slot] = failed;
    state.failures.push({ slot, error: new NodeExecutionError(plan, slot, values, error) });
    return { kind: 'failed' };
  }
  state.status.fill(succeeded);
  return done;
}
