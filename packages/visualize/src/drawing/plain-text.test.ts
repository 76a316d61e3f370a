import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../__fixtures__/arbitrary.js';
import { plainLine, plainLines } from './plain-text.js';

test('one line: white space collapses, what cannot be printed shows as an escape', () => {
  expect(plainLine('  a\r\n\tb\u2028c  ')).toBe('a b c');
  expect(plainLine('\u001B[31mred')).toBe('\\u001b[31mred');
  expect(plainLine('\u202Etxt\u2066')).toBe('\\u202etxt\\u2066');
  expect(plainLine('lone \uD800, pair 🌸')).toBe('lone \\ud800, pair 🌸');
});

test('several lines keep their breaks and indentation', () => {
  expect(plainLines('\nfirst  \r\n\tsecond\u0007\n\n')).toBe('first\n  second\\u0007');
});

test('law: plain text is plain already', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const line = plainLine(text);
      expect(plainLine(line)).toBe(line);
      expect(plainLines(plainLines(text))).toBe(plainLines(text));
      // oxlint-disable-next-line no-control-regex -- the absence of control characters is the law
      expect(line).not.toMatch(/[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
    }),
  );
});
