/** The key under which a store has the value of a call: everything that the value is made of. */
import type { CacheBehavior } from '../model/cache-behavior.js';
import type { GraphNode } from '../model/graph.js';
import type { ContextKey } from '../run/context-reads.js';
import type { CodeVersion } from './code-version.js';
import type { KeyParts, Miss } from './explain.js';
import { fingerprint, type Fingerprint } from './fingerprint.js';
import { HashWriter } from './hash-writer.js';
import { locationsOf } from './locations-of.js';
import { type CacheOptions, resolveBehaviors } from './resolve-behaviors.js';

/** What is known about the content of a value. */
export type DataVersion =
  | { readonly hash: string }
  /** Why it cannot be compared; what follows cannot be cached. */
  | { readonly uncacheable: string }
  /** Counts as the same whatever it is. */
  | { readonly ignored: true };

export interface CacheableCall {
  readonly node: GraphNode;
  /** Where in its fan-outs an item stands; absent outside of fan-outs. */
  readonly item?: readonly number[] | undefined;
  /** The parameters that are passed; optional ones that are left out are not among them. */
  readonly inputs: readonly { readonly parameter: string; readonly version: DataVersion }[];
  /** What the call has read of its context; absent when the node takes none. */
  readonly contextReads?: (() => ReadonlySet<ContextKey> | undefined) | undefined;
}

export interface NodeCacheFacts {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly codeVersionOf: (node: string) => CodeVersion;
}

export interface CacheKeys {
  /** The behaviour of each node, input and config value. */
  readonly behaviors: ReadonlyMap<string, CacheBehavior>;
  behaviorOf(name: string): CacheBehavior;
  /** Whatever a loader gives is loaded anew in every run, so nobody would read it from the store. */
  isNeverRead(node: GraphNode): boolean;
  /** @param resources - what the node finds in its context, as `resourceVersions` gives it. */
  of(call: CacheableCall, resources: Fingerprint | undefined): KeyParts | Miss;
}

/** Begins every key; raise it when the meaning of keys changes. */
const keyFormat = 'flowerpower node 2';

/** @throws FlowerPowerError `FP_BAD_CACHE_OPTION` with every problem of the options. */
export function createCacheKeys(options: CacheOptions, { nodes, codeVersionOf }: NodeCacheFacts): CacheKeys {
  const { of: behaviors, asked } = resolveBehaviors(options, nodes);
  const writer = new HashWriter();
  return {
    behaviors,
    behaviorOf: (name) => behaviors.get(name) ?? 'default',
    isNeverRead: ({ name, kind }) =>
      kind === 'loader' && options.defaultLoaderBehavior === undefined && !asked.has(name),
    of({ node, inputs, contextReads }, resources) {
      const code = codeVersionOf(node.name);
      if ('uncacheable' in code) return { reason: 'unknown-code', detail: code.uncacheable };
      writer.reset();
      writer.text(keyFormat);
      writer.text(code.hash);
      writer.size(inputs.length);
      const versions = new Map<string, string>();
      for (const { parameter, version } of inputs) {
        if ('uncacheable' in version) {
          return { reason: 'uncacheable-input', inputs: [parameter], detail: version.uncacheable };
        }
        const text = 'hash' in version ? version.hash : 'ignored';
        writer.text(parameter);
        writer.text(text);
        versions.set(parameter, text);
      }
      if (resources !== undefined && 'uncacheable' in resources && isIo(node)) {
        const detail = `of where its resources lead ${resources.uncacheable}`;
        return { reason: 'uncacheable-input', inputs: ['ctx.resources'], detail };
      }
      if (contextReads !== undefined && resources !== undefined && 'hash' in resources) {
        writer.text('resources of the context');
        writer.text(resources.hash);
        versions.set('ctx.resources', resources.hash);
      }
      return { key: writer.finish().hash, code: code.hash, inputs: versions };
    },
  };
}

/**
 * What calls of one run find as resources of their context. What a loader reads through its resources is what its
 * behaviour is about; where it reads counts.
 */
export function resourceVersions(
  resources: Readonly<Record<string, unknown>> | undefined,
): (call: CacheableCall) => Fingerprint | undefined {
  let known: Fingerprint | undefined;
  let places: Fingerprint | undefined;
  return ({ node, contextReads }) => {
    if (contextReads === undefined || resources === undefined) return undefined;
    if (isIo(node)) return (places ??= fingerprint(locationsOf(resources)));
    return (known ??= fingerprint(resources));
  };
}

export function isIo({ kind }: GraphNode): boolean {
  return kind === 'loader' || kind === 'saver';
}

/** Of a value that counts by the behaviour of its node, whatever it is. */
export function versionByBehavior(name: string, behavior: 'disable' | 'ignore'): DataVersion {
  return behavior === 'ignore' ? { ignored: true } : { uncacheable: `'${name}' has the behaviour disable` };
}

/** Of a value, with the reason in words that name its node. */
export function about(node: string | undefined, reason: string): DataVersion {
  return { uncacheable: node === undefined ? reason : `in '${node}', ${reason}` };
}
