import type { StartOrder } from '@flowerpower/core';

/** So many of those that are ready are compared at most: with thousands of them, any is as good. */
const window = 64;

type Plan = Parameters<StartOrder>[2];

/** By plan, how many nodes the longest chain has that waits for each slot. */
const known = new WeakMap<Plan, Int32Array>();

/**
 * Of the nodes that are ready, the one starts next that the longest chain of others waits for: with a limit of nodes in flight a
 * long chain that begins late ends late. Among equals the one that became ready first. How long nodes take is not known here.
 */
export const criticalPathFirst: StartOrder = (ready, from, plan) => {
  const end = Math.min(ready.length, from + window);
  if (end - from < 2) return;
  const lengths = known.get(plan) ?? chainsOf(plan);
  known.set(plan, lengths);
  let best = from;
  for (let index = from + 1; index < end; index++) {
    if (lengths[ready[index]!]! > lengths[ready[best]!]!) best = index;
  }
  // The others keep their order.
  const chosen = ready[best]!;
  ready.copyWithin(from + 1, from, best);
  ready[from] = chosen;
};

/** Slots are in topological order, so that one sweep from the end knows every chain. */
function chainsOf(plan: Plan): Int32Array {
  const { start, slots } = plan.successors();
  const lengths = new Int32Array(plan.count);
  for (let slot = plan.count - 1; slot >= plan.given; slot--) {
    let longest = 0;
    for (let index = start[slot]!; index < start[slot + 1]!; index++)
      longest = Math.max(longest, lengths[slots[index]!]!);
    lengths[slot] = longest + 1;
  }
  return lengths;
}
