/** Where nodes run that `runOn` sends elsewhere. */
import type { GraphNode } from '../model/graph.js';
import { localExecutor } from '../model/local-executor.js';
import type { Call } from './frame.js';

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

interface ExecutorCallOptions {
  readonly executors: NodeExecutors;
  readonly runId: string;
  readonly attempt: number;
  readonly signal: () => AbortSignal;
}

export function executorCalls(call: Call, options: ExecutorCallOptions): Call {
  const { executors, runId, attempt, signal } = options;
  return (frame, slot) => {
    const { plan, values } = frame;
    const node = plan.nodes[slot];
    const name = node?.executor ?? localExecutor;
    if (node === undefined || name === localExecutor) return call(frame, slot);
    return executors[name]!.execute({
      runId,
      node,
      item: frame.item,
      inputs: plan.inputs.fresh(slot, values),
      attempt,
      signal: signal(),
      call: () => call(frame, slot),
    });
  };
}
