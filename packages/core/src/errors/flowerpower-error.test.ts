import { expect, test } from 'vitest';
import { errorFromProblems, FlowerPowerError, isFlowerPowerError } from './flowerpower-error.js';

test('another copy of the package is recognised by the brand', () => {
  const brand = { [Symbol.for('flowerpower.error')]: true };
  expect(isFlowerPowerError(Object.assign(new Error('foreign'), brand))).toBe(true);
  expect(isFlowerPowerError(new Error('plain'))).toBe(false);
  expect(isFlowerPowerError(brand)).toBe(false);
});

test('one problem keeps its own code; several are listed under the summary', () => {
  const one = {
    code: 'FP_ONE',
    message: 'One.',
    hint: 'Do it.',
    places: [{ file: 'a.ts', line: 1 }],
  } as const;
  const summary = { code: 'FP_ALL', title: 'All' } as const;
  expect(errorFromProblems([one], summary)).toMatchObject({ ...one, problems: [one] });
  const both = errorFromProblems([one, { code: 'FP_TWO', message: 'Two.' }], summary);
  expect(both).toMatchObject({ code: 'FP_ALL', message: 'All: 2 problems\n  - One.\n  - Two.' });
  expect(both.problems.map(({ code }) => code)).toEqual(['FP_ONE', 'FP_TWO']);
});

test('the cause is kept untouched, and a subclass has its own name', () => {
  class Special extends FlowerPowerError {
    override readonly name = 'Special';
  }
  const cause = { any: 'thing' };
  const error = new Special({ code: 'FP_X', message: 'x', cause });
  expect(error.cause).toBe(cause);
  expect(error.name).toBe('Special');
});
