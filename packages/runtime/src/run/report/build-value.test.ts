/** One value of the outputs of a run. */
import { definePlugin } from '@flowerpower/plugin';
import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';

const table = { build: (outputs: Readonly<Record<string, unknown>>) => Object.entries(outputs) };
const plugin = definePlugin({ name: 'p', apiVersion: 1, resultBuilders: { table } });
const nodes = { a: () => 1, b: async () => 2, c: () => 3 };

test('a builder that a plugin brings, or that is given, makes the value of the requested outputs in their order', async () => {
  const { runner } = await setUp({ plugins: [plugin] });
  const outputs = ['c', 'a'];
  const run = await runner.run(pipeline(nodes), { outputs, resultBuilder: 'table' });
  expect(run).toMatchObject({
    outputs: { a: 1, c: 3 },
    value: [
      ['c', 3],
      ['a', 1],
    ],
  });
  const sum = { build: (given: Readonly<Record<string, unknown>>) => Object.keys(given).length };
  expect((await runner.run(pipeline(nodes), { resultBuilder: sum })).value).toBe(3);
  expect(runner.runSync(pipeline({ a: () => 1 }), { resultBuilder: sum }).value).toBe(1);
  expect(await runner.run(pipeline(nodes))).not.toHaveProperty('value');
});

test('one that nobody brings is told before anything runs', async () => {
  const { runner, events } = await setUp({ plugins: [plugin] });
  const a = vi.fn(() => 1);
  const error = await errorOf(() => runner.run(pipeline({ a: () => a() }), { resultBuilder: 'tabel' }));
  expect(error).toMatchObject({
    code: 'FP_UNKNOWN_RESULT_BUILDER',
    hint: "Did you mean 'table'? Available: table.",
  });
  expect(a).not.toHaveBeenCalled();
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  expect(await errorOf(() => runner.run(pipeline(nodes), { resultBuilder: 5 as never }))).toMatchObject({
    code: 'FP_BAD_OPTION',
  });
});

test('one that throws fails the run, whose outputs are still there', async () => {
  const { runner, events } = await setUp();
  const broken = {
    build() {
      throw new RangeError('rows differ');
    },
  };
  const outcome = await runner.settle(pipeline(nodes), { resultBuilder: broken });
  expect(outcome).toMatchObject({
    status: 'failure',
    error: { code: 'FP_RESULT_BUILDER', message: 'The result builder failed: rows differ' },
    outputs: { a: 1, b: 2, c: 3 },
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'failure' });
});

test('of a run that fails nothing is built', async () => {
  const { runner } = await setUp();
  const build = vi.fn();
  const fail = () => {
    throw new Error('no');
  };
  await errorOf(() => runner.run(pipeline({ fail }), { resultBuilder: { build } }));
  expect(build).not.toHaveBeenCalled();
});
