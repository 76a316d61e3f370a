/** Why a node was taken from the cache or computed. Bounded: the last run, and the last key of each node. */
import { nameList } from '../errors/name-list.js';
import type { GraphNode } from '../model/graph.js';
import type { CacheBehavior } from '../model/cache-behavior.js';
import { fingerprint } from './fingerprint.js';

/**
 * - `found`: the only reason of a hit.
 * - `first-time`: no entry, and nothing of this process to compare with.
 * - `new-item`: an item of a fan-out with inputs that have no entry.
 * - `code-changed`, `input-changed`: compared with the last run of this driver.
 * - `parameter-changed`: compared with what an earlier driver knew of its last run.
 * - `behavior`: the node is always computed.
 * - `loaded-anew`: the value of a loader that was not found in the cache.
 * - `passed-on`: the value that passed its checks was not found in the cache.
 * - `uncacheable-input`, `unknown-code`: there can be no key.
 * - `not-stored`: as in the last run, whose value could not be stored.
 * - `evicted`, `store-failed`: there was an entry, or should have been.
 */
export type CacheReason =
  | 'found'
  | 'first-time'
  | 'new-item'
  | 'code-changed'
  | 'input-changed'
  | 'parameter-changed'
  | 'behavior'
  | 'loaded-anew'
  | 'passed-on'
  | 'uncacheable-input'
  | 'unknown-code'
  | 'not-stored'
  | 'evicted'
  | 'store-failed';

export interface CacheRecord {
  readonly node: string;
  /** `miss` when any call of the node missed. */
  readonly outcome: 'hit' | 'miss';
  /** Of the first call that missed, or `found`. */
  readonly reason: CacheReason;
  /** The parameters whose values changed, for `input-changed` and `parameter-changed`. */
  readonly inputs?: readonly string[] | undefined;
  readonly behavior: CacheBehavior;
  /** What the store, the code or a value refused, and why. */
  readonly detail?: string | undefined;
  /** Why the value that was computed is not in the store. */
  readonly notStored?: string | undefined;
  /** More than one inside a fan-out. */
  readonly calls: number;
  readonly hits: number;
  /** The record as one line. */
  readonly text: string;
}

/** Everything that a key stands for. */
export interface KeyParts {
  readonly key: string;
  readonly code: string;
  /** By parameter. */
  readonly inputs: ReadonlyMap<string, string>;
}

export interface Miss {
  readonly reason: CacheReason;
  readonly inputs?: readonly string[] | undefined;
  readonly detail?: string | undefined;
}

interface Tally {
  readonly behavior: CacheBehavior;
  calls: number;
  hits: number;
  miss: Miss | undefined;
  notStored: string | undefined;
}

/** What one run did, by node. */
export class RunRecords {
  readonly #tallies = new Map<string, Tally>();

  hit(node: string, behavior: CacheBehavior): void {
    const tally = this.#tallyOf(node, behavior);
    tally.calls++;
    tally.hits++;
  }

  miss(node: string, behavior: CacheBehavior, miss: Miss): void {
    const tally = this.#tallyOf(node, behavior);
    tally.calls++;
    tally.miss ??= miss;
  }

  notStored(node: string, reason: string): void {
    const tally = this.#tallies.get(node);
    if (tally !== undefined) tally.notStored ??= reason;
  }

  /** In the order in which the nodes ran first. */
  list(names: ReadonlySet<string> | undefined): CacheRecord[] {
    return [...this.#tallies]
      .filter(([node]) => names === undefined || names.has(node))
      .map(([node, tally]) => recordOf(node, tally));
  }

  #tallyOf(node: string, behavior: CacheBehavior): Tally {
    let tally = this.#tallies.get(node);
    if (tally === undefined) {
      tally = { behavior, calls: 0, hits: 0, miss: undefined, notStored: undefined };
      this.#tallies.set(node, tally);
    }
    return tally;
  }
}

/** What the last key of a node stood for, as data: hashes of its code, of its bound parameters and of what it was given. */
export interface LastKey {
  readonly code: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  /** Why its value is not in the store. */
  readonly notStored?: string | undefined;
}

/** The last key of each node, to tell what has changed since. One for each node of the graph, whatever runs. */
export class LastKeys {
  readonly #last = new Map<string, Omit<LastKey, 'parameters'> & Partial<LastKey>>();

