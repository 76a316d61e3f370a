import type { GraphNode } from '../model/graph.js';
import type { Plan } from '../plan/plan.js';
import type { CallTable } from './call-table.js';
import type { NodeExecutionError } from './node-execution-error.js';

export interface FrameOwner {
  /** True when nothing can be waited for: promises are refused, and permits are not asked for. */
  readonly isSynchronous: boolean;
  /** The error for what a node gave where nothing can be waited for. */
  refuse(node: string, promise: PromiseLike<unknown>): Error;
  /** True once nothing more may start in the frame. */
  readonly isStopped: boolean;
  /** Called for each failure of the frame at once. */
  onFailure(error: NodeExecutionError): void;
}

/**
 * One pass through a plan: that of the whole run, or that of one item of a fan-out. Kept small, because there
 * may be a million of them.
 */
export class Frame {
  readonly plan: Plan;
  readonly calls: CallTable;
  readonly values: unknown[];
  /** The frame around the fan-out; undefined for the whole run. */
  readonly parent: Frame | undefined;
  /** The position of the item in its fan-out; -1 for the whole run. */
  readonly index: number;
  readonly owner: FrameOwner;
  /** True once every slot has run in order; the statuses then need not exist. */
  ranInOrder = false;
  /** See {@link statusOf}. */
  status: Uint8Array | undefined;
  /** In the order they happened. */
  failures: NodeExecutionError[] | undefined;
  /** For skipped slots the failure that is to blame. */
  blame: Map<number, NodeExecutionError> | undefined;
  /** The slot that each branch has chosen. */
  chosen: Map<number, number> | undefined;
  /** What stands for nodes that have no value, by node. */
  replaced: Map<GraphNode, unknown> | undefined;
  /** Slots whose values came from the cache. */
  cached: Set<number> | undefined;

  constructor(
    calls: CallTable,
    values: unknown[],
    owner: FrameOwner,
    parent: Frame | undefined,
    index: number,
  ) {
    this.plan = calls.plan;
    this.calls = calls;
    this.values = values;
    this.owner = owner;
    this.parent = parent;
    this.index = index;
  }

  /** The position in each fan-out around it, the outermost first. Undefined outside of every fan-out. */
  get item(): readonly number[] | undefined {
    if (this.parent === undefined) return undefined;
    return [...(this.parent.item ?? []), this.index];
  }
}

export const pending = 0;
export const succeeded = 1;
export const failed = 2;
export const skipped = 3;
/** Only for a side of a branch that was not chosen, at least not yet. */
export const idle = 4;

/**
 * Status of each slot: {@link pending} or one of its fellows. Made when first asked for, because a pass in which
 * nothing fails and nothing waits needs none, and making it costs as much as calling a dozen nodes.
 */
export function statusOf(frame: Frame): Uint8Array {
  return (frame.status ??= new Uint8Array(frame.plan.count).fill(frame.ranInOrder ? succeeded : pending));
}

export function isComplete(frame: Frame): boolean {
  if (frame.ranInOrder) return true;
  return frame.failures === undefined && !statusOf(frame).includes(pending);
}

/** Keeps a failure of the frame, once. */
export function noteFailure(frame: Frame, error: NodeExecutionError): void {
  const failures = (frame.failures ??= []);
  if (!failures.includes(error)) failures.push(error);
}

/** Calls the function of a slot: gives a value, a thenable, or throws. */
export type Call = (frame: Frame, slot: number) => unknown;
