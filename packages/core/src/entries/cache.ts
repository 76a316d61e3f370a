/** Values kept from one run to the next. */
export type {
  CacheBehavior,
  CachedValue,
  CachedVersion,
  CacheEntry,
  CacheInspection,
  CacheModifierOptions,
  CacheOptions,
  CacheReason,
  CacheRecord,
  CacheRefusal,
  CacheStore,
  CacheStoreSize,
  DefinedCacheStore,
  Fingerprint,
  LastKey,
  MemoryCacheStoreOptions,
} from '../index.js';
export { cache, cachePart, defineCacheStore, fingerprint, memoryCacheStore } from '../index.js';
export { blamesValue, valuesToBlame } from '../index.js';
