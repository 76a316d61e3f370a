/**
 * Lifecycle adapters: observers that are told what happens, and middleware around each node.
 * Without adapters the engine runs a loop that knows nothing of them.
 */
import type { Graph, GraphNode } from '../graph/graph.js';

export interface RunStartEvent {
  readonly runId: string;
  readonly graph: Graph;
  /** Requested outputs. */
  readonly outputs: readonly string[];
  /** Nodes that will execute, in topological order. */
  readonly planned: readonly string[];
}

export interface NodeStartEvent {
  readonly runId: string;
  readonly node: GraphNode;
  /**
   * What the node receives, by parameter; parameters that are left out are absent. Read it while being told:
   * values are released afterwards.
   */
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type NodeEndEvent = NodeStartEvent & { readonly durationMs: number } & (
    | { readonly status: 'success'; readonly value: unknown }
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
  /** The attempt of the run, counted from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  /**
   * What the node receives, by parameter; parameters that are left out are absent. Read it during the call:
   * values are released afterwards.
   */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Observes runs, wraps nodes, or both. Every member is optional.
 *
 * Observers run in the order of the adapters and must not throw; what one throws is logged as a warning and
 * changes nothing. Middleware composes in order, the first adapter outermost: call `next()` to go on, and
 * return its result or another one. `next` may be called again, for example to retry. A middleware of a
 * synchronous node that returns a promise makes that node asynchronous.
 */
export interface Adapter {
  readonly name: string;
  onRunStart?(event: RunStartEvent): void;
  onNodeStart?(event: NodeStartEvent): void;
  onNodeEnd?(event: NodeEndEvent): void;
  onRunEnd?(event: RunEndEvent): void;
  aroundNode?(call: NodeCall, next: () => unknown): unknown;
}
