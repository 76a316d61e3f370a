/** Values that the first run uses up. Each test has the name of a fault. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createDriver, inject, node, value } from '../index.js';

describe('an iterator that is bound is empty from the second run on', () => {
  const a = ({ g }: { g: Iterable<number> }) => [...g];
  const iterator = () => [1, 2].values();
  test.each<[string, () => unknown]>([
    ['inject', () => createDriver({ modules: [{ a: node(a, inject({ g: iterator() })) }] })],
    [
      'a value of inject',
      () => createDriver({ modules: [{ a: node(a, inject({ g: value(iterator()) })) }] }),
    ],
    ['params', () => createDriver({ modules: [{ a }], params: { a: { g: iterator() } } })],
    ['config', () => createDriver({ modules: [{ a }], config: { g: iterator() } })],
    ['a stream', () => createDriver({ modules: [{ a }], config: { g: Readable.from([1]) } })],
  ])('%s', (_, build) => {
    expect(build).toThrow(expect.objectContaining({ code: 'FP_READ_TWICE' }));
    expect(build).toThrow(/'g'.*every run would read it/);
  });
});
