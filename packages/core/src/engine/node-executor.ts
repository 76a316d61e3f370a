/** Where nodes run that `runOn` sends elsewhere. */
import type { GraphNode } from '../model/graph.js';

/** One node to run. */
export interface NodeTask {
  readonly runId: string;
  readonly node: GraphNode;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[] | undefined;
  /** What the node receives, by parameter; parameters that are left out are absent. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Counted from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  /** Calls the function of the node in this process. */
  call(): unknown;
}

/**
 * Runs nodes somewhere: in this process, in another thread, on another machine. Given to a driver by name, for the
 * modifier `runOn`.
 */
export interface NodeExecutor {
  /**
   * @returns the value of the node, or a promise of it. What it throws or rejects with fails the node; the cause
   *   should be the error of the function itself, untouched.
   */
  execute(task: NodeTask): unknown;
}

export type NodeExecutors = Readonly<Record<string, NodeExecutor>>;
