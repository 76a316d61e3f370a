import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNamer } from './drawn-id.js';

test('law: identifiers are words and never repeat', () => {
  const name = fc.oneof(fc.stringMatching(/^[ab._]{0,3}(_[23]){0,2}$/), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 40 }), (names) => {
      const ids = names.map(createNamer('n_'));
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^n_[A-Za-z0-9_]*$/);
    }),
  );
});
