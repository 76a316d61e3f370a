export {
  type CacheStoreCase,
  cacheStoreContract,
  type CacheStoreRule,
  type TestRegistrar,
} from './cache-store-contract.js';
