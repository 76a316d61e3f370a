/**
 * One run from its start to its report: run id, signal, values, and the calls that observers see. A class whose
 * parts are made on demand, because most runs need few of them and short ones should not pay for all.
 */
import type { Plan } from '../plan/plan.js';
import type { NodeContext } from '../types/functions.js';
import { callNodeAlone } from './call-node.js';
import { createReport, type FinishedRun } from './create-report.js';
import type { RunOptions } from './execute-plan.js';
import { instrumentCall, notify } from './instrument-call.js';
import { createRunId } from './run-id.js';
import type { Call, RunState } from './run-state.js';

export class Run {
  readonly state: RunState;
  /** The call that adapters see; undefined when there are none. */
  readonly instrumented: Call | undefined;
  readonly #options: RunOptions;
  readonly #startedMs = performance.now();
  #runId: string | undefined;
  #controller: AbortController | undefined;
  #isStopped: boolean;
  #onAbort: (() => void) | undefined;

  constructor(plan: Plan, options: RunOptions) {
    const { adapters, signal } = options;
    this.#options = options;
    this.#runId = options.runId;
    this.#isStopped = signal?.aborted ?? false;
    this.state = {
      plan,
      values: emptyValues(plan, options.given),
      ranInOrder: false,
      status: undefined,
      blame: options.onError === 'continue' ? new Int32Array(plan.count) : undefined,
      failures: [],
    };
    if (signal !== undefined) {
      this.#onAbort = () => this.stop();
      signal.addEventListener('abort', this.#onAbort);
    }
    this.instrumented = adapters.length === 0 ? undefined : this.#instrument(plan, options);
  }

  get runId(): string {
    return (this.#runId ??= createRunId());
  }

  /** True once nothing new may start. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Starts nothing new and aborts the signal of the nodes that run. */
  stop(): void {
    this.#isStopped = true;
    this.#controller?.abort(this.#options.signal?.reason);
  }

  /** Calls a slot outside the synchronous loop, unseen by adapters. */
  call(slot: number): unknown {
    return callNodeAlone(this.state.plan, this.state.values, slot, this);
  }

  contextOf(slot: number): NodeContext {
    const node = this.state.plan.nodes[slot]!.name;
    const { runId } = this;
    const { log, attempt } = this.#options;
    return { signal: this.#signal(), log, runId, node, attempt, idempotencyKey: `${runId}:${node}` };
  }

  /** Ends the run: whatever it has computed until now is its result. */
  report(): FinishedRun {
    const { adapters, log, signal } = this.#options;
    if (this.#onAbort !== undefined) signal?.removeEventListener('abort', this.#onAbort);
    const made = createReport(this, signal, performance.now() - this.#startedMs);
    if (adapters.length > 0) {
      const { status, durationMs, error } = made;
      notify(adapters, log, (adapter) =>
        adapter.onRunEnd?.({ runId: this.runId, status, durationMs, error }),
      );
    }
    return made;
  }

  #signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isStopped) this.#controller.abort(this.#options.signal?.reason);
    return this.#controller.signal;
  }

  #instrument(plan: Plan, { adapters, attempt, graph, log }: RunOptions): Call {
    const { runId } = this;
    const instrumented = instrumentCall((slot) => this.call(slot), {
      adapters,
      nodes: plan.nodes,
      runId,
      attempt,
      signal: () => this.#signal(),
      log,
      inputsOf: (slot) => plan.inputs.fresh(slot, this.state.values),
    });
    if (adapters.some((adapter) => adapter.onRunStart !== undefined)) {
      const outputs = plan.outputs.map(({ name }) => name);
      const planned = plan.nodes.slice(plan.given).map(({ name }) => name);
      notify(adapters, log, (adapter) => adapter.onRunStart?.({ runId, graph, outputs, planned }));
    }
    return instrumented;
  }
}

function emptyValues(plan: Plan, given: readonly unknown[]): unknown[] {
  const values = new Array<unknown>(plan.count);
  for (let slot = 0; slot < plan.given; slot++) values[slot] = given[slot];
  return values;
}
