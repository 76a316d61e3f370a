/** Counts how often a plan is looked at, so that work is measured in steps instead of time. */
import type { Plan } from '../../plan/plan.js';

/** The plan, and the plans inside it, with every list and table counted. */
export function countReads(plan: Plan, count: { reads: number }): Plan {
  const counted = <T extends object>(table: T): T =>
    new Proxy(table, {
      get(target, key) {
        count.reads++;
        const found: unknown = Reflect.get(target, key, target);
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });
  const { nodes, fns, styles, argStart, args, releaseStart, releases, successors, blocks } = plan;
  let consumers: ReturnType<Plan['successors']> | undefined;
  return {
    ...plan,
    nodes: counted(nodes),
    fns: counted(fns),
    styles: counted(styles),
    argStart: counted(argStart),
    args: counted(args),
    releaseStart: counted(releaseStart),
    releases: counted(releases),
    successors() {
      const { start, slots } = successors();
      return (consumers ??= { start: counted(start), slots: counted(slots) });
    },
    blocks:
      blocks &&
      new Map([...blocks].map(([slot, block]) => [slot, { ...block, plan: countReads(block.plan, count) }])),
  };
}
