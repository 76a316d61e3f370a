/** What can be read only once, taken by one node through two parameters. */
import { expect, test } from 'vitest';
import { createDriver, group, inject, node, source } from '../index.js';

const both = ({ p, q }: { p: Iterable<number>; q: Iterable<number> }) => [[...p], [...q]];
const twice = { p: source('g'), q: source('g') };

test('an iterator that a node gave', () => {
  const m = { g: () => [1, 2].values(), a: node(both, inject(twice)) };
  const { error } = createDriver({ modules: [m] }).runSync(['a']);
  expect(error).toMatchObject({
    node: 'g',
    cause: { code: 'FP_READ_TWICE', message: expect.stringContaining("is read several times: by 'a', 'a'.") },
  });
});

test('an iterator that is given', () => {
  const m = { a: node(both, inject(twice)) };
  expect(() => createDriver({ modules: [m] }).executeSync(['a'], { inputs: { g: [1, 2].values() } })).toThrow(
    expect.objectContaining({ code: 'FP_READ_TWICE' }),
  );
});

test('a group of one source twice', () => {
  const m = {
    g: () => [1, 2].values(),
    a: node(
      ({ p }: { p: Iterable<number>[] }) => p.map((one) => [...one]),
      inject({ p: group(source('g'), source('g')) }),
    ),
  };
  expect(createDriver({ modules: [m] }).runSync(['a']).error).toMatchObject({
    cause: { code: 'FP_READ_TWICE' },
  });
});

test('a list is read as often as one likes', () => {
  const m = { g: () => [1, 2], a: node(both, inject(twice)) };
  expect(createDriver({ modules: [m] }).executeSync(['a'])).toEqual({
    a: [
      [1, 2],
      [1, 2],
    ],
  });
});
