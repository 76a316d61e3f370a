/**
 * Lifecycle adapters: observers that hear what happens, and middleware around each node.
 * Without adapters the engine runs a loop that knows nothing of them.
 */
import type { NodeLog } from '../model/functions.js';
import type { Graph, GraphNode } from '../model/graph.js';

export interface RunStartEvent {
  readonly runId: string;
  readonly graph: Graph;
  /** Requested outputs. */
  readonly outputs: readonly string[];
  /** Nodes that will execute, in topological order; those inside a fan-out once for each item. */
  readonly planned: readonly string[];
}

export interface NodeStartEvent {
  readonly runId: string;
  readonly node: GraphNode;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[] | undefined;
  /**
   * What the node receives, by parameter; parameters that are left out are absent. Read it during the call:
   * values are released afterwards.
   */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type NodeEndEvent = NodeStartEvent & { readonly durationMs: number } & (
    | {
        readonly status: 'success';
        readonly value: unknown;
        /** True when the value came from the cache, and the node was not called. */
        readonly cached: boolean;
      }
    | { readonly status: 'failed'; readonly error: unknown }
  );

export interface RunEndEvent {
  readonly runId: string;
  readonly status: 'success' | 'failed' | 'cancelled';
  readonly durationMs: number;
  readonly error: unknown;
}

/** One call of a node's function, as middleware sees it. */
export interface NodeCall {
  readonly runId: string;
  readonly node: GraphNode;
  /** Inside a fan-out: the position of the item, from 0, in each fan-out around the node, the outermost first. */
  readonly item: readonly number[] | undefined;
  /** The attempt of the run, counted from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  /**
   * What the node receives, by parameter; parameters that are left out are absent. Read it during the call:
   * values are released afterwards.
   */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The log of the run. */
  readonly log: NodeLog;
  /**
   * Lets a value stand for a node that has none, and gives it back. Unlike a value that is only returned, it goes as
   * it is past a fan-out, as the value of every node that collects, and through a branch that it should have chosen for.
   */
  replace(value: unknown): unknown;
  /** Once `next` has given its value: true when that came from the cache, and the node was not called. */
  readonly cached: boolean;
}

/**
 * Observes runs, wraps nodes, or both. Every member is optional.
 *
 * Observers run in the order of the adapters. One may return a promise: the run does not end before it is settled,
 * but no node waits for it; other results are ignored. What an observer throws or rejects with is logged as a
 * warning and changes nothing. What events hold is read when it is asked for: take `inputs` and `item` by name,
 * a spread leaves them out.
 *
 * Middleware composes in order, the first adapter outermost: call `next()` to go on, and return its result or
 * another one. `next` may be called again, for example to retry. A middleware of a synchronous node that returns a
 * promise makes that node asynchronous.
 */
export interface Adapter {
  readonly name: string;
  onRunStart?(event: RunStartEvent): unknown;
  onNodeStart?(event: NodeStartEvent): unknown;
  onNodeEnd?(event: NodeEndEvent): unknown;
  onRunEnd?(event: RunEndEvent): unknown;
  aroundNode?(call: NodeCall, next: () => unknown): unknown;
}
