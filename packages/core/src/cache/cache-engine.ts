/** What a store brings along, so that a bundle without a store holds none of it. */
import type { Attachment } from '../engine/part.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { CacheStore } from './cache-store.js';
import type { CacheInspection } from './node-cache.js';
import type { CacheOptions } from './resolve-behaviors.js';

export const cacheEngineKey: unique symbol = Symbol.for('flowerpower.cache-engine');

/**
 * Makes the cache of a graph.
 *
 * @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem of the options.
 */
export type CacheEngine = (
  options: CacheOptions,
  validated: ValidatedGraph,
) => Attachment<{ readonly cache: CacheInspection }>;

/** A store that a driver takes: one of FlowerPower, of a plugin, or what `defineCacheStore` gives. */
export interface DefinedCacheStore extends CacheStore {
  readonly [cacheEngineKey]: CacheEngine;
}
