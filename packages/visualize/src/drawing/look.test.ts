import {
  branch,
  checkOutput,
  createDriver,
  dataLoader,
  dataSaver,
  inRange,
  noNaNs,
  node,
  source,
  subdag,
} from '@flowerpower/core';
import { expect, test } from 'vitest';
import { graphOf } from '../__fixtures__/graphs.js';
import { findLooks } from './look.js';

test('a checked node is told apart from its checks and from what it was before, in a sub-graph too', () => {
  const inner = {
    ratio: node(({ spend }: { spend: number }) => spend, checkOutput(inRange(0, 1)), checkOutput(noNaNs())),
  };
  const outer = {
    total: node(
      ({ ratio }: { ratio: number }) => ratio,
      subdag({ modules: [inner], inputs: { spend: source('sum') } }),
    ),
    sum: () => 1,
  };
  expect(Object.fromEntries(findLooks(createDriver({ modules: [outer] }).graph))).toEqual({
    sum: 'function',
    'total.ratio_raw': 'unchecked',
    'total.ratio_inRange': 'check',
    'total.ratio_noNaNs': 'check',
    'total.ratio': 'function',
    total: 'function',
  });
});

test('what reads, writes or chooses shows that, checked or not', () => {
  const module = {
    rows: node((): [number, object] => [1, {}], dataLoader(), checkOutput(inRange(0, 1))),
    kind: () => 'a',
    one: () => 1,
    two: () => 2,
    chosen: branch('kind', { a: 'one' }, { otherwise: 'two' }),
    written: node(({ chosen }: { chosen: number }) => ({ chosen }), dataSaver()),
  };
  const looks = findLooks(createDriver({ modules: [module] }).graph);
  expect(looks.get('chosen')).toBe('branch');
  expect(looks.get('written')).toBe('saver');
  expect(looks.get('rows.loader')).toBe('loader');
  expect(looks.get('rows_raw')).toBe('loader');
  expect(looks.get('rows_inRange')).toBe('check');
});

test("a user's own function that gives a ValidationResult is not a check", () => {
  const graph = graphOf([
    { name: 'a' },
    { name: 'judged', type: 'ValidationResult', needs: ['a'] },
    { name: 'b', needs: ['a', 'judged'] },
  ]);
  expect([...findLooks(graph).values()]).toEqual(['function', 'function', 'function']);
});
