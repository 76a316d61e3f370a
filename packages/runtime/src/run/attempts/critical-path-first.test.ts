/** Which nodes start first where only some may run at once. */
import { node } from '@flowerpower/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pipeline, setUp } from '../../__fixtures__/set-up.js';
import { criticalPathFirst } from './critical-path-first.js';

/** Leaves that are written first, and a chain of nodes after them; each takes a second. */
async function durationOf(
  maxConcurrency: number,
): Promise<{ readonly ms: number; readonly order: string[] }> {
  const { runner, clock } = await setUp();
  const order: string[] = [];
  const nodes: Record<string, unknown> = {};
  const add = (name: string, inputs: string[]) => {
    nodes[name] = node({ inputs }, () => {
      order.push(name);
      return new Promise<void>((resolve) => clock.schedule(1000, resolve));
    });
  };
  for (let index = 0; index < 12; index++) add(`leaf${index}`, []);
  for (let index = 0; index < 6; index++) add(`chain${index}`, index === 0 ? [] : [`chain${index - 1}`]);
  const startedMs = clock.elapsedMs();
  await clock.until(runner.run(pipeline(nodes, { run: { maxConcurrency } })));
  return { ms: clock.elapsedMs() - startedMs, order };
}

test('a chain that others wait for begins as soon as the first node runs, and the run is as short as it can be', async () => {
  // 18 seconds of work for three at once.
  expect(await durationOf(3)).toMatchObject({ ms: 6000, order: expect.arrayContaining([]) as unknown });
  const { order } = await durationOf(3);
  expect(order.slice(0, 3)).toEqual(['leaf0', 'chain0', 'leaf1']);
});

test('one at a time, and all at once, are as long as the work and the chain', async () => {
  expect((await durationOf(1)).ms).toBe(18_000);
  expect((await durationOf(100)).ms).toBe(6000);
});

test('the longest chain comes to the front, the others keep their order, and far ones are left where they are', () => {
  /** Slot i has a chain of i nodes behind it that nobody else has. */
  const planOf = (lengths: readonly number[]) => {
    const start = [0];
    const slots: number[] = [];
    let next = lengths.length;
    const edges = new Map<number, number>();
    lengths.forEach((length, slot) => {
      let before = slot;
      for (let count = 1; count < length; count++) {
        edges.set(before, next);
        before = next++;
      }
    });
    for (let slot = 0; slot < next; slot++) {
      const to = edges.get(slot);
      if (to !== undefined) slots.push(to);
      start.push(slots.length);
    }
    const successors = { start: Int32Array.from(start), slots: Int32Array.from(slots) };
    return { count: next, given: 0, successors: () => successors };
  };
  const aLength = fc.integer({ min: 1, max: 6 });
  fc.assert(
    fc.property(fc.array(aLength, { minLength: 1, maxLength: 300 }), fc.nat(5), (lengths, skip) => {
      const from = Math.min(skip, lengths.length - 1);
      const ready = lengths.map((_, slot) => slot);
      const before = [...ready];
      criticalPathFirst(ready, from, planOf(lengths));
      const compared = lengths.slice(from, from + 64);
      const best = from + compared.indexOf(Math.max(...compared));
      const rest = before.slice(from).filter((slot) => slot !== best);
      expect(ready).toEqual([...before.slice(0, from), best, ...rest]);
    }),
  );
});
