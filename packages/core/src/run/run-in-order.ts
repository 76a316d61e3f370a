/** The synchronous loop: calls slot after slot and stops at the first promise or failure. */
import { callNode, type NodeContexts } from './call-node.js';
import { NodeExecutionError } from './node-execution-error.js';
import { type Call, failed, isThenable, type RunState, statusOf, succeeded } from './run-state.js';

/** Where the loop stopped: behind the last slot, at a promise, or at a failure. */
export type OrderedOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'promise'; readonly slot: number; readonly promise: PromiseLike<unknown> }
  | { readonly kind: 'failed' };

interface OrderedRun extends NodeContexts {
  readonly state: RunState;
  /** What to call instead of the functions themselves. */
  readonly instrumented: Call | undefined;
}

const done: OrderedOutcome = { kind: 'done' };

export function runInOrder(run: OrderedRun): OrderedOutcome {
  const { state, instrumented } = run;
  const { plan, values } = state;
  const { releaseStart, releases, inputs } = plan;
  const before = inputs.values;
  let slot = plan.given;
  inputs.values = values;
  try {
    for (; slot < plan.count; slot++) {
      const value = instrumented === undefined ? callNode(plan, values, slot, run) : instrumented(slot);
      if (isThenable(value)) {
        statusOf(state).fill(succeeded, 0, slot);
        return { kind: 'promise', slot, promise: value };
      }
      values[slot] = value;
      for (let index = releaseStart[slot]!; index < releaseStart[slot + 1]!; index++) {
        values[releases[index]!] = undefined;
      }
    }
  } catch (error) {
    const status = statusOf(state).fill(succeeded, 0, slot);
    status[slot] = failed;
    state.failures.push({ slot, error: new NodeExecutionError(plan, slot, values, error) });
    return { kind: 'failed' };
  } finally {
    inputs.values = before;
  }
  state.ranInOrder = true;
  return done;
}
