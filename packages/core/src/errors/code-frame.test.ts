import fc from 'fast-check';
import { expect, it } from 'vitest';
import { codeFrame } from './code-frame.js';

it('shows the line before, the line and the line after, with a caret', () => {
  expect(codeFrame('name: a\nrun:\n  finl_vars: []\n  inputs: {}\nlast: 1', 3, 3)).toBe(
    ['  2 | run:', '> 3 |   finl_vars: []', '    |   ^', '  4 |   inputs: {}'].join('\n'),
  );
});

it('shows fewer lines at the ends of the text', () => {
  expect(codeFrame('a: 1', 1, 4)).toBe('> 1 | a: 1\n    |    ^');
  expect(codeFrame('a: 1\nb: 2\n', 2, 1)).toBe('  1 | a: 1\n> 2 | b: 2\n    | ^');
});

it('aligns line numbers of different width', () => {
  const text = Array.from({ length: 12 }, (_, index) => `k${index + 1}: x`).join('\n');
  expect(codeFrame(text, 10, 1)).toBe('   9 | k9: x\n> 10 | k10: x\n     | ^\n  11 | k11: x');
});

it('cuts a long line around the column and keeps the caret under it', () => {
  const line = `${'x'.repeat(500)}@${'y'.repeat(500)}`;
  const [shown = '', caret = ''] = codeFrame(line, 1, 501).split('\n');
  expect(shown.length).toBeLessThan(120);
  expect(shown[caret.indexOf('^')]).toBe('@');
});

it('never lets control characters through to the terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(20), fc.nat(200), (text, line, column) => {
      const frame = codeFrame(text, line + 1, column + 1);
      expect(frame.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }),
  );
});
