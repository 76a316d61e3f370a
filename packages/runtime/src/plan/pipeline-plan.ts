/** What a run would do, as data. */
import type { PreviewReason } from '@flowerpower/core';

/**
 * What happens to a node, if nothing fails.
 * - `run`: it is computed; a loader loads, a saver saves.
 * - `cached`: its value comes from the cache.
 * - `unknown`: that depends on what the nodes under `until` give, which run first.
 * - `skip`: nothing happens to it.
 */
export type PlannedAction = 'run' | 'cached' | 'unknown' | 'skip';

export interface PlannedNode {
  readonly node: string;
  readonly action: PlannedAction;
  /** Why, as a phrase: `its code changed`, `in the cache`, `until 'total' has run`. */
  readonly because: string;
  /** The same for programs; absent for what is skipped or taken from elsewhere. */
  readonly reason?: PreviewReason;
  /** What changed since the last run, where that is the reason: names of parameters. */
  readonly changed?: readonly string[];
  /** Of loaded data: `pair` of the node that loads, `value` of the one that hands its value on. */
  readonly loaded?: 'pair' | 'value';
  /** Of what is unknown: the nodes that run before it is known, in topological order. */
  readonly until?: readonly string[];
  /** Inside a fan-out: the node that lists its items, and of how many of them the value is in the cache. */
  readonly each?: string;
  readonly items?: { readonly all: number; readonly cached: number };
  /** About how long it takes, from earlier runs in which it was computed. Absent where there were none. */
  readonly expectedMs?: number;
}

export interface PlannedSave {
  /** The node that is saved. */
  readonly node: string;
  /** As it is written. Absent where only the run decides it. */
  readonly path?: string;
  /** Whether something is there that would be replaced. Absent where that is not known. */
  readonly exists?: boolean;
  /** Of a file that is there. */
  readonly sizeBytes?: number;
  /** ISO 8601, UTC: when what is there was written. */
  readonly writtenAt?: string;
}

export interface PipelinePlan {
  readonly pipeline: string;
  /** What is asked for, without savers. */
  readonly outputs: readonly string[];
  /** Every node of the pipeline, in topological order. */
  readonly nodes: readonly PlannedNode[];
  /** What is written. */
  readonly saves: readonly PlannedSave[];
  /**
   * About how long the nodes that run take together, one after the other, from earlier runs. Those that are unknown count.
   * Absent where nothing is known of any of them.
   */
  readonly expectedMs?: number;
}
