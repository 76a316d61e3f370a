/** Runs a plan: synchronous loop first, concurrent scheduler from the first promise on, then the report. */
import type { CallTable } from './call-table.js';
import type { FinishedRun } from './finished-run.js';
import { failSlot } from './fail-slot.js';
import { statusOf, succeeded } from './frame.js';
import { isScheduled, Run } from './run.js';
import type { RunOptions } from './run-options.js';
import { runConcurrently } from './run-concurrently.js';
import { type OrderedOutcome, runInOrder } from './run-in-order.js';

/**
 * Runs until everything that can run has run.
 *
 * @param calls - of the plan; kept from run to run, it knows how to call what was called before.
 * @returns the report, or a promise of it as soon as one node gave a promise. Never throws for a failing node.
 */
export function executePlan(calls: CallTable, options: RunOptions): FinishedRun | Promise<FinishedRun> {
  const { plan } = calls;
  const run = new Run(calls, options);
  if (run.isStopped) return finish(run);
  if (isScheduled(plan, options.onError)) return schedule(run, options, undefined);
  const outcome = runInOrder(run, run.root);
  if (outcome.kind !== 'done') statusOf(run.root).fill(succeeded, 0, outcome.slot);
  if (outcome.kind === 'promise') {
    if (!run.isSynchronous) return schedule(run, options, outcome);
    const { slot, promise } = outcome;
    failSlot(run, run.root, slot, run.refuse(plan.nodes[slot]!.name, promise));
  }
  if (outcome.kind === 'failed') failSlot(run, run.root, outcome.slot, outcome.error);
  return finish(run);
}

function schedule(
  run: Run,
  { onError }: RunOptions,
  from: Extract<OrderedOutcome, { kind: 'promise' }> | undefined,
): FinishedRun | Promise<FinishedRun> {
  let isDone = false;
  let resolve: (() => void) | undefined;
  runConcurrently(run, run.root, {
    onError,
    from,
    onDone: () => {
      isDone = true;
      resolve?.();
    },
  });
  if (isDone) return finish(run);
  // What ends a run may throw, such as a log; whoever waits for it must hear of that.
  return new Promise<void>((settle) => (resolve = settle)).then(() => finish(run));
}

/** Nothing of the run is left when its report is there. */
function finish(run: Run): FinishedRun | Promise<FinishedRun> {
  const left = run.settle();
  if (left !== undefined) return Promise.resolve(left).then(() => finish(run));
  const report = run.report();
  const reported = run.settle();
  return reported === undefined ? report : Promise.resolve(reported).then(() => report);
}
