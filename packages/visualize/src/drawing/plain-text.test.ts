import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/arbitrary.js';
import { plainLine, plainLines, shorten } from './plain-text.js';

test('one line: white space collapses, what cannot be printed shows as U+FFFD', () => {
  expect(plainLine('  a\r\n\tb\u2028c  ')).toBe('a b c');
  expect(plainLine('\u001B[31mred')).toBe('\uFFFD[31mred');
  expect(plainLine('\u202Etxt\u2066')).toBe('\uFFFDtxt\uFFFD');
  expect(plainLine('lone \uD800, pair 🌸')).toBe('lone \uFFFD, pair 🌸');
});

test('several lines keep their breaks and indentation', () => {
  expect(plainLines('\nfirst  \r\n\tsecond\u0007\n\n')).toBe('first\n  second\uFFFD');
});

test('shortening counts characters, not code units', () => {
  expect(shorten('🌸🌸🌸', 3)).toBe('🌸🌸🌸');
  expect(shorten('🌸🌸🌸🌸', 3)).toBe('🌸🌸…');
});

test('law: plain text is plain already, and never longer than its limit', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 12 }), (text, limit) => {
      const line = plainLine(text);
      expect(plainLine(line)).toBe(line);
      expect(plainLines(plainLines(text))).toBe(plainLines(text));
      // oxlint-disable-next-line no-control-regex -- the absence of control characters is the law
      expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
      expect(Array.from(shorten(line, limit)).length).toBeLessThanOrEqual(limit);
    }),
  );
});
