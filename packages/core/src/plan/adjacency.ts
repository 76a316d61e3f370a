/** Typed-array views of a plan's edges: who consumes a slot, and when a slot's value is used for the last time. */
import type { Plan, Successors } from './plan.js';

/**
 * For each slot the values that no later slot needs, when slots run in order. Outputs are never released.
 */
export function releasesAfter(
  count: number,
  given: number,
  argStart: Int32Array,
  args: Int32Array,
  outputs: readonly { readonly slot: number }[],
): Pick<Plan, 'releaseStart' | 'releases'> {
  const lastUse = new Int32Array(count).fill(-1);
  for (let slot = given; slot < count; slot++) {
    for (let edge = argStart[slot]!; edge < argStart[slot + 1]!; edge++) lastUse[args[edge]!] = slot;
  }
  for (const { slot } of outputs) lastUse[slot] = -1;
  const [releaseStart, releases] = groupByKey(count, lastUse);
  return { releaseStart, releases };
}

/** The consumers of each slot; computed on first call and kept. */
export function lazySuccessors(count: number, argStart: Int32Array, args: Int32Array): () => Successors {
  let made: Successors | undefined;
  return () => {
    if (made !== undefined) return made;
    const users = new Int32Array(args.length);
    for (let slot = 0; slot < count; slot++) users.fill(slot, argStart[slot], argStart[slot + 1]);
    const [start, positions] = groupByKey(count, args);
    made = { start, slots: positions.map((edge) => users[edge]!) };
    return made;
  };
}

/** Groups indices by `keys[index]`, leaving out negative keys, as start offsets and a flat list. */
function groupByKey(count: number, keys: Int32Array): [start: Int32Array, indices: Int32Array] {
  const start = new Int32Array(count + 1);
  for (const key of keys) if (key >= 0) start[key + 1]!++;
  for (let slot = 0; slot < count; slot++) start[slot + 1]! += start[slot]!;
  const cursor = start.slice();
  const indices = new Int32Array(start[count]!);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!;
    if (key >= 0) indices[cursor[key]!++] = index;
  }
  return [start, indices];
}
