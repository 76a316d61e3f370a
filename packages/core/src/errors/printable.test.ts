import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from './printable.js';

// Built from code points, so that this file itself holds none of them.
const point = (code: number) => String.fromCodePoint(code);

test.each([
  ['clear the screen', `a${point(0x1b)}[2Jb`, 'a\\u001b[2Jb'],
  ['window title', `${point(0x1b)}]0;owned${point(7)}`, '\\u001b]0;owned\\u0007'],
  ['C1 control sequence', `${point(0x9b)}2J`, '\\u009b2J'],
  ['line ends and tab', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['DEL', point(0x7f), '\\u007f'],
  ['bidirectional override', `${point(0x202e)}fdp.exe`, '\\u202efdp.exe'],
  ['bidirectional isolate', `${point(0x2066)}x${point(0x2069)}`, '\\u2066x\\u2069'],
  ['zero-width space and byte order mark', `a${point(0x200b)}b${point(0xfeff)}`, 'a\\u200bb\\ufeff'],
  ['invisible tag', `a${point(0xe0041)}`, 'a\\udb40\\udc41'],
  ['lone surrogates', 'a\ud800b\udc00', 'a\\ud800b\\udc00'],
  ['a joiner that hides in ASCII', `a${point(0x200d)}b`, 'a\\u200db'],
])('%s', (_, text, shown) => expect(printable(text)).toBe(shown));

test.each([
  ['letters of any script, and emoji', 'ñ ж 你好 😀 – “x”'],
  ['joined emoji', `${point(0x1f469)}${point(0x200d)}${point(0x1f680)}`],
  ['a joiner inside a Persian word', `می${point(0x200c)}خواهم`],
  ['a visible Arabic sign', point(0x0600)],
])('%s stay', (_, text) => expect(printable(text)).toBe(text));

test('law: nothing unprintable is left, and a second time changes nothing', () => {
  const hostile = fc.string({
    unit: fc.oneof(fc.constantFrom('\u001b', '\u202e', '\r', '\u200d', '\ud800'), fc.string()),
  });
  fc.assert(
    fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
      const shown = printable(text);
      expect(shown).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/u);
      expect(printable(shown)).toBe(shown);
    }),
  );
});

test('law: JSON means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(JSON.parse(printable(JSON.stringify(text)))).toBe(text);
    }),
  );
});
