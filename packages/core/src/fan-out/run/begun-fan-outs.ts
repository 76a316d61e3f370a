/** The fan-outs of one run, and what they have to know of each other. */
import type { NodeContext } from '../../model/functions.js';
import type { Plan } from '../../plan/plan.js';
import type { FanOuts } from '../../run/fan-outs.js';
import { CallTable } from '../../run/call-table.js';
import { failed, type Frame, skipped, statusOf } from '../../run/frame.js';
import type { NodeExecutionError } from '../../run/node-execution-error.js';
import type { RunContext } from '../../run/run-context.js';
import type { BegunRun } from '../../run/run-part.js';
import type { NodeOutcome } from '../../run/run-report.js';
import { MissingValue } from '../../run/missing-value.js';
import { isInterruption } from './interruption.js';
import { runBlock } from './run-block.js';

/** Something that must be closed before the run ends, unless it closes itself earlier. */
export interface Closable {
  close(): PromiseLike<void> | undefined;
}

export class BegunFanOuts implements FanOuts {
  readonly run: RunContext & BegunRun;
  /** The failures of nodes inside, on their way outwards. */
  readonly innerFailures = new WeakSet<object>();
  /** How many items each node has failed for, where failures are collected. */
  readonly failedItems = new Map<string, number>();
  readonly open = new Set<Closable>();
  /** Slots of the run whose streams of items did not come to their end. */
  readonly unended = new Set<number>();
  readonly isInterruption = isInterruption;

  readonly #tables: WeakMap<Plan, CallTable>;

  /** @param tables - of the plans inside, as far as they have run. */
  constructor(run: RunContext & BegunRun, tables: WeakMap<Plan, CallTable>) {
    this.run = run;
    this.#tables = tables;
  }

  callsOf(plan: Plan): CallTable {
    let table = this.#tables.get(plan);
    if (table === undefined) this.#tables.set(plan, (table = new CallTable(plan)));
    return table;
  }

  /** What a node sees of the item that it runs for. */
  contextFor({ item }: Frame, _slot: number, context: NodeContext): NodeContext {
    if (item === undefined) return context;
    return { ...context, item, idempotencyKey: `${context.idempotencyKey}[${item.join('][')}]` };
  }

  runBlock(frame: Frame, slot: number): unknown {
    return runBlock(this, frame, slot);
  }

  innerFailure(frame: Frame, slot: number, error: unknown): NodeExecutionError | undefined {
    if (!this.innerFailures.has(error as object)) return undefined;
    const failure = error as NodeExecutionError;
    // Whoever takes a stream of items fails with them, but not by a fault of its own.
    if (frame.plan.nodes[slot] !== undefined) {
      statusOf(frame)[slot] = skipped;
      (frame.blame ??= new Map()).set(slot, failure);
    }
    return failure;
  }

  goesOnWithout({ plan, values }: Frame, slot: number, source: number, failure: NodeExecutionError): boolean {
    const block = plan.blocks?.get(slot);
    const edge = plan.args.indexOf(source, plan.argStart[slot]) - plan.argStart[slot]!;
    // The only result is what is missing, and without a list nobody knows for how many items.
    if (!block?.outputs[1] || edge < Number(block.takesItem) + block.columns.length) return false;
    values[source] = new MissingValue(failure);
    this.innerFailures.add(failure);
    return true;
  }

  describe(
    root: Frame,
    outcomes: Map<string, NodeOutcome>,
    outcomeOf: (name: string, slot: number) => NodeOutcome,
  ): void {
    const inside = new Set<string>();
    for (const [slot, { plan }] of root.plan.blocks!) {
      // A stream is there before any of its items is.
      if (this.unended.has(slot)) statusOf(root)[slot] = failed;
      for (const name of namesInside(plan)) outcomes.set(name, outcomeOf(name, slot));
      for (const name of namesInside(plan)) inside.add(name);
    }
    for (const { name, dependencies } of this.run.onError === 'continue' ? root.plan.planned : []) {
      for (const { node, collect } of inside.has(name) ? dependencies : []) {
        const needed = outcomes.get(node);
        const because = needed?.status === 'skipped' ? needed.because : needed?.status === 'failed' && node;
        if (because && collect?.onItemError !== 'collect' && outcomes.get(name)!.status !== 'failed')
          outcomes.set(name, { status: 'skipped', because });
      }
    }
    for (const [name, failedItems] of this.failedItems) {
      if (outcomes.get(name)?.status === 'success') outcomes.set(name, { status: 'success', failedItems });
    }
  }

  /** Waits for streams that were not read to their end. */
  settle(): PromiseLike<unknown> | undefined {
    const waits = [...this.open].flatMap((stream) => stream.close() ?? []);
    return waits.length === 0 ? undefined : Promise.all(waits);
  }

  countFailure(node: string): void {
    this.failedItems.set(node, (this.failedItems.get(node) ?? 0) + 1);
  }

  warn(message: string, error?: unknown): void {
    try {
      this.run.log.warn(message, error === undefined ? {} : { error });
    } catch {
      // Without the part that guards logs nobody can be told.
    }
  }
}

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
