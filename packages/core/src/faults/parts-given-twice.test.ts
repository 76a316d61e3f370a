/** Parts that an engine is given twice work as one. */
import { expect, test } from 'vitest';
import { adaptersPart } from '../adapters/adapters-part.js';
import { createEngine } from '../engine/create-engine.js';
import { executorsPart } from '../engine/executors-part.js';
import { createDriver, node, runOn } from '../index.js';

test('two executorsPart: each runs the nodes of its names', () => {
  const times = (factor: number) => ({
    execute: (task: { call(): unknown }) => (task.call() as number) * factor,
  });
  const engine = createEngine({
    modules: [{ a: node(() => 1, runOn('w')), b: node(() => 1, runOn('v')) }],
    parts: [executorsPart({ w: times(2) }), executorsPart({ v: times(3) })],
  });
  expect(engine.executeSync(['a', 'b'])).toEqual({ a: 2, b: 3 });
});

test('two adaptersPart: the adapters of a run are applied once, and those of each part', () => {
  const adding = (added: number) => ({
    name: `add ${added}`,
    aroundNode: (_: unknown, next: () => unknown) => (next() as number) + added,
  });
  const engine = createEngine({
    modules: [{ a: () => 1 }],
    parts: [adaptersPart([adding(100)]), adaptersPart([adding(1000)])],
  });
  expect(engine.executeSync(['a'], { adapters: [adding(10)] })).toEqual({ a: 1111 });
  expect(engine.executeSync(['a'], { adapters: [adding(10)] })).toEqual({ a: 1111 });
});

test("an executor named 'local' is asked by the nodes that name it, and by no others", () => {
  const m = { c: node(() => 2, runOn('local')), d: () => 3 };
  const driver = createDriver({ modules: [m], executors: { local: { execute: () => 9 } } });
  expect(driver.executeSync(['c', 'd'])).toEqual({ c: 9, d: 3 });
});
