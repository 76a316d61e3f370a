/**
 * What a driver calls when it has a cache. A store brings it along, so that a bundle without a cache holds none of
 * it.
 */
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { Versioning } from '../inspect/node-versions.js';
import type { ContextReads } from '../run/context-reads.js';
import type { Call } from '../run/frame.js';
import type { CacheSession, NodeCache } from './node-cache.js';
import type { CacheOptions } from './resolve-behaviors.js';

export const cacheEngineKey: unique symbol = Symbol.for('flowerpower.cache-engine') as never;

export interface CacheEngine {
  /** @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem of the options. */
  create(options: CacheOptions, facts: CacheFacts): NodeCache;
  /** For one run: what its nodes read of their contexts. */
  watchContexts(): ContextReads;
  /** The call that takes values from the cache, or calls and stores. */
  around(call: Call, session: CacheSession, reads: ContextReads): Call;
}

export interface CacheFacts {
  readonly validated: ValidatedGraph;
  readonly versioning: Versioning;
}

/** The cache of a driver, ready to be used by runs. */
export interface DriverCache {
  readonly engine: CacheEngine;
  readonly cache: NodeCache;
}
