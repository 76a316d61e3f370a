import { expect, test } from 'vitest';
import { duration, wholeSeconds } from './duration.js';

test.each([
  [0.034, '0.03 ms'],
  [7.4, '7 ms'],
  [1500, '1.5 s'],
  [61_900, '1 min 1 s'],
  [7_260_000, '2 h 1 min'],
])('%d ms is %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('without parts of a second', () => {
  expect([999, 1999, 59_999].map(wholeSeconds)).toEqual(['0 s', '1 s', '59 s']);
});
