import { node } from '@flowerpower/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

interface NodePlan {
  /** Positions, modulo the node's own, of what it needs. */
  readonly needs: readonly number[];
  readonly fails: boolean;
  /** Turns of the microtask queue before it ends; 0 is synchronous. */
  readonly turns: number;
}

const plans = fc.array(
  fc.record({
    needs: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
    fails: fc.nat({ max: 4 }).map((value) => value === 0),
    turns: fc.nat({ max: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

function nodesOf(all: readonly NodePlan[]): Record<string, unknown> {
  return Object.fromEntries(
    all.map(({ needs, fails, turns }, index) => {
      const inputs = [...new Set(index === 0 ? [] : needs.map((need) => `n${need % index}`))];
      const end = (values: readonly number[]) => {
        if (fails) throw new Error(`n${index} fails`);
        return values.reduce((sum, value) => sum + value, index);
      };
      const fn =
        turns === 0
          ? (...values: number[]) => end(values)
          : async (...values: number[]) => {
              for (let turn = 0; turn < turns; turn++) await Promise.resolve();
              return end(values);
            };
      return [`n${index}`, node({ inputs }, fn)];
    }),
  );
}

async function fateOf(all: readonly NodePlan[], maxConcurrency: number) {
  const { runner, events } = await setUp();
  const definition = pipeline(nodesOf(all), { run: { onError: 'continue', maxConcurrency } });
  const outputs = await runner.run(definition).then(
    (result) => result.outputs,
    () => undefined,
  );
  const named = (type: string) =>
    events.flatMap((event) => (event.type === type && 'node' in event ? [event.node] : [])).sort();
  return {
    outputs,
    started: named('node.started'),
    succeeded: named('node.succeeded'),
    failed: named('node.failed'),
    skipped: named('node.skipped'),
    ends: events.filter(({ type }) => type === 'run.finished').length,
    last: events.at(-1),
  };
}

test('whatever the concurrency: the same outputs and fates, and each node has exactly one fate', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async (all) => {
      const one = await fateOf(all, 1);
      const many = await fateOf(all, 16);
      for (const key of ['outputs', 'succeeded', 'failed', 'skipped'] as const)
        expect(many[key]).toEqual(one[key]);
      expect(one.started).toEqual([...one.succeeded, ...one.failed].sort());
      expect([...one.started, ...one.skipped].sort()).toEqual(all.map((_, index) => `n${index}`).sort());
      expect(one.ends).toBe(1);
      expect(one.last).toMatchObject({
        type: 'run.finished',
        result: one.failed.length === 0 ? 'success' : 'failure',
        nodes: { succeeded: one.succeeded.length, failed: one.failed.length, skipped: one.skipped.length },
      });
    }),
    { numRuns: 100 },
  );
});
