import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shorten } from './shorten.js';

test('a text that fits stays, a longer one ends with an ellipsis', () => {
  expect(shorten('north', 5)).toBe('north');
  expect(shorten('northern', 5)).toBe('nort…');
});

test('no character is halved', () => {
  expect(shorten('🌸🌸🌸', 4)).toBe('🌸…');
  expect(shorten('🌸🌸🌸', 6)).toBe('🌸🌸🌸');
});

test('law: never longer than the limit, always well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (text, max) => {
      const short = shorten(text, max);
      expect(short.length).toBeLessThanOrEqual(max);
      expect(/\p{Cs}/u.test(short)).toBe(false);
    }),
  );
});
