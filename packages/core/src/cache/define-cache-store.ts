import { requireArgument } from '../errors/option-problems.js';
import { withMethods } from '../errors/option-rules.js';
import { versioningOf } from '../inspect/node-versions.js';
import { ContextReads } from '../run/context-reads.js';
import { createBlame } from './blame.js';
import { cacheCalls } from './cache-calls.js';
import { type CacheEngine, cacheEngineKey, type DefinedCacheStore } from './cache-engine.js';
import type { CacheStore } from './cache-store.js';
import { createCodeVersions } from './code-version.js';
import { createNodeCache } from './node-cache.js';

const engine: CacheEngine = (options, validated) => {
  const { graph } = validated;
  const codeVersionOf = createCodeVersions({ validated, versioning: versioningOf(validated) });
  const cache = createNodeCache(options, { nodes: graph.nodes, codeVersionOf });
  const blame = createBlame(graph);
  return {
    adds: { cache },
    join(run) {
      const session = cache.session(run);
      const reads = new ContextReads();
      return {
        around: (call) => cacheCalls(call, session, reads, blame),
        end: () => session.end(),
        contextFor: (frame, slot, context) => reads.watch(frame, slot, context),
      };
    },
  };
};

/**
 * Declares a cache store, so that a driver can use it: the same object, marked. Also an instance of a class. Prove it with `cacheStoreContract` from
 * `@flowerpower/core/testing`.
 *
 * @example
 * ```ts
 * import { createDriver, defineCacheStore } from '@flowerpower/core';
 *
 * const versions = new Map<string, string>();
 * const values = new Map<string, unknown>();
 * const store = defineCacheStore({
 *   contractVersion: 1,
 *   name: 'simple',
 *   getVersion: (key) => (versions.has(key) ? { dataVersion: versions.get(key)! } : undefined),
 *   getValue: (version) => (values.has(version) ? { value: structuredClone(values.get(version)) } : undefined),
 *   set(key, { dataVersion, value }) {
 *     values.set(dataVersion, structuredClone(value));
 *     versions.set(key, dataVersion);
 *     return undefined;
 *   },
 *   delete: (key) => void versions.delete(key),
 *   clear() {
 *     versions.clear();
 *     values.clear();
 *   },
 *   size: () => ({ entries: versions.size, sizeBytes: 0 }),
 * });
 * const driver = createDriver({ modules: [{ two: () => 2 }], cache: { store } });
 * driver.executeSync(['two']);
 * driver.executeSync(['two']);
 * driver.cache.explain()[0]?.outcome; // 'hit'
 * ```
 */
export function defineCacheStore<Store extends CacheStore>(store: Store): NoInfer<Store> & DefinedCacheStore {
  const methods = ['getVersion', 'getValue', 'set', 'delete', 'clear', 'size'];
  const aStore = withMethods(`a cache store, with the methods ${methods.join(', ')}`, ...methods);
  requireArgument('defineCacheStore: The store', aStore, store);
  return Object.assign(store, { [cacheEngineKey]: engine });
}
