/** A cache changes nothing but the time: whatever nodes give and are given. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createDriver, memoryCacheStore } from '../index.js';
import { anyValue, lookAt } from './__fixtures__/any-value.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

test('for every value, a driver with a cache gives what one without gives, in every run', () => {
  const m = {
    kept: ({ box }: { box: readonly unknown[] }) => [...box],
    seen: ({ kept }: { kept: unknown }) => lookAt(kept),
  };
  let hits = 0;
  fc.assert(
    fc.property(fc.array(anyValue, { minLength: 1, maxLength: 4 }), (values) => {
      const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() }, log: quiet });
      for (const given of [...values, ...values]) {
        const { kept, seen } = driver.executeSync(['kept', 'seen'], { inputs: { box: [given] } });
        expect(seen).toBe(lookAt([given]));
        expect(lookAt(kept)).toBe(lookAt([given]));
        hits += driver.cache.explain().filter(({ outcome }) => outcome === 'hit').length;
      }
    }),
    { numRuns: 300 },
  );
  expect(hits).toBeGreaterThan(100);
});
