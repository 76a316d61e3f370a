import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from './line-index.js';

test('agrees with splitting the text before the offset', () => {
  const texts = fc.array(fc.constantFrom('a', '\n', '\r\n', '😀', '\t')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.nat(), (text, seed) => {
      const offset = seed % (text.length + 1);
      const before = text.slice(0, offset).split('\n');
      expect(new LineIndex(text).position(offset)).toEqual({
        line: before.length,
        column: before.at(-1)!.length + 1,
      });
    }),
  );
});
