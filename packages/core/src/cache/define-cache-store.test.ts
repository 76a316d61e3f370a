import { expect, test } from 'vitest';
import {
  type CachedValue,
  type CachedVersion,
  type CacheEntry,
  type CacheStore,
  createDriver,
  defineCacheStore,
} from '../index.js';

class Mine implements CacheStore {
  readonly contractVersion = 1;
  readonly name = 'mine';
  readonly #entries = new Map<string, CacheEntry>();
  getVersion(key: string): CachedVersion | undefined {
    const entry = this.#entries.get(key);
    return entry && { dataVersion: entry.dataVersion, cached: { value: entry.value } };
  }
  getValue(): CachedValue | undefined {
    return undefined;
  }
  set(key: string, entry: CacheEntry) {
    this.#entries.set(key, entry);
    return undefined;
  }
  delete(key: string) {
    this.#entries.delete(key);
  }
  clear() {
    this.#entries.clear();
  }
  size() {
    return { entries: this.#entries.size, sizeBytes: 0 };
  }
}

test('an instance of a class that implements CacheStore is a store once it is declared', () => {
  const m = { two: () => 2 };
  const driver = createDriver({ modules: [m], cache: { store: defineCacheStore(new Mine()) } });
  for (const _ of [1, 2]) expect(driver.executeSync(['two'])).toEqual({ two: 2 });
  expect(driver.cache.explain()[0]!.outcome).toBe('hit');
  expect(() => createDriver({ modules: [m], cache: { store: new Mine() as never } })).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_CACHE_OPTION',
      hint: expect.stringContaining('defineCacheStore') as string,
    }),
  );
});
