/** Calls the function of one slot with the values of its argument slots. */
import { callStyle } from '../plan/call-shape.js';
import type { CallTable } from './call-table.js';
import type { Frame } from './frame.js';
import type { RunContext } from './run-context.js';

type Fn = (...args: unknown[]) => unknown;

/**
 * The value or thenable that the slot's function gives. Throws what the function throws.
 * `calls.values` must be `values` while it runs; see {@link callNodeAlone}.
 *
 * @param calls - those of the frame, as `values` are; both are passed because reading them costs as much as a call.
 */
export function callNode(
  calls: CallTable,
  values: readonly unknown[],
  slot: number,
  run: RunContext,
  frame: Frame,
): unknown {
  const fn = calls.fns[slot] as Fn;
  const { args } = calls;
  const start = calls.argStart[slot]!;
  switch (calls.styles[slot]) {
    case 0:
      return fn();
    case 1:
      return fn(values[args[start]!]);
    case 2:
      return fn(values[args[start]!], values[args[start + 1]!]);
    case 3:
      return fn(values[args[start]!], values[args[start + 1]!], values[args[start + 2]!]);
    case 4:
      return fn(
        values[args[start]!],
        values[args[start + 1]!],
        values[args[start + 2]!],
        values[args[start + 3]!],
      );
    case callStyle.view:
      return fn(calls.views[slot]);
  }
  return callSlowly(slot, run, frame);
}

/** As {@link callNode}, for a call outside a loop that has set `calls.values`. */
export function callNodeAlone(slot: number, run: RunContext, frame: Frame): unknown {
  const { calls, values } = frame;
  const before = calls.values;
  calls.values = values;
  try {
    return callNode(calls, values, slot, run, frame);
  } finally {
    calls.values = before;
  }
}

function callSlowly(slot: number, run: RunContext, frame: Frame): unknown {
  const { calls, values } = frame;
  const fn = calls.fns[slot] as Fn;
  switch (calls.styles[slot]) {
    case callStyle.object:
      calls.decideStyle(slot);
      return callNode(calls, values, slot, run, frame);
    case callStyle.fresh:
      return fn(calls.fresh(slot, values));
    case callStyle.objectAndContext:
      return fn(calls.fresh(slot, values), run.contextOf(frame, slot));
    case callStyle.block:
      return run.fanOuts!.runBlock(frame, slot);
    case callStyle.branch:
      return run.branches!.valueOf(frame, slot);
  }
  return fn(...positionalArguments(slot, run, frame));
}

/** A parameter that is left out is passed as undefined, which is how JavaScript asks for its default. */
function positionalArguments(slot: number, run: RunContext, frame: Frame): unknown[] {
  const { plan, values } = frame;
  const { parameters, keys, bound, takesContext, plain } = plan.shapes[slot]!;
  const { args } = plan;
  const start = plan.argStart[slot]!;
  const list: unknown[] = [];
  if (plain) {
    for (let edge = start; edge < plan.argStart[slot + 1]!; edge++) list.push(values[args[edge]!]);
    return list;
  }
  // The keys are the parameters that are neither bound nor left out, in the same order.
  let edge = 0;
  for (const parameter of parameters) {
    if (bound !== undefined && Object.hasOwn(bound, parameter)) list.push(bound[parameter]);
    else if (keys[edge] === parameter) list.push(values[args[start + edge++]!]);
    else list.push(undefined);
  }
  if (takesContext) list.push(run.contextOf(frame, slot));
  return list;
}
