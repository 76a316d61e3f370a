/** From what a run knows of its slots to the report that users read. */
import { setOwnProperty } from '../model/own-property.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import type { NodeExecutionError } from './node-execution-error.js';
import type { NodeOutcome, RunReport } from './run-report.js';
import type { Plan } from '../plan/plan.js';
import { failed, type Frame, isComplete, statusOf, succeeded } from './frame.js';

type Outputs = Record<string, unknown>;

/** The parts of a run that its report asks for when somebody looks at them. */
interface ReportedRun {
  readonly runId: string;
  readonly root: Frame;
}

/** @param failedItems - by node, where failures of items are collected. */
export function createReport(
  run: ReportedRun,
  failedItems: ReadonlyMap<string, number> | undefined,
  signal: AbortSignal | undefined,
  durationMs: number,
): FinishedRun {
  const { root } = run;
  const { plan, values } = root;
  const complete = isComplete(root);
  const outputs: Outputs = {};
  for (const { name, slot } of plan.outputs) {
    if (complete || slot < plan.given || statusOf(root)[slot] === succeeded)
      setOwnProperty(outputs, name, values[slot]);
  }
  if (complete) return new FinishedRun(run, failedItems, 'success', outputs, undefined, durationMs);
  if (signal?.aborted)
    return new FinishedRun(run, failedItems, 'cancelled', outputs, cancellation(signal), durationMs);
  return new FinishedRun(run, failedItems, 'failed', outputs, root.failures?.[0], durationMs);
}

/** Makes a run id, and a list of all nodes, only when somebody looks at them. */
export class FinishedRun implements RunReport<Outputs> {
  readonly status: RunReport<Outputs>['status'];
  readonly outputs: Outputs;
  readonly error: FlowerPowerError | undefined;
  readonly durationMs: number;
  readonly #run: ReportedRun;
  readonly #failedItems: ReadonlyMap<string, number> | undefined;

  constructor(
    run: ReportedRun,
    failedItems: ReadonlyMap<string, number> | undefined,
    status: RunReport<Outputs>['status'],
    outputs: Outputs,
    error: FlowerPowerError | undefined,
    durationMs: number,
  ) {
    this.#run = run;
    this.#failedItems = failedItems;
    this.status = status;
    this.outputs = outputs;
    this.error = error;
    this.durationMs = durationMs;
  }

  get runId(): string {
    return this.#run.runId;
  }

  get errors(): NodeExecutionError[] {
    return this.#run.root.failures ?? [];
  }

  get nodes(): Record<string, NodeOutcome> {
    return describeOutcomes(this.#run.root, this.#failedItems);
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

function describeOutcomes(
  root: Frame,
  failedItems: ReadonlyMap<string, number> | undefined,
): Record<string, NodeOutcome> {
  const { plan, blame, failures } = root;
  const status = statusOf(root);
  const outcomes = new Map<string, NodeOutcome>();
  for (let slot = plan.given; slot < plan.count; slot++) {
    const node = plan.nodes[slot];
    const block = plan.blocks?.get(slot);
    const outcome = (name: string) => outcomeOf(name, status[slot]!, blame?.get(slot));
    if (node !== undefined) outcomes.set(node.name, outcome(node.name));
    if (block === undefined) continue;
    // A stream is there before any of its items is.
    if (root.unended?.has(slot)) status[slot] = failed;
    for (const name of namesInside(block.plan)) outcomes.set(name, outcome(name));
  }
  return Object.fromEntries(plan.planned.map(({ name }) => [name, outcomes.get(name)!]));

  function outcomeOf(name: string, slotStatus: number, cause: NodeExecutionError | undefined): NodeOutcome {
    const failure = failures?.find(({ node }) => node === name);
    if (failure !== undefined) return { status: 'failed', error: failure };
    const status = words[slotStatus]!;
    if (status === 'skipped') return { status, because: cause!.node };
    const items = status === 'success' ? failedItems?.get(name) : undefined;
    return items === undefined ? { status } : { status: 'success', failedItems: items };
  }
}

/**
 * In the order of the statuses: pending, succeeded, failed, skipped, idle. Of a fan-out that failed: the node that did is
 * named before it is asked for, and the others came to no end.
 */
const words = ['not-run', 'success', 'not-run', 'skipped', 'not-chosen'] as const;

function namesInside(plan: Plan): string[] {
  const names: string[] = [];
  const open = [plan];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (let slot = next.given; slot < next.count; slot++) {
      const node = next.nodes[slot];
      if (node !== undefined) names.push(node.name);
      const block = next.blocks?.get(slot);
      if (block !== undefined) open.push(block.plan);
    }
  }
  return names;
}
