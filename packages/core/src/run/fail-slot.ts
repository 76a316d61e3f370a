import { type Frame, failed, noteFailure, statusOf } from './frame.js';
import { NodeExecutionError } from './node-execution-error.js';
import type { RunContext } from './run-context.js';

/** Notes that a slot failed and returns the failure that users see. */
export function failSlot(run: RunContext, frame: Frame, slot: number, error: unknown): NodeExecutionError {
  statusOf(frame)[slot] = failed;
  const failure = run.fanOuts?.innerFailure(frame, slot, error) ?? nodeFailure(frame, slot, error);
  noteFailure(frame, failure);
  frame.owner.onFailure(failure);
  return failure;
}

function nodeFailure(frame: Frame, slot: number, cause: unknown): NodeExecutionError {
  const { plan, values } = frame;
  const start = plan.argStart[slot]!;
  const inputs = plan.shapes[slot]!.keys.map((key, edge) => [key, values[plan.args[start + edge]!]] as const);
  const node = plan.nodes[slot] ?? plan.standsFor!.get(slot)!;
  return new NodeExecutionError({ node, inputs, item: frame.item, cause });
}
