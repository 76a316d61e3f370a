import { expectTypeOf, test } from 'vitest';
import { type CheckGraph, createDriver, node } from '../index.js';

const m = { add: node({ inputs: ['a', 'b'] }, (a: number, b = 2) => a + b) };

test('a default value makes an explicit input optional, and keeps its type', () => {
  expectTypeOf<CheckGraph<typeof m, { inputs: { a: number } }>>().toEqualTypeOf<true>();
  expectTypeOf<CheckGraph<typeof m, { inputs: { b: number } }>>().toEqualTypeOf<{
    'a -> add': 'neither a node nor an input gives it';
  }>();
  const driver = createDriver({ modules: [m] });
  driver.plan(['add'], { inputs: { a: 1, b: 2 } });
  // @ts-expect-error -- b is a number
  driver.plan(['add'], { inputs: { a: 1, b: 'x' } });
});
