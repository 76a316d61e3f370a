import { isInstance } from '../errors/is-error.js';
import { type Frame, failed, noteFailure, skipped, statusOf } from './frame.js';
import { NodeExecutionError } from './node-execution-error.js';
import type { RunContext } from './run-context.js';

/** What a fan-out throws that ends early because the run does, not because of a failure of its own. */
export class Interruption extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('The run has ended before all items were given.');
  }
}

/** False also for what cannot be asked what it is. */
export function isInterruption(error: unknown): boolean {
  return isInstance(error, Interruption);
}

/** Notes that a slot failed and returns the failure that users see. */
export function failSlot(run: RunContext, frame: Frame, slot: number, error: unknown): NodeExecutionError {
  const inner = typeof error === 'object' && error !== null && run.innerFailures.has(error);
  const failure = inner ? (error as NodeExecutionError) : nodeFailure(frame, slot, error);
  // Whoever takes a stream of items fails with them, but not by a fault of its own.
  const isConsumer = inner && frame.plan.nodes[slot] !== undefined;
  statusOf(frame)[slot] = isConsumer ? skipped : failed;
  if (isConsumer) (frame.blame ??= new Map()).set(slot, failure);
  noteFailure(frame, failure);
  frame.owner.onFailure(failure);
  return failure;
}

function nodeFailure(frame: Frame, slot: number, cause: unknown): NodeExecutionError {
  const { plan, values } = frame;
  const start = plan.argStart[slot]!;
  const inputs = plan.shapes[slot]!.keys.map((key, edge) => [key, values[plan.args[start + edge]!]] as const);
  // Slots without a node of their own hand on the values of one, or stand for a fan-out.
  const node = plan.nodes[slot] ?? plan.handedOn?.get(slot) ?? plan.blocks!.get(slot)!.expander;
  return new NodeExecutionError({ node, inputs, item: frame.item, cause });
}
