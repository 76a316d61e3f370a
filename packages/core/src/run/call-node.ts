/** Calls the function of one slot with the values of its argument slots. */
import { callStyle } from '../plan/call-shape.js';
import type { Plan } from '../plan/plan.js';
import type { Frame } from './frame.js';
import type { RunContext } from './run-context.js';

type Fn = (...args: unknown[]) => unknown;

/**
 * The value or thenable that the slot's function gives. Throws what the function throws.
 * `plan.inputs.values` must be `values` while it runs; see {@link callNodeAlone}.
 *
 * @param plan - that of the frame, as `values` are; both are passed because reading them costs as much as a call.
 */
export function callNode(
  plan: Plan,
  values: readonly unknown[],
  slot: number,
  run: RunContext,
  frame: Frame,
): unknown {
  const fn = plan.fns[slot] as Fn;
  const { args } = plan;
  const start = plan.argStart[slot]!;
  switch (plan.styles[slot]) {
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
      return fn(plan.inputs.view(slot));
  }
  return callSlowly(slot, run, frame);
}

/** As {@link callNode}, for a call outside a loop that has set `plan.inputs.values`. */
export function callNodeAlone(slot: number, run: RunContext, frame: Frame): unknown {
  const { plan, values } = frame;
  const { inputs } = plan;
  const before = inputs.values;
  inputs.values = values;
  try {
    return callNode(plan, values, slot, run, frame);
  } finally {
    inputs.values = before;
  }
}

function callSlowly(slot: number, run: RunContext, frame: Frame): unknown {
  const { plan, values } = frame;
  const { inputs, styles } = plan;
  const fn = plan.fns[slot] as Fn;
  switch (styles[slot]) {
    case callStyle.object:
      // Read once from the function's text, at its first call.
      styles[slot] = inputs.takesView(slot) ? callStyle.view : callStyle.fresh;
      return callNode(plan, values, slot, run, frame);
    case callStyle.fresh:
      return fn(inputs.fresh(slot, values));
    case callStyle.objectAndContext:
      return fn(inputs.fresh(slot, values), run.contextOf(frame, slot));
    case callStyle.block:
      return run.runBlock!(run, frame, slot);
    case callStyle.branch:
      return values[frame.chosen?.get(slot) ?? chooseAgain(slot, frame)];
  }
  return fn(...positionalArguments(slot, run, frame));
}

/** Throws what the choice has thrown. */
function chooseAgain(slot: number, { plan, values }: Frame): number {
  const start = plan.argStart[slot]!;
  return plan.args[start + plan.branches!.get(slot)!.choose(values[plan.args[start]!])]!;
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
