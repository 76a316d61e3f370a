/** A saver that writes the file that a loader of the same run reads: data destroyed by chance. */
import { loadNode, node, saveTo } from '@flowerpower/core';
import { from, to } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { errorOf, type LoosePipeline, pipeline, setUp } from '../__fixtures__/set-up.js';

const file = { type: 'json', path: 'state.json' };
const load = { state: file };
const sum = ({ state }: { state: number[] }) => state.reduce((a, b) => a + b, 0);
const next = ({ state }: { state: number[] }) => [...state, 3];

async function planned(nodes: object, more: LoosePipeline, outputs?: string[]) {
  const { runner } = await setUp({ files: { 'state.json': '[1,2]' } });
  const definition = pipeline(nodes, more);
  return errorOf(() => {
    runner.plan(definition, outputs && { outputs });
    throw new Error('it may run');
  });
}

test.each<[string, object, LoosePipeline, string]>([
  [
    'a node that reads nothing of it',
    { sum, other: () => 'x' },
    { load, save: { other: { type: 'text', path: './state.json' } } },
    'io.save.other writes the file that io.load.state reads, ./state.json, state.json, but does not wait for what reads it (sum).',
  ],
  [
    'an update beside another reader',
    { next, sum },
    { load, save: { next: file } },
    'io.save.next writes the file that io.load.state reads, state.json, but does not wait for what reads it (sum).',
  ],
  [
    'a saver in code',
    { sum, other: node(() => 'x', saveTo(to.text({ path: 'state.json' }))) },
    { load },
    'save.other (text.path) writes the file that io.load.state reads, state.json, but does not wait for what reads it (sum).',
  ],
  [
    'both in code',
    {
      sum,
      state: loadNode(from.json({ path: 'state.json' })),
      other: node(() => 'x', saveTo(to.text({ path: 'state.json' }))),
    },
    {},
    'save.other (text.path) writes the file that state.loader (json.path) reads, state.json, but does not wait for what reads it (sum).',
  ],
])('is refused before anything runs: %s', async (_title, nodes, more, message) => {
  expect(await planned(nodes, more)).toMatchObject({ code: 'FP_SAVED_OVER_LOADED', message });
});

test('is refused when only the caller reads what was loaded', async () => {
  const more = { load, save: { other: file } };
  expect(await planned({ sum, other: () => 'x' }, more, ['other', 'state'])).toMatchObject({
    message: expect.stringContaining('but does not depend on it'),
  });
});

test('may run when the loader does not run', async () => {
  expect(await planned({ sum, other: () => 'x' }, { load, save: { other: file } }, ['other'])).toMatchObject({
    message: 'it may run',
  });
});

test('an update in place runs: the saver depends on everything that reads the file', async () => {
  const { runner, fs } = await setUp({ files: { 'state.json': '[1,2]' } });
  const nodes = { sum, next: ({ state, sum }: { state: number[]; sum: number }) => [...state, sum] };
  const { outputs } = await runner.run(pipeline(nodes, { load, save: { next: file } }));
  expect(outputs).toEqual({ next: [1, 2, 3] });
  expect(JSON.parse(await fs.readText('state.json'))).toEqual([1, 2, 3]);
});

test('an attempt after an update in place computes with what the first one read', async () => {
  const { runner, fs, clock } = await setUp({ files: { 'state.json': '[1,2]' } });
  let calls = 0;
  const late = ({ next: list }: { next: number[] }) => {
    if (calls++ === 0) throw new Error('not yet');
    return list.length;
  };
  const more = { load, save: { next: file }, run: { retry: { maxRetries: 1, retryDelay: 0 } } };
  const { outputs } = await clock.until(runner.run(pipeline({ next, late }, more)));
  expect(outputs).toMatchObject({ late: 3 });
  expect(JSON.parse(await fs.readText('state.json'))).toEqual([1, 2, 3]);
});

test.each<[string, string, boolean]>([
  ['data/', 'data/', true],
  ['data/', 'data/new.csv', true],
  ['data/', 'data/deep/', true],
  ['data/old/', 'data/', true],
  ['data/*.csv', 'data/new.csv', true],
  ['data/**/*.csv', 'data/deep/er/new.csv', true],
  ['data/{a,b}/[0-9].csv', 'data/a/1.csv', true],
  ['data/*/', 'data/deep/er/new.csv', true],
  ['*.csv', 'new.csv', true],
  ['data/x.csv', 'data/', true],
  ['data/*.csv', 'data/new.txt', false],
  ['data/*.csv', 'data/deep/new.csv', false],
  ['data/*.csv', 'data2/new.csv', false],
  ['data/', 'data2/', false],
  ['data/', 'database.csv', false],
  ['data/a.csv', 'data/b/', false],
])('what is loaded from %s and saved to %s may meet: %s', async (path, target, refused) => {
  const { runner } = await setUp();
  const nodes = { sum: ({ rows }: { rows: object[] }) => rows.length, other: () => [] };
  const load = { rows: { type: 'csv', path } };
  const save = { other: { type: 'csv', path: target } };
  const plan = () => runner.plan(pipeline(nodes, { load, save }));
  if (refused) {
    const error = await errorOf(plan);
    expect(error).toMatchObject({
      code: 'FP_SAVED_OVER_LOADED',
      message: expect.stringMatching(
        /^io.save.other writes to where io.load.rows reads, .*, but does not wait/,
      ),
    });
  } else expect(plan().savers).toEqual(['save.other']);
});

test.each([
  ['data/*.csv', 'data/next.csv', true],
  ['data/', 'data/next.csv', true],
  ['data/**/*.csv', 'data/out/', true],
  ['data/', 'data/', false],
])('an update of %s in %s adds to its own source: %s', async (path, target, refused) => {
  const { runner } = await setUp();
  const nodes = { next: ({ rows }: { rows: object[] }) => rows };
  const load = { rows: { type: 'csv', path } };
  const plan = () => runner.plan(pipeline(nodes, { load, save: { next: { type: 'csv', path: target } } }));
  if (refused) {
    expect(await errorOf(plan)).toMatchObject({
      code: 'FP_SAVED_OVER_LOADED',
      message: expect.stringContaining('so that the next run reads what this one saves'),
    });
  } else expect(plan().savers).toEqual(['save.next']);
});
