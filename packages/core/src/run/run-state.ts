import type { Plan } from '../plan/plan.js';
import type { NodeExecutionError } from './node-execution-error.js';

/** What a run knows of its slots while it goes on. */
export interface RunState {
  readonly plan: Plan;
  readonly values: unknown[];
  /** True once every slot has run in order; the statuses then need not exist. */
  ranInOrder: boolean;
  /** See {@link statusOf}. */
  status: Uint8Array | undefined;
  /** For skipped slots the failed slot that is to blame. */
  readonly blame: Int32Array | undefined;
  readonly failures: { readonly slot: number; readonly error: NodeExecutionError }[];
}

export const pending = 0;
export const succeeded = 1;
export const failed = 2;
export const skipped = 3;

/**
 * Status of each slot: {@link pending} or one of its fellows. Made when first asked for, because a run in which
 * nothing fails and nothing waits needs none, and making it costs as much as calling a dozen nodes.
 */
export function statusOf(state: RunState): Uint8Array {
  return (state.status ??= new Uint8Array(state.plan.count).fill(state.ranInOrder ? succeeded : pending));
}

export function isComplete(state: RunState): boolean {
  if (state.ranInOrder) return true;
  return state.failures.length === 0 && !statusOf(state).includes(pending);
}

/** Calls the function of a slot: gives a value, a thenable, or throws. */
export type Call = (slot: number) => unknown;

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
