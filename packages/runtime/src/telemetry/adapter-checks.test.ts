/** Adapters that judge graphs and inputs, before anything runs. */
import { node, tag } from '@flowerpower/core';
import { defineAdapter, definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

/** Every node has an owner, the graph is not too large, and amounts are not negative. */
const owners = defineAdapter({
  options: v.strictObject({ most: v.optional(v.number(), 10) }),
  create: () => ({ onEvent() {} }),
  checkGraph: ({ nodes }, { most }) => [
    ...[...nodes.values()].flatMap(({ name, kind, tags }) =>
      kind === 'function' && tags['owner'] === undefined
        ? [{ message: `'${name}' has no owner.`, hint: "Add tag({ owner: 'team' }).", node: name }]
        : [],
    ),
    ...(nodes.size > most ? [{ message: `there are more than ${most} nodes.` }] : []),
  ],
  checkInputs: (inputs) =>
    Object.entries(inputs).flatMap(([name, value]) =>
      typeof value === 'number' && value < 0 ? [{ message: `'${name}' is negative.`, node: name }] : [],
    ),
});
const broken = defineAdapter({
  create: () => ({ onEvent() {} }),
  checkGraph() {
    throw new Error('no rules');
  },
});
const plugin = definePlugin({ name: 'p', apiVersion: 1, adapters: { owners, broken } });
const withAdapter = { owners: true };

test('what they find in a graph keeps the pipeline from running, all of it together', async () => {
  const { runner, events } = await setUp({ plugins: [plugin] });
  const a = vi.fn(() => 1);
  const nodes = { a: () => a(), b: () => 2, c: node(() => 3, tag({ owner: 'x' })) };
  const definition = pipeline(nodes, { run: { withAdapter: { owners: { most: 2 }, broken: true } } });
  const error = await errorOf(() => runner.build(definition));
  expect(error).toMatchObject({ code: 'FP_INVALID_PIPELINE' });
  expect((error['problems'] as { message: string }[]).map(({ message }) => message)).toEqual([
    "run.withAdapter.owners: 'a' has no owner.",
    "run.withAdapter.owners: 'b' has no owner.",
    'run.withAdapter.owners: there are more than 2 nodes.',
    'run.withAdapter.broken: its check failed: no rules',
  ]);
  await errorOf(() => runner.run(definition));
  expect(a).not.toHaveBeenCalled();
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
});

test('what they find in the inputs keeps the run from starting, and a plan says so', async () => {
  const { runner } = await setUp({ plugins: [plugin] });
  const nodes = { c: node({ inputs: ['x', 'y'] }, (x: number, y: number) => x + y, tag({ owner: 'x' })) };
  const definition = pipeline(nodes, { params: { x: 1 }, run: { withAdapter } });
  const error = await errorOf(() => runner.run(definition, { inputs: { x: -1, y: -2 } }));
  expect(error).toMatchObject({ code: 'FP_INVALID_EXECUTION', problems: [{}, {}] });
  expect(error.message).toContain("run.withAdapter.owners: 'y' is negative.");
  expect(await errorOf(() => runner.plan(definition, { inputs: { y: -2 } }))).toMatchObject({
    code: 'FP_ADAPTER_REFUSAL',
  });
  expect((await runner.run(definition, { inputs: { y: 2 } })).outputs).toEqual({ c: 3 });
});
