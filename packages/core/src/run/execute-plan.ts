/** Runs a plan: synchronous loop first, concurrent scheduler from the first promise on, then the report. */
import type { Adapter } from '../adapters/adapter.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { Graph } from '../graph/graph.js';
import type { Plan } from '../plan/plan.js';
import type { NodeContext, NodeLog } from '../types/functions.js';
import { callNode } from './call-node.js';
import { instrumentCall, notify } from './instrument-call.js';
import { NodeExecutionError } from './node-execution-error.js';
import { runConcurrently } from './run-concurrently.js';
import { createRunId } from './run-id.js';
import { runInOrder } from './run-in-order.js';
import type { NodeOutcome, RunReport } from './run-report.js';
import { type Call, failed, isThenable, type RunState, skipped, succeeded } from './run-state.js';

export interface RunOptions {
  /** Values of the plan's given slots. */
  readonly given: readonly unknown[];
  readonly graph: Graph;
  readonly adapters: readonly Adapter[];
  readonly log: NodeLog;
  readonly maxConcurrency: number;
  readonly onError: 'fail' | 'continue';
  readonly signal: AbortSignal | undefined;
  readonly runId: string | undefined;
  readonly attempt: number;
  /** Refuses promises instead of waiting for them. */
  readonly synchronous: boolean;
}

type Report = RunReport<Record<string, unknown>>;

/**
 * Runs until everything that can run has run.
 *
 * @returns the report, or a promise of it as soon as one node gave a promise. Never throws for a failing node.
 */
export function executePlan(plan: Plan, options: RunOptions): Report | Promise<Report> {
  const run = startRun(plan, options);
  if (run.isStopped()) return run.report();
  if (options.onError === 'continue') return schedule(run, plan, options, undefined);
  const outcome = runInOrder(run.state, run.context, run.instrumented);
  if (outcome.kind === 'promise' && !options.synchronous) return schedule(run, plan, options, outcome);
  if (outcome.kind === 'promise') {
    const error = refusePromise(plan.nodes[outcome.slot]!.name, outcome.promise);
    run.state.failures.push({
      slot: outcome.slot,
      error: new NodeExecutionError(plan, outcome.slot, run.state.values, error),
    });
    run.state.status[outcome.slot] = failed;
    run.stop();
  }
  if (outcome.kind === 'failed') run.stop();
  return run.report();
}

function schedule(
  run: Run,
  plan: Plan,
  options: RunOptions,
  first: { readonly slot: number; readonly promise: PromiseLike<unknown> } | undefined,
): Report | Promise<Report> {
  const direct = run.instrumented ?? ((slot) => callNode(plan, run.state.values, slot, run.context));
  const call: Call = options.synchronous ? synchronousOnly(plan, direct) : direct;
  let report: Report | undefined;
  let resolve: ((report: Report) => void) | undefined;
  runConcurrently(run.state, call, {
    maxConcurrency: options.maxConcurrency,
    onError: options.onError,
    isStopped: run.isStopped,
    onFailure: () => {
      if (options.onError === 'fail') run.stop();
    },
    first,
    onDone: () => {
      report = run.report();
      resolve?.(report);
    },
  });
  return report ?? new Promise((settle) => (resolve = settle));
}

function synchronousOnly(plan: Plan, call: Call): Call {
  return (slot) => {
    const value = call(slot);
    if (isThenable(value)) throw refusePromise(plan.nodes[slot]!.name, value);
    return value;
  };
}

/** The promise is left to itself; its rejection must not end the process. */
function refusePromise(node: string, promise: PromiseLike<unknown>): FlowerPowerError {
  Promise.resolve(promise).catch(() => {});
  return new FlowerPowerError({
    code: 'FP_NOT_SYNCHRONOUS',
    message: `The node '${node}' returned a promise, which a synchronous execution cannot wait for.`,
    hint: 'Use execute(...) instead of executeSync(...).',
  });
}

interface Run {
  readonly state: RunState;
  readonly context: (slot: number) => NodeContext;
  readonly instrumented: Call | undefined;
  readonly isStopped: () => boolean;
  /** Starts nothing new and aborts the signal of the nodes that run. */
  readonly stop: () => void;
  readonly report: () => Report;
}

