/** The cache of one driver, as a run uses it. Knows graphs and stores, and nothing of how a run works. */
import { messageOf } from '../errors/message-of.js';
import { readProperty } from '../errors/read-property.js';
import { isFlowerPowerError } from '../errors/flowerpower-error.js';
import { requireKnown } from '../inspect/known-names.js';
import { giverOf, givenBy, notePromise } from '../model/promises.js';
import type { GraphNode } from '../model/graph.js';
import type { NodeLog } from '../model/functions.js';
import type { CacheBehavior } from '../model/cache-behavior.js';
import {
  about,
  type CacheableCall,
  createCacheKeys,
  type DataVersion,
  isIo,
  type NodeCacheFacts,
  resourceVersions,
  versionByBehavior,
} from './cache-keys.js';
import type { CacheStoreSize } from './cache-store.js';
import { contentOf, isStream } from './content-of.js';
import { uncountedRead } from './uncounted-read.js';
import { type CacheRecord, type KeyParts, type LastKey, LastKeys, type Miss, RunRecords } from './explain.js';
import { type FoundEntry, readEntry } from './read-entry.js';
import type { CacheOptions } from './resolve-behaviors.js';
import { chain, guard, isPromise } from './settle.js';
import { createStoreWarnings } from './store-warnings.js';

export interface CachedOutcome {
  readonly value: unknown;
  /** Undefined when nobody needed it yet: ask `versionOf`. */
  readonly version: DataVersion | undefined;
  /** Under which the store has it, or was asked to. */
  readonly key?: string | undefined;
  readonly isHit: boolean;
}

/** The cache during one run. */
export interface CacheSession {
  /**
   * The value from the store, or else from `compute`, which is then stored. Synchronous when both are. What `compute`
   * throws or rejects with goes through, and nothing is stored. Never fails for the store.
   */
  through(call: CacheableCall, compute: () => unknown): CachedOutcome | Promise<CachedOutcome>;
  /** The version of a value that did not come through the cache: of an input, an override, a collection. */
  versionOf(value: unknown, node?: string): DataVersion;
  /**
   * A node handed on what another one gave, or a part of it: it is no more in the store than that, and no less.
   *
   * @param reason - why it is not, where that is not its behaviour.
   * @returns whether its value counts by its content.
   */
  handedOn(node: GraphNode, isHit: boolean, reason: 'loaded-anew' | 'passed-on'): boolean;
  /** The value of a node turned out to be wrong. Never fails for the store. */
  forget(node: string, key: string): void | Promise<void>;
  /** The run is over: says what there was too much of to say it one by one. */
  end(): void;
}

/** What a driver shows of its cache. */
export interface CacheInspection<Name extends string = string> {
  /**
   * Why the nodes of the last run were taken from the cache or computed, in the order in which they ran.
   *
   * @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one.
   */
  explain(names?: readonly Name[]): readonly CacheRecord[];
  /**
   * What the last key of each node stood for that went through this driver, as plain data. A preview compares with it, so
   * that also another process can say what has changed since.
   */
  lastKeys(): Readonly<Record<string, LastKey>>;
  /** The behaviour of each node, input and config value. */
  readonly behaviors: ReadonlyMap<string, CacheBehavior>;
  clear(): void | Promise<void>;
  size(): CacheStoreSize | Promise<CacheStoreSize>;
}

export interface NodeCache extends CacheInspection {
  session(run: CachedRun): CacheSession;
}

/** The run that a session is for. */
interface CachedRun {
  readonly runId: string;
  readonly log: NodeLog;
  /** What nodes find as `resources` of their context. */
  readonly resources?: Readonly<Record<string, unknown>> | undefined;
  /** Aborts when nothing of it is needed any more. */
  signal(): AbortSignal;
}

/**
 * @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem of the options.
 */
