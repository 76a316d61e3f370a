/** Calls the function of one slot with the values of its argument slots. */
import type { Plan } from '../plan/plan.js';
import type { NodeContext } from '../types/functions.js';

type Fn = (...args: unknown[]) => unknown;

/**
 * The value or thenable that the slot's function gives. Throws what the function throws.
 *
 * @param context - makes the node context; called only for functions that take one.
 */
export function callNode(
  plan: Plan,
  values: readonly unknown[],
  slot: number,
  context: (slot: number) => NodeContext,
): unknown {
  const fn = plan.fns[slot] as Fn;
  const shape = plan.shapes[slot]!;
  const { args } = plan;
  const start = plan.argStart[slot]!;
  const end = plan.argStart[slot + 1]!;
  if (shape.style === 'object') {
    const inputs: Record<string, unknown> = shape.bound === undefined ? {} : { ...shape.bound };
    for (let edge = start; edge < end; edge++) inputs[shape.keys[edge - start]!] = values[args[edge]!];
    return shape.takesContext ? fn(inputs, context(slot)) : fn(inputs);
  }
  if (shape.plain) {
    switch (end - start) {
      case 0:
        return fn();
      case 1:
        return fn(values[args[start]!]);
      case 2:
        return fn(values[args[start]!], values[args[start + 1]!]);
      case 3:
        return fn(values[args[start]!], values[args[start + 1]!], values[args[start + 2]!]);
    }
  }
  return fn(...positionalArguments(plan, values, slot, context));
}

/** A parameter that is left out is passed as undefined, which is how JavaScript asks for its default. */
function positionalArguments(
  plan: Plan,
  values: readonly unknown[],
  slot: number,
  context: (slot: number) => NodeContext,
): unknown[] {
  const { parameters, keys, bound, takesContext } = plan.shapes[slot]!;
  const start = plan.argStart[slot]!;
  const list = parameters.map((parameter) => {
    if (bound !== undefined && Object.hasOwn(bound, parameter)) return bound[parameter];
    const edge = keys.indexOf(parameter);
    return edge === -1 ? undefined : values[plan.args[start + edge]!];
  });
  if (takesContext) list.push(context(slot));
  return list;
}