function startRun(plan: Plan, options: RunOptions): Run {
  const { adapters, log, signal } = options;
  const startedMs = performance.now();
  let runId = options.runId;
  let controller: AbortController | undefined;
  let stopped = signal?.aborted ?? false;

  const state: RunState = {
    plan,
    values: options.given.concat(new Array(plan.count - plan.given).fill(undefined)),
    status: new Uint8Array(plan.count),
    blame: options.onError === 'continue' ? new Int32Array(plan.count) : undefined,
    failures: [],
  };
  // Made on demand: most graphs have no node that looks at them.
  const idOfRun = () => (runId ??= createRunId());
  const abortSignal = () => {
    controller ??= new AbortController();
    if (stopped) controller.abort(signal?.reason);
    return controller.signal;
  };
  const stop = () => {
    stopped = true;
    controller?.abort(signal?.reason);
  };
  signal?.addEventListener('abort', stop);

  const context = (slot: number): NodeContext => {
    const node = plan.nodes[slot]!.name;
    const id = idOfRun();
    return {
      signal: abortSignal(),
      log,
      runId: id,
      node,
      attempt: options.attempt,
      idempotencyKey: `${id}:${node}`,
    };
  };
  const instrumented =
    adapters.length === 0
      ? undefined
      : instrumentCall((slot) => callNode(plan, state.values, slot, context), {
          adapters,
          nodes: plan.nodes,
          runId: idOfRun(),
          attempt: options.attempt,
          signal: abortSignal,
          log,
        });
  notify(adapters, log, (adapter) =>
    adapter.onRunStart?.({
      runId: idOfRun(),
      graph: options.graph,
      outputs: plan.outputs.map(({ name }) => name),
      planned: plan.nodes.slice(plan.given).map(({ name }) => name),
    }),
  );

  const report = (): Report => {
    signal?.removeEventListener('abort', stop);
    const made = createReport(state, idOfRun, signal, performance.now() - startedMs);
    const { status, durationMs, error } = made;
    notify(adapters, log, (adapter) => adapter.onRunEnd?.({ runId: idOfRun(), status, durationMs, error }));
    return made;
  };
  return { state, context, instrumented, isStopped: () => stopped, stop, report };
}

function createReport(
  state: RunState,
  idOfRun: () => string,
  signal: AbortSignal | undefined,
  durationMs: number,
): Report {
  const { plan, status, values } = state;
  const errors = state.failures.map(({ error }) => error);
  const complete = status.every((slot) => slot === succeeded);
  const cancelled = !complete && (signal?.aborted ?? false);
  const outputs: Record<string, unknown> = {};
  for (const { name, slot } of plan.outputs) {
    if (status[slot] === succeeded || slot < plan.given) outputs[name] = values[slot];
  }
  return {
    get runId() {
      return idOfRun();
    },
    status: complete ? 'success' : cancelled ? 'cancelled' : 'failed',
    outputs,
    get nodes() {
      return describeOutcomes(state);
    },
    errors,
    error: complete ? undefined : cancelled ? cancellation(signal) : errors[0],
    durationMs,
  };
}

function cancellation(signal: AbortSignal | undefined): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_RUN_CANCELLED',
    message: 'The run was cancelled.',
    cause: signal?.reason,
  });
}

function describeOutcomes({ plan, status, blame, failures }: RunState): Record<string, NodeOutcome> {
  const outcomes: Record<string, NodeOutcome> = {};
  for (let slot = plan.given; slot < plan.count; slot++) {
    const { name } = plan.nodes[slot]!;
    if (status[slot] === succeeded) outcomes[name] = { status: 'success' };
    else if (status[slot] === failed) {
      outcomes[name] = { status: 'failed', error: failures.find((failure) => failure.slot === slot)!.error };
    } else if (status[slot] === skipped) {
      outcomes[name] = { status: 'skipped', because: plan.nodes[blame![slot]!]!.name };
    } else outcomes[name] = { status: 'not-run' };
  }
  return outcomes;
}
