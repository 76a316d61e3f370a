import { expect, test } from 'vitest';
import { didYouMean, suggest } from './suggest.js';

test('near names come best first, far ones not at all', () => {
  expect(suggest('spned', ['spends', 'signups', 'spend'])).toEqual(['spend', 'spends']);
  expect(suggest('SPEND', ['spend'])).toEqual(['spend']);
  expect(suggest('x', ['spend'])).toEqual([]);
});

test('the question names up to three', () => {
  expect(didYouMean('ab', ['ac', 'ad', 'ae', 'af'])).toBe("Did you mean 'ac', 'ad' or 'ae'?");
  expect(didYouMean('zzzz', ['abc'])).toBeUndefined();
});
