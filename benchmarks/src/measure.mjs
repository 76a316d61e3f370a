// Measures contenders in turns, so that whatever else the machine does hits all of them alike.
import { median } from './table.mjs';

/**
 * CPU nanoseconds of one call of each contender, as medians.
 *
 * @param contenders - `{ name, run(seed), expected(seed) }`; a wrong value ends the benchmark. `run` may return
 *   a promise when `isAsync` is set.
 * @param options.warmUpMs - how long each runs before it is measured: until the compiler has settled.
 */
export async function measure(contenders, { warmUpMs = 700, rounds = 9, roundMs = 25 } = {}) {
  const calls = [];
  for (const contender of contenders) {
    let count = 0;
    const endMs = performance.now() + warmUpMs;
    do await batch(contender, 1);
    while (count++ < 1 || performance.now() < endMs);
    const startedMs = performance.now();
    await batch(contender, 2);
    calls.push(Math.max(1, Math.round((2 * roundMs) / (performance.now() - startedMs))));
  }
  const times = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      const before = process.cpuUsage();
      await batch(contender, calls[index]);
      const { user, system } = process.cpuUsage(before);
      times[index].push(((user + system) * 1000) / calls[index]);
    }
  }
  return times.map(median);
}

async function batch({ name, run, expected, isAsync }, calls) {
  for (let call = 0; call < calls; call++) {
    const seed = call & 3;
    const value = isAsync ? await run(seed) : run(seed);
    if (value !== expected(seed)) throw new Error(`${name}: got ${value}, expected ${expected(seed)}.`);
  }
}

/** `expected` of a graph, computed once for each seed that is used. */
export function expectations(expectedValue, dependencies) {
  const values = [0, 1, 2, 3].map((seed) => expectedValue(dependencies, seed));
  return (seed) => values[seed];
}
