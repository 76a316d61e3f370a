/** From what a run knows of its slots to the report that users read. */
import { setOwnProperty } from '../model/own-property.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { NodeExecutionError } from './node-execution-error.js';
import type { NodeOutcome, RunReport } from './run-report.js';
import type { FanOuts } from './fan-outs.js';
import { type Frame, isComplete, statusOf, succeeded } from './frame.js';

type Outputs = Record<string, unknown>;

/** The parts of a run that its report asks for when somebody looks at them. */
interface ReportedRun {
  readonly runId: string;
  readonly root: Frame;
  readonly fanOuts: FanOuts | undefined;
}

/** What a run has come to. Makes a run id, and a list of all nodes, only when somebody looks at them. */
export class FinishedRun implements RunReport<Outputs> {
  readonly status: RunReport<Outputs>['status'];
  readonly outputs: Outputs = {};
  readonly error: FlowerPowerError | undefined;
  readonly durationMs: number;
  readonly #run: ReportedRun;

  constructor(run: ReportedRun, signal: AbortSignal | undefined, durationMs: number) {
    const { root } = run;
    const { plan, values } = root;
    const isWhole = isComplete(root);
    this.#run = run;
    this.durationMs = durationMs;
    for (const { name, slot } of plan.outputs) {
      if (isWhole || slot < plan.given || statusOf(root)[slot] === succeeded)
        setOwnProperty(this.outputs, name, values[slot]);
    }
    if (isWhole) this.status = 'success';
    else if (signal?.aborted) {
      this.status = 'cancelled';
      this.error = cancellation(signal);
    } else {
      this.status = 'failed';
      this.error = root.failures?.[0];
    }
  }

  get runId(): string {
    return this.#run.runId;
  }

  get errors(): NodeExecutionError[] {
    return this.#run.root.failures ?? [];
  }

  get nodes(): Record<string, NodeOutcome> {
    return describeOutcomes(this.#run);
  }

  /** The same as an ordinary object, with everything in it. */
  toReport(): RunReport<Outputs> {
    const { runId, status, outputs, nodes, errors, error, durationMs } = this;
    return { runId, status, outputs, nodes, errors, error, durationMs };
  }
}

function cancellation(signal: AbortSignal): FlowerPowerError {
  return new FlowerPowerError({
    code: 'FP_RUN_CANCELLED',
    message: 'The run was cancelled.',
    cause: signal.reason,
  });
}

function describeOutcomes({ root, fanOuts }: ReportedRun): Record<string, NodeOutcome> {
  const { plan, blame, failures } = root;
  const status = statusOf(root);
  const outcomes = new Map<string, NodeOutcome>();
  for (let slot = plan.given; slot < plan.count; slot++) {
    const name = plan.nodes[slot]?.name;
    if (name !== undefined) outcomes.set(name, outcomeOf(name, slot));
  }
  fanOuts?.describe(root, outcomes, outcomeOf);
  return Object.fromEntries(plan.planned.map(({ name }) => [name, outcomes.get(name)!]));

  function outcomeOf(name: string, slot: number): NodeOutcome {
    const error = failures?.find(({ node }) => node === name);
    if (error !== undefined) return { status: 'failed', error };
    const word = words[status[slot]!]!;
    return word === 'skipped' ? { status: word, because: blame!.get(slot)!.node } : { status: word };
  }
}

/**
 * In the order of the statuses: pending, succeeded, failed, skipped, idle. Of a fan-out that failed: the node that did is
 * named before it is asked for, and the others came to no end.
 */
const words = ['not-run', 'success', 'not-run', 'skipped', 'not-chosen'] as const;
