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