  /** @param known - from an earlier driver. */
  constructor(known: Readonly<Record<string, LastKey>> = {}) {
    for (const [node, key] of Object.entries(known)) this.#last.set(node, key);
  }

  /** Why the store has no entry for these parts, which are remembered. */
  compare(node: GraphNode, parts: KeyParts, isItem: boolean): Miss {
    const last = this.#last.get(node.name);
    if (last === undefined) return { reason: 'first-time' };
    const ofCode = this.compareCode(node, parts.code);
    if (ofCode !== undefined) return ofCode;
    if (isItem) return { reason: 'new-item' };
    const inputs = changed(last.inputs, Object.fromEntries(parts.inputs));
    if (inputs.length > 0) return { reason: 'input-changed', inputs };
    return last.notStored === undefined
      ? { reason: 'evicted' }
      : { reason: 'not-stored', detail: last.notStored };
  }

  /** Whether the code is another one than that of the last key, parameters included; undefined where it is not. */
  compareCode(node: GraphNode, code: string): Miss | undefined {
    const last = this.#last.get(node.name);
    if (last === undefined || last.code === code) return undefined;
    const inputs = last.parameters === undefined ? [] : changed(last.parameters, parametersOf(node));
    return inputs.length > 0 ? { reason: 'parameter-changed', inputs } : { reason: 'code-changed' };
  }

  remember(node: GraphNode, parts: KeyParts, notStored?: string): void {
    const { code, inputs } = parts;
    this.#last.set(node.name, { code, inputs: Object.fromEntries(inputs), notStored });
  }

  /** For a later driver. */
  list(nodes: ReadonlyMap<string, GraphNode>): Record<string, LastKey> {
    return Object.fromEntries(
      [...this.#last].map(([name, { code, inputs, notStored }]) => [
        name,
        {
          code,
          parameters: parametersOf(nodes.get(name)!),
          inputs,
          ...(notStored !== undefined && { notStored }),
        },
      ]),
    );
  }
}

function parametersOf({ bound }: GraphNode): Record<string, string> {
  return Object.fromEntries(
    Object.entries(bound).map(([parameter, value]) => {
      const version = fingerprint(value);
      return [parameter, 'hash' in version ? version.hash : ''];
    }),
  );
}

function changed(before: Readonly<Record<string, string>>, now: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(now), ...Object.keys(before)]);
  return [...names].filter(
    (name) => !(Object.hasOwn(before, name) && Object.hasOwn(now, name)) || before[name] !== now[name],
  );
}

function recordOf(node: string, tally: Tally): CacheRecord {
  const { behavior, calls, hits, miss, notStored } = tally;
  const record = {
    node,
    outcome: miss === undefined ? ('hit' as const) : ('miss' as const),
    reason: miss?.reason ?? ('found' as const),
    inputs: miss?.inputs,
    behavior,
    detail: miss?.detail,
    notStored,
    calls,
    hits,
  };
  return { ...record, text: textOf(record) };
}

function textOf(record: Described): string {
  const { node, outcome, calls, hits, notStored, reason } = record;
  const count = calls === 1 ? outcome : `${hits} of ${calls} hit`;
  const text = outcome === 'hit' ? `${node}: ${count}` : `${node}: ${count}, ${because[reason](record)}`;
  return notStored === undefined || reason === 'not-stored'
    ? text
    : `${text}; not stored, because ${notStored}`;
}

type Described = Omit<CacheRecord, 'text'>;

const because: Readonly<Record<CacheReason, (record: Described) => string>> = {
  found: () => 'it was found',
  'first-time': () => 'there is no entry yet',
  'new-item': () => 'there is no entry for this item yet',
  'code-changed': () => 'its code changed',
  'input-changed': ({ inputs }) => `${nameList(inputs!)} changed`,
  'parameter-changed': ({ inputs }) => `${nameList(inputs!)} changed`,
  behavior: ({ behavior }) => `its behaviour is ${behavior}`,
  'loaded-anew': () => 'it was loaded anew',
  'passed-on': () => 'the value that passed its checks was not found',
  'uncacheable-input': ({ detail }) => `an input cannot be compared: ${detail}`,
  'unknown-code': ({ detail }) => `its code cannot be compared: ${detail}`,
  'not-stored': ({ detail }) => `its value could not be stored, because ${detail}`,
  evicted: () => 'its entry is gone',
  'store-failed': ({ detail }) => `the store failed: ${detail}`,
};
