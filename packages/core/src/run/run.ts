/**
 * One run from its start to its report: run id, signal, values, and the calls that observers see. A class whose
 * parts are made on demand, because most runs need few of them and short ones should not pay for all.
 */
import type { Plan } from '../plan/plan.js';
import type { NodeContext, NodeLog } from '../model/functions.js';
import type { Graph } from '../model/graph.js';
import type { Readers } from '../plan/readers.js';
import { callNodeAlone } from './call-node.js';
import type { CallTable } from './call-table.js';
import { manyListeners } from '../model/many-listeners.js';
import { FinishedRun } from './finished-run.js';
import type { RunOptions, StartOrder } from './run-options.js';
import { type Call, Frame, type FrameOwner, noteFailure } from './frame.js';
import type { NodeExecutionError } from './node-execution-error.js';
import { Permits } from './permits.js';
import { refusePromise } from './refuse-promise.js';
import type { BranchEngine } from './branches.js';
import type { FanOuts } from './fan-outs.js';
import type { RunContext } from './run-context.js';
import type { BegunRun, JoinRun, RunPart } from './run-part.js';
import { createRunId } from './run-id.js';

export class Run implements RunContext, FrameOwner, BegunRun {
  readonly root: Frame;
  readonly permits: Permits;
  readonly onError: 'fail' | 'continue';
  readonly isCancellable: boolean;
  readonly order: StartOrder | undefined;
  readonly isSynchronous: boolean;
  /** The call that goes through those who take part; undefined when it is a plain one. */
  readonly instrumented: Call | undefined;
  readonly #options: RunOptions;
  readonly #startedMs = performance.now();
  readonly fanOuts: FanOuts | undefined;
  readonly readers: Readers | undefined;
  readonly branches: BranchEngine | undefined;
  /** Undefined when nobody takes part. */
  #parts: RunPart[] | undefined;
  #runId: string | undefined;
  #controller: AbortController | undefined;
  #isStopped: boolean;
  #onAbort: (() => void) | undefined;

  constructor(calls: CallTable, options: RunOptions) {
    const { plan } = calls;
    const { signal } = options;
    this.#options = options;
    this.#runId = options.runId;
    this.#isStopped = signal?.aborted ?? false;
    this.permits = new Permits(options.maxConcurrency);
    this.onError = options.onError;
    this.isCancellable = signal !== undefined;
    this.isSynchronous = options.isSynchronous;
    this.root = new Frame(calls, emptyValues(plan, options.given), this, undefined, -1);
    if (signal !== undefined) {
      this.#onAbort = () => this.stop();
      manyListeners(signal);
      signal.addEventListener('abort', this.#onAbort);
    }
    this.fanOuts = plan.blocks && options.beginFanOuts!(this);
    if (this.fanOuts !== undefined) this.#parts = [this.fanOuts];
    this.readers = options.readers;
    this.branches = options.branches;
    this.order = options.order;
    this.instrumented = this.#instrument(options.joins);
  }

  get runId(): string {
    return (this.#runId ??= createRunId());
  }

  get graph(): Graph {
    return this.#options.graph;
  }

  get plan(): Plan {
    return this.root.plan;
  }

  get attempt(): number {
    return this.#options.attempt;
  }

  get log(): NodeLog {
    return this.#options.log;
  }

  get resources(): Readonly<Record<string, unknown>> | undefined {
    return this.#options.resources;
  }

  refuse(node: string, promise: PromiseLike<unknown>): Error {
    return refusePromise(node, promise);
  }

  /** True once nothing new may start. */
  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** The first failure stops the run, unless it is to go on with what does not depend on it. */
  onFailure(error: NodeExecutionError): void {
    noteFailure(this.root, error);
    if (this.onError === 'fail') this.stop();
  }

  /** Starts nothing new and aborts the signal of the nodes that run. */
  stop(): void {
    this.#isStopped = true;
    this.#controller?.abort(this.#options.signal?.reason);
  }

  contextOf(frame: Frame, slot: number): NodeContext {
    const node = frame.plan.nodes[slot]!.name;
    const { runId } = this;
    const { log, attempt, resources } = this.#options;
    const context: NodeContext = {
      signal: this.signal(),
      log,
      runId,
      node,
      attempt,
      idempotencyKey: `${runId}:${node}`,
      ...(resources !== undefined && { resources }),
    };
    if (this.#parts === undefined) return context;
    return this.#parts.reduce((seen, part) => part.contextFor?.(frame, slot, seen) ?? seen, context);
  }

  /** What the run still waits for because of those who take part. */
  settle(): PromiseLike<unknown> | undefined {
    const waits = this.#parts?.flatMap((part) => part.settle?.() ?? []);
    return waits?.length ? Promise.all(waits) : undefined;
  }

  /** Ends the run: whatever it has computed until now is its result. */
  report(): FinishedRun {
    const { signal } = this.#options;
    if (this.#onAbort !== undefined) signal?.removeEventListener('abort', this.#onAbort);
    const made = new FinishedRun(this, signal, performance.now() - this.#startedMs);
    for (const part of this.#parts ?? []) part.end?.(made);
    return made;
  }

  signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      manyListeners(this.#controller.signal);
    }
    if (this.#isStopped) this.#controller.abort(this.#options.signal?.reason);
    return this.#controller.signal;
  }

  /** Undefined when a plain call will do. */
  #instrument(joins: readonly JoinRun[] = []): Call | undefined {
    let call: Call | undefined;
    for (const join of joins) {
      const part = join(this);
      if (part === undefined) continue;
      (this.#parts ??= []).push(part);
      call = part.around?.(call ?? ((frame, slot) => callNodeAlone(slot, this, frame))) ?? call;
    }
    return call;
  }
}

/** True when slots cannot simply be called one after the other, even if none gives a promise. */
export function isScheduled(plan: Plan, onError: 'fail' | 'continue'): boolean {
  return onError === 'continue' || plan.branches !== undefined;
}

function emptyValues(plan: Plan, given: readonly unknown[]): unknown[] {
  const values = new Array<unknown>(plan.count);
  for (let slot = 0; slot < plan.given; slot++) values[slot] = given[slot];
  return values;
}
