/** From what a run knows of its slots to the report that users read. */
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { NodeExecutionError } from './node-execution-error.js';
import type { NodeOutcome, RunReport } from './run-report.js';
import { failed, isComplete, type RunState, skipped, statusOf, succeeded } from './run-state.js';

type Outputs = Record<string, unknown>;

/** The parts of a run that its report asks for when somebody looks at them. */
interface ReportedRun {
  readonly runId: string;
  readonly state: RunState;
}

export function createReport(
  run: ReportedRun,
  signal: AbortSignal | undefined,
  durationMs: number,
): FinishedRun {
  const { state } = run;
  const { plan, values } = state;
  const complete = isComplete(state);
  const outputs: Outputs = {};
  for (const { name, slot } of plan.outputs) {
    if (complete || slot < plan.given || statusOf(state)[slot] === succeeded) outputs[name] = values[slot];
  }
  if (complete) return new FinishedRun(run, 'success', outputs, undefined, durationMs);
  if (signal?.aborted) return new FinishedRun(run, 'cancelled', outputs, cancellation(signal), durationMs);
  return new FinishedRun(run, 'failed', outputs, state.failures[0]?.error, durationMs);
}

/** Makes a run id, and a list of all nodes, only when somebody looks at them. */
export class FinishedRun implements RunReport<Outputs> {
  readonly status: RunReport<Outputs>['status'];
  readonly outputs: Outputs;
  readonly error: FlowerPowerError | undefined;
  readonly durationMs: number;
  readonly #run: ReportedRun;

  constructor(
    run: ReportedRun,
    status: RunReport<Outputs>['status'],
    outputs: Outputs,
    error: FlowerPowerError | undefined,
    durationMs: number,
  ) {
    this.#run = run;
    this.status = status;
    this.outputs = outputs;
    this.error = error;
    this.durationMs = durationMs;
  }

  get runId(): string {
    return this.#run.runId;
  }

  get errors(): NodeExecutionError[] {
    return this.#run.state.failures.map(({ error }) => error);
  }

  get nodes(): Record<string, NodeOutcome> {
    return describeOutcomes(this.#run.state);
  }

  toJSON(): RunReport<Outputs> {
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

function describeOutcomes(state: RunState): Record<string, NodeOutcome> {
  const { plan, blame, failures } = state;
  const status = statusOf(state);
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
