/** Wraps the call of a node with observers and middleware. Used only when adapters listen. */
import type { Adapter, NodeCall, NodeEndEvent } from '../adapters/adapter.js';
import type { GraphNode } from '../graph/graph.js';
import type { NodeLog } from '../types/functions.js';
import { type Call, isThenable } from './run-state.js';

export interface InstrumentOptions {
  readonly adapters: readonly Adapter[];
  readonly nodes: readonly GraphNode[];
  readonly runId: string;
  readonly attempt: number;
  readonly signal: () => AbortSignal;
  readonly log: NodeLog;
}

export function instrumentCall(call: Call, options: InstrumentOptions): Call {
  const { adapters, nodes, runId, attempt, log } = options;
  const around = adapters.filter((adapter) => adapter.aroundNode !== undefined);
  const startObservers = adapters.filter((adapter) => adapter.onNodeStart !== undefined);
  const endObservers = adapters.filter((adapter) => adapter.onNodeEnd !== undefined);

  return (slot) => {
    const node = nodes[slot]!;
    const startedMs = performance.now();
    notify(startObservers, log, (adapter) => adapter.onNodeStart?.({ runId, node }));
    const end = (outcome: { status: 'success'; value: unknown } | { status: 'failed'; error: unknown }) => {
      const event: NodeEndEvent = { runId, node, durationMs: performance.now() - startedMs, ...outcome };
      notify(endObservers, log, (adapter) => adapter.onNodeEnd?.(event));
    };
    let value: unknown;
    try {
      value = around.length === 0 ? call(slot) : callThrough(slot, node);
    } catch (error) {
      end({ status: 'failed', error });
      throw error;
    }
    if (!isThenable(value)) {
      end({ status: 'success', value });
      return value;
    }
    return Promise.resolve(value).then(
      (settled) => {
        end({ status: 'success', value: settled });
        return settled;
      },
      (error: unknown) => {
        end({ status: 'failed', error });
        throw error;
      },
    );
  };

  function callThrough(slot: number, node: GraphNode): unknown {
    const nodeCall: NodeCall = { runId, node, attempt, signal: options.signal() };
    const enter = (depth: number): unknown => {
      const adapter = around[depth];
      return adapter === undefined ? call(slot) : adapter.aroundNode!(nodeCall, () => enter(depth + 1));
    };
    return enter(0);
  }
}

/** Tells each observer; one that throws is logged and changes nothing. */
export function notify(adapters: readonly Adapter[], log: NodeLog, tell: (adapter: Adapter) => void): void {
  for (const adapter of adapters) {
    try {
      tell(adapter);
    } catch (error) {
      log.warn(`The adapter '${adapter.name}' threw; the run goes on.`, { error });
    }
  }
}
