/** Wraps the call of a node with observers and middleware. Used only when adapters listen. */
import type { Adapter, NodeCall, NodeEndEvent, NodeStartEvent } from '../adapters/adapter.js';
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
  /** The values that a slot's function receives, by parameter. */
  readonly inputsOf: (slot: number) => Readonly<Record<string, unknown>>;
}

export function instrumentCall(call: Call, options: InstrumentOptions): Call {
  const { adapters, nodes, runId, attempt, log, inputsOf } = options;
  const around = adapters.filter((adapter) => adapter.aroundNode !== undefined);
  const startObservers = adapters.filter((adapter) => adapter.onNodeStart !== undefined);
  const endObservers = adapters.filter((adapter) => adapter.onNodeEnd !== undefined);
  const observed = startObservers.length > 0 || endObservers.length > 0;
  const callAround: Call = around.length === 0 ? call : callThrough;
  if (!observed) return callAround;

  return (slot) => {
    const event = new NodeEvent(runId, nodes[slot]!, slot, inputsOf);
    // Reading the clock costs as much as calling several nodes.
    const startedMs = endObservers.length > 0 ? performance.now() : 0;
    for (const adapter of startObservers) {
      try {
        adapter.onNodeStart!(event);
      } catch (error) {
        reportObserver(adapter, log, error);
      }
    }
    let value: unknown;
    try {
      value = callAround(slot);
    } catch (error) {
      end(event, startedMs, 'failed', error);
      throw error;
    }
    if (!isThenable(value)) {
      end(event, startedMs, 'success', value);
      return value;
    }
    return Promise.resolve(value).then(
      (settled) => {
        end(event, startedMs, 'success', settled);
        return settled;
      },
      (error: unknown) => {
        end(event, startedMs, 'failed', error);
        throw error;
      },
    );
  };

  function end(event: NodeEvent, startedMs: number, status: 'success' | 'failed', outcome: unknown): void {
    if (endObservers.length === 0) return;
    const ended = new NodeEnd(event, performance.now() - startedMs, status, outcome) as NodeEndEvent;
    for (const adapter of endObservers) {
      try {
        adapter.onNodeEnd!(ended);
      } catch (error) {
        reportObserver(adapter, log, error);
      }
    }
  }

  function callThrough(slot: number): unknown {
    const nodeCall = new AttemptedCall(
      new NodeEvent(runId, nodes[slot]!, slot, inputsOf),
      attempt,
      options.signal(),
    );
    const enter = (depth: number): unknown => {
      const adapter = around[depth];
      return adapter === undefined ? call(slot) : adapter.aroundNode!(nodeCall, () => enter(depth + 1));
    };
    return enter(0);
  }
}

/** Collects the inputs only when somebody looks at them. */
class NodeEvent implements NodeStartEvent {
  readonly runId: string;
  readonly node: GraphNode;
  readonly #slot: number;
  readonly #inputsOf: (slot: number) => Readonly<Record<string, unknown>>;

  constructor(runId: string, node: GraphNode, slot: number, inputsOf: InstrumentOptions['inputsOf']) {
    this.runId = runId;
    this.node = node;
    this.#slot = slot;
    this.#inputsOf = inputsOf;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    return this.#inputsOf(this.#slot);
  }
}

class NodeEnd {
  readonly runId: string;
  readonly node: GraphNode;
  readonly durationMs: number;
  readonly status: 'success' | 'failed';
  declare readonly value?: unknown;
  declare readonly error?: unknown;
  readonly #start: NodeEvent;

  constructor(start: NodeEvent, durationMs: number, status: 'success' | 'failed', outcome: unknown) {
    this.runId = start.runId;
    this.node = start.node;
    this.durationMs = durationMs;
    this.status = status;
    if (status === 'success') this.value = outcome;
    else this.error = outcome;
    this.#start = start;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    return this.#start.inputs;
  }
}

class AttemptedCall implements NodeCall {
  readonly runId: string;
  readonly node: GraphNode;
  readonly attempt: number;
  readonly signal: AbortSignal;
  readonly #event: NodeEvent;

  constructor(event: NodeEvent, attempt: number, signal: AbortSignal) {
    this.runId = event.runId;
    this.node = event.node;
    this.attempt = attempt;
    this.signal = signal;
    this.#event = event;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    return this.#event.inputs;
  }
}

/** Tells each observer; one that throws is logged and changes nothing. */
export function notify(adapters: readonly Adapter[], log: NodeLog, tell: (adapter: Adapter) => void): void {
  for (const adapter of adapters) {
    try {
      tell(adapter);
    } catch (error) {
      reportObserver(adapter, log, error);
    }
  }
}

function reportObserver(adapter: Adapter, log: NodeLog, error: unknown): void {
  log.warn(`The adapter '${adapter.name}' threw; the run goes on.`, { error });
}
