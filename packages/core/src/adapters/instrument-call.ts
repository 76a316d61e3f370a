/** Wraps the call of a node with observers and middleware. Used only when adapters listen. */
import { asPromise } from '../model/as-promise.js';
import type { Adapter, NodeCall, NodeEndEvent, NodeStartEvent } from './adapter.js';
import type { NodeLog } from '../model/functions.js';
import type { GraphNode } from '../model/graph.js';
import { isThenable } from '../model/is-thenable.js';
import { notePromise } from '../model/promises.js';
import type { Call, Frame } from '../run/frame.js';
import type { Notifier } from './notify.js';

export interface InstrumentOptions {
  readonly adapters: readonly Adapter[];
  readonly runId: string;
  readonly attempt: number;
  readonly signal: () => AbortSignal;
  readonly notifier: Notifier;
  readonly log: NodeLog;
}

export function instrumentCall(call: Call, options: InstrumentOptions): Call {
  const { adapters, runId, notifier } = options;
  const around = adapters.filter((adapter) => adapter.aroundNode !== undefined);
  const startObservers = adapters.filter((adapter) => adapter.onNodeStart !== undefined);
  const endObservers = adapters.filter((adapter) => adapter.onNodeEnd !== undefined);
  const callAround: Call = around.length === 0 ? call : callThrough;
  const observed = startObservers.length > 0 || endObservers.length > 0 ? callObserved : callAround;
  // Slots without a node are the plan's own business.
  return (frame, slot) => (frame.plan.nodes[slot] === undefined ? call(frame, slot) : observed(frame, slot));

  function callObserved(frame: Frame, slot: number): unknown {
    const event = new NodeEvent(runId, frame, slot);
    // Reading the clock costs as much as calling several nodes.
    const startedMs = endObservers.length > 0 ? performance.now() : 0;
    // Each hook by its own name, not by `tell`: a name that varies would cost as much as the observers.
    for (const adapter of startObservers) {
      try {
        const reported = adapter.onNodeStart!(event);
        if (isThenable(reported)) notifier.follow(adapter, reported);
      } catch (error) {
        notifier.warn(adapter, error);
      }
    }
    let value: unknown;
    let isLater: boolean;
    try {
      value = callAround(frame, slot);
      isLater = isThenable(value);
      if (isLater && frame.owner.isSynchronous)
        throw frame.owner.refuse(event.node.name, value as PromiseLike<unknown>);
    } catch (error) {
      end(event, startedMs, 'failed', error);
      throw error;
    }
    if (!isLater) {
      end(event, startedMs, 'success', value);
      return value;
    }
    return asPromise(value as PromiseLike<unknown>).then(
      (settled) => {
        end(event, startedMs, 'success', settled);
        return settled;
      },
      (error: unknown) => {
        end(event, startedMs, 'failed', error);
        throw error;
      },
    );
  }

  function end(event: NodeEvent, startedMs: number, status: 'success' | 'failed', outcome: unknown): void {
    if (endObservers.length === 0) return;
    const ended = new NodeEnd(event, performance.now() - startedMs, status, outcome) as NodeEndEvent;
    for (const adapter of endObservers) {
      try {
        const reported = adapter.onNodeEnd!(ended);
        if (isThenable(reported)) notifier.follow(adapter, reported);
      } catch (error) {
        notifier.warn(adapter, error);
      }
    }
  }

  function callThrough(frame: Frame, slot: number): unknown {
    const nodeCall = new AttemptedCall(options, frame, slot);
    const enter = (depth: number): unknown => {
      const adapter = around[depth];
      if (adapter === undefined) return call(frame, slot);
      let inner: unknown;
      const value = adapter.aroundNode!(nodeCall, () => (inner = enter(depth + 1)));
      return frame.owner.isSynchronous
        ? notePromise(value, inner, 'adapter', adapter.name, nodeCall.node.name)
        : value;
    };
    return enter(0);
  }
}

/** Collects the inputs only when somebody looks at them. */
class NodeEvent implements NodeStartEvent {
  readonly runId: string;
  readonly node: GraphNode;
  readonly #frame: Frame;
  readonly #slot: number;

  constructor(runId: string, frame: Frame, slot: number) {
    this.runId = runId;
    this.node = frame.plan.nodes[slot]!;
    this.#frame = frame;
    this.#slot = slot;
  }

  get item(): readonly number[] | undefined {
    return this.#frame.item;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    const { calls, values } = this.#frame;
    return calls.fresh(this.#slot, values);
  }

  get cached(): boolean {
    return this.#frame.cached?.has(this.#slot) ?? false;
  }
}

class NodeEnd {
  readonly runId: string;
  readonly node: GraphNode;
  readonly durationMs: number;
  readonly status: 'success' | 'failed';
  declare readonly value?: unknown;
  declare readonly cached?: boolean;
  declare readonly error?: unknown;
  readonly #start: NodeEvent;

  constructor(start: NodeEvent, durationMs: number, status: 'success' | 'failed', outcome: unknown) {
    this.runId = start.runId;
    this.node = start.node;
    this.durationMs = durationMs;
    this.status = status;
    if (status === 'success') {
      this.value = outcome;
      this.cached = start.cached;
    } else {
      this.error = outcome;
    }
    this.#start = start;
  }

  get item(): readonly number[] | undefined {
    return this.#start.item;
  }

  get inputs(): Readonly<Record<string, unknown>> {
    return this.#start.inputs;
  }
}

/** Holds as little as it can, since there is one for each call of a node. */
class AttemptedCall extends NodeEvent implements NodeCall {
  readonly #frame: Frame;
  readonly #options: InstrumentOptions;

  constructor(options: InstrumentOptions, frame: Frame, slot: number) {
    super(options.runId, frame, slot);
    this.#frame = frame;
    this.#options = options;
  }

  get attempt(): number {
    return this.#options.attempt;
  }

  get signal(): AbortSignal {
    return this.#options.signal();
  }

  get log(): NodeLog {
    return this.#options.log;
  }

  replace(value: unknown): unknown {
    (this.#frame.replaced ??= new Map()).set(this.node, value);
    return value;
  }
}
