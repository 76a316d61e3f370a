import { requireOptions } from '../errors/option-problems.js';
import type { OptionRule } from '../errors/option-rules.js';
import type { CacheEntry, CacheRefusal, CacheStore } from './cache-store.js';
import { defineCacheStore } from './define-cache-store.js';
import { copyValue } from './copy-value.js';

export interface MemoryCacheStoreOptions {
  /** At most this many keys, at least 1. Default: no limit besides the size. */
  readonly maxEntries?: number | undefined;
  /** At most about this many bytes, counted as hashed, at least 1. Default 256 MiB. */
  readonly maxSizeBytes?: number | undefined;
}

interface HeldValue {
  readonly value: unknown;
  readonly sizeBytes: number;
  /** How many keys lead here. */
  keys: number;
}

const entryOverheadBytes = 300;

/**
 * A cache store in the memory of this process. Synchronous; what was used least recently goes first.
 *
 * Values are copied when they are stored and when they are handed out, so nobody can damage what the store holds:
 * objects, arrays, maps, sets, dates, errors and buffers, with circles, sharing and frozen parts. Only objects with a
 * method `Symbol.for('flowerpower.fingerprint')` are handed out as they are; leave them unchanged.
 *
 * @throws FlowerPowerError `FP_BAD_CACHE_OPTION` for a limit below 1.
 *
 * @example
 * ```ts
 * import { memoryCacheStore } from '@flowerpower/core';
 *
 * const store = memoryCacheStore({ maxSizeBytes: 64 * 1024 * 1024 });
 * console.log(store.size()); // { entries: 0, sizeBytes: 0 }
 * ```
 */
export function memoryCacheStore(options: MemoryCacheStoreOptions = {}) {
  requireOptions(
    options,
    { maxEntries: aLimit, maxSizeBytes: aLimit },
    'memoryCacheStore',
    'FP_BAD_CACHE_OPTION',
  );
  const { maxEntries = Number.POSITIVE_INFINITY, maxSizeBytes = 256 * 1024 * 1024 } = options;
  /** In the order of use, the least recent first. */
  const versions = new Map<string, string>();
  const values = new Map<string, HeldValue>();
  let sizeBytes = 0;

  const remove = (key: string): void => {
    const dataVersion = versions.get(key);
    if (dataVersion === undefined) return;
    versions.delete(key);
    sizeBytes -= entryOverheadBytes;
    const held = values.get(dataVersion)!;
    held.keys--;
    if (held.keys > 0) return;
    values.delete(dataVersion);
    sizeBytes -= held.sizeBytes;
  };

  return defineCacheStore({
    contractVersion: 1,
    name: 'memory',
    getVersion(key: string) {
      const dataVersion = versions.get(key);
      if (dataVersion === undefined) return undefined;
      versions.delete(key);
      versions.set(key, dataVersion);
      return { dataVersion };
    },
    getValue(dataVersion: string) {
      const held = values.get(dataVersion);
      return held === undefined ? undefined : { value: copyValue(held.value) };
    },
    set(key: string, entry: CacheEntry): CacheRefusal | undefined {
      if (entry.sizeBytes + entryOverheadBytes > maxSizeBytes) {
        return { refused: `it has ${entry.sizeBytes} bytes, and the store holds ${maxSizeBytes}` };
      }
      let held = values.get(entry.dataVersion);
      if (held === undefined) {
        held = { value: copyValue(entry.value), sizeBytes: entry.sizeBytes, keys: 0 };
        values.set(entry.dataVersion, held);
        sizeBytes += entry.sizeBytes;
      }
      held.keys++;
      remove(key);
      versions.set(key, entry.dataVersion);
      sizeBytes += entryOverheadBytes;
      for (const oldest of versions.keys()) {
        if (versions.size <= maxEntries && sizeBytes <= maxSizeBytes) break;
        remove(oldest);
      }
      return undefined;
    },
    delete: remove,
    clear() {
      versions.clear();
      values.clear();
      sizeBytes = 0;
    },
    size: () => ({ entries: versions.size, sizeBytes }),
  } as const satisfies CacheStore);
}

const aLimit: OptionRule = {
  fits: (value) => typeof value === 'number' && value >= 1,
  expected: 'a number of at least 1',
};
