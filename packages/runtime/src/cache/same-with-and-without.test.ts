/** A cache on files changes nothing but the time. */
import { createDriver } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyValue, lookAt } from '../../../core/src/laws/__fixtures__/any-value.js';
import { fileCacheStore } from './file-cache-store.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

test('for every value, a driver with files gives what one without gives, in every run', async () => {
  const m = {
    kept: ({ box }: { box: readonly unknown[] }) => [...box],
    seen: ({ kept }: { kept: unknown }) => lookAt(kept),
  };
  let hits = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyValue, { minLength: 1, maxLength: 3 }), async (values) => {
      const store = fileCacheStore({ fs: createMemoryFileSystem(), dir: 'cache' });
      const driver = createDriver({ modules: [m], cache: { store }, log: quiet });
      for (const given of [...values, ...values]) {
        const { kept, seen } = await driver.execute(['kept', 'seen'], { inputs: { box: [given] } });
        expect(seen).toBe(lookAt([given]));
        expect(lookAt(kept)).toBe(lookAt([given]));
        hits += driver.cache.explain().filter(({ outcome }) => outcome === 'hit').length;
      }
    }),
    { numRuns: 200 },
  );
  expect(hits).toBeGreaterThan(50);
});
