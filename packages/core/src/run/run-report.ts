import type { NodeExecutionError } from './node-execution-error.js';
import type { FlowerPowerError } from '../errors/flowerpower-error.js';

/**
 * What became of one planned node. `not-run`: the run stopped before it could start, or before it could end for
 * all items. `not-chosen`: only a side of a branch needs it that was not taken.
 */
export type NodeOutcome =
  /** `failedItems`: for how many items of a fan-out it failed, where failures are collected. */
  | { readonly status: 'success'; readonly failedItems?: number }
  | { readonly status: 'failed'; readonly error: NodeExecutionError }
  | { readonly status: 'skipped'; readonly because: string }
  | { readonly status: 'not-run' }
  | { readonly status: 'not-chosen' };

/** The full story of one run, also of one that failed. */
export interface RunReport<Outputs> {
  readonly runId: string;
  readonly status: 'success' | 'failed' | 'cancelled';
  /** The requested outputs that were computed; all of them when the status is `success`. */
  readonly outputs: Partial<Outputs>;
  /** Outcome of each planned node, by name, in topological order. */
  readonly nodes: Readonly<Record<string, NodeOutcome>>;
  /** Every failure in the order it happened. */
  readonly errors: readonly NodeExecutionError[];
  /** What `execute` would reject with. */
  readonly error: FlowerPowerError | undefined;
  readonly durationMs: number;
}
