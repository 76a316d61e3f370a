/** Runs a plan: synchronous loop first, concurrent scheduler from the first promise on, then the report. */
import type { Adapter } from '../adapters/adapter.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { Graph } from '../graph/graph.js';
import type { Plan } from '../plan/plan.js';
import type { NodeLog } from '../types/functions.js';
import { NodeExecutionError } from './node-execution-error.js';
import { runConcurrently } from './run-concurrently.js';
import { Run } from './run.js';
import { runInOrder } from './run-in-order.js';
import type { RunReport } from './run-report.js';
import { type Call, failed, isThenable, statusOf } from './run-state.js';

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
  const run = new Run(plan, options);
  if (run.isStopped) return run.report();
  if (options.onError === 'continue') return schedule(run, plan, options, undefined);
  const outcome = runInOrder(run);
  if (outcome.kind === 'promise' && !options.synchronous) return schedule(run, plan, options, outcome);
  if (outcome.kind === 'promise') {
    const error = refusePromise(plan.nodes[outcome.slot]!.name, outcome.promise);
    run.state.failures.push({
      slot: outcome.slot,
      error: new NodeExecutionError(plan, outcome.slot, run.state.values, error),
    });
    statusOf(run.state)[outcome.slot] = failed;
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
  const call = options.synchronous
    ? synchronousOnly(plan, run.instrumented ?? ((slot) => run.call(slot)))
    : run.instrumented;
  let report: Report | undefined;
  let resolve: ((report: Report) => void) | undefined;
  runConcurrently(run, {
    maxConcurrency: options.maxConcurrency,
    onError: options.onError,
    call,
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
