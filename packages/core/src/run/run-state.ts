import type { Plan } from '../plan/plan.js';
import type { NodeExecutionError } from './node-execution-error.js';

/** What a run knows of its slots while it goes on. */
export interface RunState {
  readonly plan: Plan;
  readonly values: unknown[];
  /** Status of each slot; see {@link pending} and its fellows. */
  readonly status: Uint8Array;
  /** For skipped slots the failed slot that is to blame. */
  readonly blame: Int32Array | undefined;
  readonly failures: { readonly slot: number; readonly error: NodeExecutionError }[];
}

export const pending = 0;
export const succeeded = 1;
export const failed = 2;
export const skipped = 3;

/** Calls the function of a slot: gives a value, a thenable, or throws. */
export type Call = (slot: number) => unknown;

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}
