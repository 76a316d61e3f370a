/** Tests that whoever writes a cache store runs on it. */
export {
  type CacheStoreCase,
  cacheStoreContract,
  type CacheStoreRule,
  type TestRegistrar,
} from './cache-store-contract.js';
