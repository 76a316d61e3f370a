/** Whether slots of a plan with branches may run together. */
import type { Plan } from '../plan/plan.js';

type Edges = Pick<Plan, 'given' | 'count' | 'argStart' | 'args' | 'outputs' | 'branches'>;

/** How many choices of sides are looked at before two readers count as running together. */
const maxChoices = 1000;

/**
 * True when two of the slots run in one run for some choice of sides. Judged when a value turns out to matter, since it
 * costs a sweep over the plan for each choice.
 *
 * @param slots - -1 is whoever gets the outputs.
 */
export function canBothRun(plan: Edges, slots: readonly number[]): boolean {
  let choices = 0;
  const canWith = (chosen: ReadonlyMap<number, number>): boolean => {
    if (++choices > maxChoices) return true;
    const needed = neededWith(plan, chosen);
    if (slots.filter((slot) => slot === -1 || needed[slot] === 1).length < 2) return false;
    for (const branch of plan.branches?.keys() ?? []) {
      if (needed[branch] === 0 || chosen.has(branch)) continue;
      const sides = plan.args.subarray(plan.argStart[branch]! + 1, plan.argStart[branch + 1]);
      return sides.some((side) => canWith(new Map(chosen).set(branch, side)));
    }
    return true;
  };
  return canWith(new Map());
}

/** 1 for what the outputs need. A branch always needs what chooses, its first argument, and of the others one. */
function neededWith(
  { outputs, argStart, args, given, count }: Edges,
  chosen: ReadonlyMap<number, number>,
): Uint8Array {
  const needed = new Uint8Array(count);
  for (const { slot } of outputs) needed[slot] = 1;
  for (let slot = count - 1; slot >= given; slot--) {
    if (needed[slot] === 0) continue;
    const side = chosen.get(slot);
    for (let edge = argStart[slot]!; edge < argStart[slot + 1]!; edge++) {
      if (side === undefined || edge === argStart[slot] || args[edge] === side) needed[args[edge]!] = 1;
    }
  }
  return needed;
}
