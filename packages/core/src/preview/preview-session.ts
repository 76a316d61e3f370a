/** Stands in the place of a run's cache: looks values up as that would, and computes and keeps nothing. */
import {
  about,
  type CacheKeys,
  type DataVersion,
  resourceVersions,
  versionByBehavior,
} from '../cache/cache-keys.js';
import type { CacheStore } from '../cache/cache-store.js';
import { contentOf } from '../cache/content-of.js';
import { type LastKeys, type Miss } from '../cache/explain.js';
import type { CachedOutcome, CacheSession } from '../cache/node-cache.js';
import { readEntry } from '../cache/read-entry.js';
import { chain, guard } from '../cache/settle.js';
import { messageOf } from '../errors/message-of.js';
import type { GraphNode } from '../model/graph.js';
import type { PreviewTallies } from './node-preview.js';
import { standIn, untilOf } from './withheld.js';

/** The version of a value that is not known yet. */
interface OpenVersion {
  readonly ignored: true;
  readonly until: ReadonlySet<string>;
}

/** What a run would use. */
export interface PreviewedCache {
  readonly keys: CacheKeys;
  readonly store: Pick<CacheStore, 'getVersion' | 'getValue'>;
  readonly lastKeys: LastKeys;
  /** True where nothing can be found in the store. */
  readonly isEmpty: boolean;
}

export interface PreviewSessionOptions {
  /** Undefined where nothing is kept. */
  readonly cache: PreviewedCache | undefined;
  readonly resources: Readonly<Record<string, unknown>> | undefined;
  readonly tallies: PreviewTallies;
  /** Whether a node is really computed where its value is not found. */
  readonly computes: (node: GraphNode) => boolean;
}

export function createPreviewSession(options: PreviewSessionOptions): CacheSession {
  const { cache, resources, tallies, computes } = options;
  const resourcesOf = resourceVersions(resources);
  const behaviorOf = (name: string) => cache?.keys.behaviorOf(name) ?? 'disable';

  /** @param version - of whatever it will give; undefined where that counts by its content. */
  const runs = (
    node: GraphNode,
    compute: () => unknown,
    version?: DataVersion,
  ): CachedOutcome | Promise<CachedOutcome> =>
    chain(compute(), (value) => {
      if (computes(node)) return { value, version, isHit: false };
      if (node.fanOut !== undefined) tallies.openLists.add(node.name);
      return { value: standIn(node, [node.name]), version, isHit: false };
    });

  return {
    through(call, compute) {
      const { node, inputs } = call;
      const { name } = node;
      if (cache === undefined) {
        tallies.runs(name, { reason: 'no-cache' });
        return runs(node, compute);
      }
      const behavior = behaviorOf(name);
      if (behavior === 'disable' || behavior === 'ignore') {
        tallies.runs(name, { reason: 'behavior', detail: behavior });
        return runs(node, compute, versionByBehavior(name, behavior));
      }
      const parts = cache.keys.of(call, resourcesOf(call));
      if ('reason' in parts) {
        tallies.runs(name, parts);
        return runs(node, compute);
      }
      if (behavior === 'recompute') {
        tallies.runs(name, { reason: 'behavior', detail: behavior });
        return runs(node, compute);
      }
      const until = new Set(
        inputs.flatMap(({ version }) => ('until' in version ? [...untilIn(version)] : [])),
      );
      if (until.size > 0 && cache.isEmpty) {
        tallies.runs(name, { reason: 'first-time' });
        return runs(node, compute);
      }
      if (until.size > 0) {
        tallies.awaits(name, until, cache.lastKeys.compareCode(node, parts.code));
        return chain(compute(), () => {
          if (node.fanOut !== undefined) tallies.openLists.add(name);
          return { value: standIn(node, until), version: undefined, isHit: false };
        });
      }
      const looked = guard(
        () => readEntry(cache.store, parts.key),
        (error): Miss => ({ reason: 'store-failed', detail: messageOf(error) }),
      );
      return chain(looked, (found) => {
        if (found !== undefined && 'cached' in found) {
          tallies.hit(name);
          return { value: found.cached.value, version: { hash: found.dataVersion }, isHit: true };
        }
        tallies.runs(name, found ?? cache.lastKeys.compare(node, parts, call.item !== undefined));
        return runs(node, compute);
      });
    },
    versionOf(value, node) {
      const behavior = node === undefined ? 'default' : behaviorOf(node);
      if (behavior === 'disable' || behavior === 'ignore') return versionByBehavior(node!, behavior);
      const until = untilOf(value);
      if (until.size > 0) return { ignored: true, until } as OpenVersion;
      const made = contentOf(value);
      return 'hash' in made ? { hash: made.hash } : about(node, made.uncacheable);
    },
    handedOn({ name }, isHit) {
      if (isHit) tallies.hit(name);
      const behavior = behaviorOf(name);
      return behavior !== 'disable' && behavior !== 'ignore';
    },
    forget: () => undefined,
    end: () => {},
  };
}

function untilIn(version: DataVersion): ReadonlySet<string> {
  return (version as OpenVersion).until;
}
