/** Loaders whose values are checked, and those that something else stands for. */
import {
  checkOutput,
  countInRange,
  type DataLoader,
  loadFrom,
  loadNode,
  node,
  notNull,
} from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { from } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import { expect, test, vi } from 'vitest';
import { pipeline, setUp } from '../__fixtures__/set-up.js';

const files = { 'rows.json': '[1,2,3]' };
const count = ({ rows }: { rows: number[] }) => rows.length;

test('a checked loader is reported under its own name, and so is its value', async () => {
  const { runner, events, fs } = await setUp({ files });
  const m = { rows: loadNode(from.json({ path: 'rows.json' }), checkOutput(countInRange(1, 9))), count };
  const { loaded, nodes } = await runner.run(pipeline(m));
  expect(loaded).toEqual({
    rows: expect.objectContaining({ uri: fs.uri('rows.json'), format: 'json' }) as unknown,
  });
  expect(Object.values(nodes).map(({ status }) => status)).toEqual(new Array(5).fill('success'));
  const succeeded = events.filter((event) => event.type === 'node.succeeded');
  expect(succeeded.map(({ node, loaded: part, summary }) => [node, part, summary.rows])).toEqual([
    ['rows.loader', 'pair', 3],
    ['rows_raw', 'value', 3],
    ['rows_countInRange', undefined, undefined],
    ['rows', undefined, 3],
    ['count', undefined, undefined],
  ]);
  expect(succeeded[0]).toMatchObject({ valueNode: 'rows_raw' });
});

test('a node that loads, and is checked', async () => {
  const { runner, events } = await setUp({ files });
  const m = {
    count: node(
      count,
      loadFrom({ rows: from.json({ path: 'rows.json' }) as DataLoader<number[]> }),
      checkOutput(notNull()),
    ),
  };
  const { loaded } = await runner.run(pipeline(m));
  expect(Object.keys(loaded)).toEqual(['count.load_data.rows']);
  const succeeded = events.filter((event) => event.type === 'node.succeeded');
  expect(succeeded.map(({ node, loaded: part }) => [node, part])).toEqual([
    ['count.load_data.rows', 'pair'],
    ['count.select_data.rows', 'value'],
    ['count_raw', undefined],
    ['count_notNull', undefined],
    ['count', undefined],
  ]);
});

const opens = vi.fn((): FileSystem => createMemoryFileSystem());
const plugin = definePlugin({
  name: 'remote',
  apiVersion: 1,
  fileSystems: { remote: { create: () => opens() } },
});

test.each([
  ['the node that loads', { 'rows.loader': [[1, 2], {}] }],
  ['what is loaded', { rows: [1, 2] }],
])(
  'where something stands for %s, nothing is opened, and a synchronous run will do',
  async (_, overrides) => {
    opens.mockClear();
    const { runner } = await setUp({ plugins: [plugin] });
    const definition = pipeline(
      { count },
      { load: { rows: { type: 'json', path: 'remote://host/rows.json' } } },
    );
    expect(runner.runSync(definition, { overrides }).outputs).toEqual({ count: 2 });
    expect((await runner.run(definition, { overrides })).outputs).toEqual({ count: 2 });
    expect(opens).not.toHaveBeenCalled();
    expect(() => runner.runSync(definition)).toThrow('A synchronous run cannot load or save: rows.');
  },
);
