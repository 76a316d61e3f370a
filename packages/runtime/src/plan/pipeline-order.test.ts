/** One that loads what another one saves comes after it. */
import { from, to } from '@flowerpower/io';
import { loadNode, saveNode } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';

const json = (path: string) => ({ type: 'json', path });
const reads = (name: string, load: Record<string, string>, save: Record<string, string> = {}) =>
  pipeline(
    { made: (given: { a?: unknown }) => given.a ?? 1 },
    {
      name,
      load: Object.fromEntries(Object.entries(load).map(([key, path]) => [key, json(path)])),
      save: Object.fromEntries(Object.entries(save).map(([key, path]) => [key, json(path)])),
    },
  );

test('what is saved comes before what loads it, however its path is written; else the order stays', async () => {
  const { runner } = await setUp();
  const last = reads('last', { a: './out/./two.json' });
  const first = reads('first', {}, { made: 'out/one.json' });
  const other = reads('other', {});
  const second = reads('second', { a: 'out/one.json' }, { made: 'out/two.json' });
  expect(runner.order([last, other, second, first])).toEqual([
    { pipeline: 'other', needs: [] },
    { pipeline: 'first', needs: [] },
    { pipeline: 'second', needs: [{ pipeline: 'first', path: 'out/one.json' }] },
    { pipeline: 'last', needs: [{ pipeline: 'second', path: 'out/two.json' }] },
  ]);
});

test('files that code names count, and files of a folder that is loaded', async () => {
  const { runner } = await setUp();
  const code = pipeline(
    { rows: () => [{ n: 1 }], file: saveNode('rows', to.jsonl({ path: 'parts/a.jsonl' })) },
    { name: 'code' },
  );
  const folder = pipeline({ all: loadNode(from.jsonl({ path: 'parts/*.jsonl' })) }, { name: 'folder' });
  expect(runner.order([folder, code]).map((each) => each.pipeline)).toEqual(['code', 'folder']);
});

test('a circle is spelled out', async () => {
  const { runner } = await setUp();
  const a = reads('a', { a: 'b.json' }, { made: 'a.json' });
  const b = reads('b', { a: 'a.json' }, { made: 'b.json' });
  const c = reads('c', { a: 'a.json' });
  expect(await errorOf(() => runner.order([c, a, b]))).toMatchObject({
    code: 'FP_PIPELINE_ORDER',
    message:
      "The pipelines need each other, so none of them can be the first: 'a' loads b.json, which 'b' saves; 'b' loads a.json, which 'a' saves.",
  });
});
