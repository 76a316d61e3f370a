import type { Part } from '../engine/part.js';
import { FlowerPowerError } from '../errors/flowerpower-error.js';
import { type CacheEngine, cacheEngineKey } from './cache-engine.js';
import type { CacheInspection } from './node-cache.js';
import type { CacheOptions } from './resolve-behaviors.js';

/**
 * Keeps the values of nodes from one run to the next; the driver then has `cache`, which tells why they were taken
 * or computed. A driver of `createDriver` has it when it is given `cache`.
 */
export function cachePart(options: CacheOptions): Part<{ readonly cache: CacheInspection }> {
  return { attach: ({ validated }) => engineOf(options)(options, validated) };
}

function engineOf(options: CacheOptions | undefined | null): CacheEngine {
  const engine = (options?.store as { readonly [cacheEngineKey]?: CacheEngine } | undefined)?.[
    cacheEngineKey
  ];
  if (engine !== undefined) return engine;
  throw new FlowerPowerError({
    code: 'FP_BAD_CACHE_OPTION',
    message: 'cache.store is not a cache store.',
    hint: 'Give memoryCacheStore(), a store of a plugin, or one made with defineCacheStore(…).',
  });
}
