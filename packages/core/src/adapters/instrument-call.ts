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
    notifier.tell(startObservers, 'onNodeStart', event);
    let value: unknown;
    let isLater: boolean;
    try {
      value = callAround(frame, slot);
      isLater = isThenable(value);
      if (isLater && frame.owner.isSynchronous)
        throw frame.owner.refuse(event.node.name, value as PromiseLike<unknown>);
    } catch (error) {
      end(frame, slot, startedMs, 'failed', error);
      throw error;
    }
    if (!isLater) {
      end(frame, slot, startedMs, 'success', value);
      return value;
    }
    return asPromise(value as PromiseLike<unknown>).then(
      (settled) => {
        end(frame, slot, startedMs, 'success', settled);
        return settled;
      },
      (error: unknown) => {
        end(frame, slot, startedMs, 'failed', error);
        throw error;
      },
    );
  }

  function end(
    frame: Frame,
    slot: number,
    startedMs: number,
    status: 'success' | 'failed',
    outcome: unknown,
  ): void {
    if (endObservers.length === 0) return;
    const ended = new NodeEnd(runId, frame, slot, performance.now() - startedMs, status, outcome);
    notifier.tell(endObservers, 'onNodeEnd', ended as NodeEndEvent);
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
}

function isCached(frame: Frame, slot: number): boolean {
  return frame.cached?.has(slot) ?? false;
}

class NodeEnd extends NodeEvent {
  readonly durationMs: number;
  readonly status: 'success' | 'failed';
  declare readonly value?: unknown;
  declare readonly cached?: boolean;
  declare readonly error?: unknown;

  constructor(
    runId: string,
    frame: Frame,
    slot: number,
    durationMs: number,
    status: 'success' | 'failed',
    outcome: unknown,
  ) {
    super(runId, frame, slot);
    this.durationMs = durationMs;
    this.status = status;
    if (status === 'success') {
      this.value = outcome;
      this.cached = isCached(frame, slot);
    } else {
      this.error = outcome;
    }
  }
}

/** Holds as little as it can, since there is one for each call of a node. */
class AttemptedCall extends NodeEvent implements NodeCall {
  readonly #frame: Frame;
  readonly #slot: number;
  readonly #options: InstrumentOptions;

  constructor(options: InstrumentOptions, frame: Frame, slot: number) {
    super(options.runId, frame, slot);
    this.#frame = frame;
    this.#slot = slot;
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

  get cached(): boolean {
    return isCached(this.#frame, this.#slot);
  }

  replace(value: unknown): unknown {
    (this.#frame.replaced ??= new Map()).set(this.node, value);
    return value;
  }
}
