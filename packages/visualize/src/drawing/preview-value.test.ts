import fc from 'fast-check';
import { expect, test } from 'vitest';
import { previewValue } from './preview-value.js';

class Secret {
  readonly value = 'hunter2';
}

test.each<[unknown, string]>([
  ['short', '"short"'],
  ['a very long text that does not fit a label', '"a very long text that d…"'],
  ['two\nlines', '"two lines"'],
  [0, '0'],
  [-0, '-0'],
  [Number.NaN, 'NaN'],
  [10n, '10n'],
  [true, 'true'],
  [null, 'null'],
  [undefined, 'undefined'],
  [Symbol('tag'), 'Symbol(tag)'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [new Date(Number.NaN), 'Invalid Date'],
  [[], '[]'],
  [[1, 'two', [3]], '[1, "two", […]]'],
  [[1, 2, 3, 4, 5], '[1, 2, 3, … 5]'],
  [{}, '{}'],
  [{ min: 0, max: 1 }, '{ min, max }'],
  [{ a: 1, b: 2, c: 3, d: 4 }, '{ a, b, c, … 4 }'],
  [new Map([[1, 2]]), 'Map(1)'],
  [new Set([1, 2]), 'Set(2)'],
  [new Float64Array(3), 'Float64Array(3)'],
  [function scale() {}, 'ƒ scale'],
  [new Secret(), 'Secret'],
  [Object.create(null), '{}'],
])('%o is shown as %s', (value, shown) => {
  expect(previewValue(value)).toBe(shown);
});

test('reads no getter', () => {
  const value = Object.defineProperty({}, 'trap', {
    enumerable: true,
    get: () => {
      throw new Error('read');
    },
  });
  expect(previewValue(value)).toBe('{ trap }');
});

test('law: any value is one short line', () => {
  fc.assert(
    fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), (value) => {
      const shown = previewValue(value);
      expect(shown).not.toContain('\n');
      expect(shown.length).toBeLessThan(100);
    }),
  );
});