export function createNodeCache(options: CacheOptions, facts: NodeCacheFacts): NodeCache {
  const { store } = options;
  const { nodes } = facts;
  const keys = createCacheKeys(options, facts);
  const { behaviors, behaviorOf } = keys;
  const lastKeys = new LastKeys();
  const inFlight = new Map<string, PromiseLike<unknown>>();
  /** Nodes whose values could not be stored: one warning each. */
  const warned = new Set<string>();
  let lastRun = new RunRecords();

  const session: NodeCache['session'] = (run) => {
    const { runId, log, resources } = run;
    const records = new RunRecords();
    lastRun = records;
    const resourcesOf = resourceVersions(resources);

    const warnings = createStoreWarnings(log, { runId, store: store.name });
    const warn = (kind: string, message: string, node: string, error: unknown) =>
      warnings.warn(kind, message, node, {
        ...(isFlowerPowerError(error) && {
          code: readProperty(error, 'code'),
          hint: readProperty(error, 'hint'),
        }),
      });

    const answer = <T>({ name }: GraphNode, given: T): T =>
      notePromise(given, undefined, 'cache store', store.name, name);

    /** The entry of a key, or why there is none. */
    const lookUp = (
      node: GraphNode,
      key: string,
    ): FoundEntry | Miss | undefined | Promise<FoundEntry | Miss | undefined> =>
      guard<FoundEntry | Miss | undefined>(
        () => readEntry(store, key, (given) => answer(node, given)),
        (error) => {
          const detail = messageOf(error);
          warn(
            'could not be read from the cache and had to be computed',
            `The cache could not be read for '${node.name}', which is computed: ${detail}`,
            node.name,
            error,
          );
          return { reason: 'store-failed', detail };
        },
      );

    const keep = (
      call: CacheableCall,
      parts: KeyParts,
      value: unknown,
    ): CachedOutcome | Promise<CachedOutcome> => {
      const { node } = call;
      const made = contentOf(value, node);
      const done = (notStored: string | undefined, version: DataVersion): CachedOutcome => {
        lastKeys.remember(node, parts, notStored);
        if (notStored !== undefined) records.notStored(node.name, notStored);
        return { value, version, key: parts.key, isHit: false };
      };
      const refused = (reason: string, version: DataVersion) => {
        if (!warned.has(node.name)) {
          warned.add(node.name);
          const message = `The value of '${node.name}' is not cached, because ${reason}.`;
          warn('cannot be cached', message, node.name, undefined);
        }
        return done(reason, version);
      };
      if ('uncacheable' in made) {
        const version = about(node.name, made.uncacheable);
        // Nothing that anybody could mend.
        return isStream(value, node) ? done(made.uncacheable, version) : refused(made.uncacheable, version);
      }
      const version = { hash: made.hash };
      const uncounted = isIo(node) ? undefined : uncountedRead(call.contextReads, resourcesOf(call));
      if (uncounted !== undefined) return done(uncounted, version);
      const entry = { dataVersion: made.hash, value, sizeBytes: made.sizeBytes, rich: made.rich };
      return guard<CachedOutcome>(
        () =>
          chain(answer(node, store.set(parts.key, entry)), (refusal) => {
            // Anything else was stored: a method that hands on what a Map gives says nothing about the value.
            const reason = readProperty(refusal, 'refused');
            return typeof reason === 'string' ? refused(reason, version) : done(undefined, version);
          }),
        (error) => {
          const detail = messageOf(error);
          const message = `The value of '${node.name}' could not be stored: ${detail}`;
          warn('could not be stored', message, node.name, error);
          return done(`the store failed: ${detail}`, version);
        },
      );
    };

    const miss = (call: CacheableCall, reason: Miss) =>
      records.miss(call.node.name, behaviorOf(call.node.name), reason);

    const takeOrCompute = (
      call: CacheableCall,
      parts: KeyParts,
      compute: () => unknown,
    ): CachedOutcome | Promise<CachedOutcome> => {
      const { node } = call;
      const asHit = (found: FoundEntry | Miss | undefined): CachedOutcome | undefined => {
        if (found === undefined || !('cached' in found)) return undefined;
        lastKeys.remember(node, parts);
        records.hit(node.name, 'default');
        const { cached, dataVersion } = found;
        return { value: cached.value, version: { hash: dataVersion }, key: parts.key, isHit: true };
      };
      return chain(lookUp(node, parts.key), (found) => {
        const hit = asHit(found);
        if (hit !== undefined) return hit;
        const computeNow = () => {
          const reason = found !== undefined && 'reason' in found ? found : undefined;
          miss(call, reason ?? lastKeys.compare(node, parts, call.item !== undefined));
          return chain(compute(), (value) => keep(call, parts, value));
        };
        if (store.computeOnce === undefined) return computeNow();
        return computeOnce(parts.key, computeNow, async () => asHit(await lookUp(node, parts.key)));
      });
    };

    /** Whatever the store does, the value is computed once here, or found. */
    const computeOnce = async (
      key: string,
      computeNow: () => CachedOutcome | Promise<CachedOutcome>,
      look: () => Promise<CachedOutcome | undefined>,
    ): Promise<CachedOutcome> => {
      const signal = run.signal();
      let computed: Promise<CachedOutcome> | undefined;
      let found: CachedOutcome | undefined;
      const compute = () => (computed ??= (async () => computeNow())());
      const find = async () => (found ??= await look());
      try {
        await store.computeOnce!(key, { compute, find, signal });
      } catch {
        // What computing rejects with is told by its own promise; a store that fails costs a computation.
        if (computed === undefined) signal.throwIfAborted();
      }
      return computed ?? found ?? compute();
    };

    return {
      through(call, compute) {
        const { name } = call.node;
        const behavior = behaviorOf(name);
        if (behavior === 'disable' || behavior === 'ignore') {
          miss(call, { reason: 'behavior' });
          const version = versionByBehavior(name, behavior);
          return chain(compute(), (value) => ({ value, version, isHit: false }));
        }
        const parts = keys.of(call, resourcesOf(call));
        if ('reason' in parts) {
          miss(call, parts);
          return chain(compute(), (value) => ({ value, version: undefined, isHit: false }));
        }
        if (behavior === 'recompute') {
          miss(call, { reason: 'behavior' });
          if (keys.isNeverRead(call.node)) {
            return chain(compute(), (value) => ({ value, version: undefined, isHit: false }));
          }
          return chain(compute(), (value) => keep(call, parts, value));
        }
        // Whoever waits takes a copy of its own from the store afterwards, or computes when nothing was stored.
        const running = inFlight.get(parts.key);
        const again = () => takeOrCompute(call, parts, compute);
        if (running !== undefined)
          return givenBy(Promise.resolve(running).then(again, again), giverOf(running));
        const outcome = again();
        if (isPromise(outcome)) {
          inFlight.set(parts.key, outcome);
          const ended = () => void inFlight.delete(parts.key);
          outcome.then(ended, ended);
        }
        return outcome;
      },
      versionOf(value, node) {
        const behavior = node === undefined ? 'default' : behaviorOf(node);
        if (behavior === 'disable' || behavior === 'ignore') return versionByBehavior(node!, behavior);
        const made = contentOf(value);
        return 'hash' in made ? { hash: made.hash } : about(node, made.uncacheable);
      },
      handedOn({ name }, isHit, reason) {
        const behavior = behaviorOf(name);
        if (isHit) records.hit(name, behavior);
        else records.miss(name, behavior, { reason: behavior === 'default' ? reason : 'behavior' });
        return behavior !== 'disable' && behavior !== 'ignore';
      },
      forget(node, key) {
        return guard<void>(
          () => store.delete(key),
          (error) => {
            const message = `A wrong value of '${node}' could not be removed from the cache: ${messageOf(error)}`;
            warn('could not be removed from the cache', message, node, error);
          },
        );
      },
      end: () => warnings.end(),
    };
  };

  return {
    session,
    behaviors,
    explain(names) {
      requireKnown({ nodes }, names ?? []);
      return lastRun.list(names === undefined ? undefined : new Set(names));
    },
    lastKeys: () => lastKeys.list(nodes),
    clear: () => store.clear(),
    size: () => store.size(),
  };
}
