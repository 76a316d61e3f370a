/** What is foretold of one node, and how what its calls would do comes together. */
import type { CacheReason, Miss } from '../cache/explain.js';

/**
 * What the run that follows does with a node, if nothing fails.
 * - `run`: it is computed; inside a fan-out, at least for one item, or once for each of them.
 * - `cached`: its value comes from the cache.
 * - `unknown`: that depends on what the nodes under `until` give, which run first.
 * - `skip`: nothing happens to it.
 */
export type PreviewedAction = 'run' | 'cached' | 'unknown' | 'skip';

/**
 * Those of the cache, and
 * - `no-cache`: nothing is kept.
 * - `takes-side`: a branch, which hands on what one of its sides gives.
 * - `awaits-values`: what it is given is not known.
 * - `awaits-choice`: only a side of a branch needs it, and which one is taken is not known.
 * - `not-chosen`: only a side of a branch needs it, which is not taken.
 * - `no-items`: the fan-out around it has no items.
 */
export type PreviewReason =
  | CacheReason
  | 'no-cache'
  | 'takes-side'
  | 'awaits-values'
  | 'awaits-choice'
  | 'not-chosen'
  | 'no-items';

export interface NodePreview {
  readonly node: string;
  readonly action: PreviewedAction;
  readonly reason: PreviewReason;
  /** The parameters that changed, where `reason` or `changed` says that some did. */
  readonly inputs?: readonly string[] | undefined;
  /** What the store, the code or a value refused, and why. */
  readonly detail?: string | undefined;
  /** Of what is unknown: what has changed of it in any case. */
  readonly changed?: 'code-changed' | 'parameter-changed' | undefined;
  /** Of what is unknown: the nodes that run before it is known, in topological order. */
  readonly until?: readonly string[] | undefined;
  /** The branch whose side needs it, for `not-chosen` and `awaits-choice`. */
  readonly branch?: string | undefined;
  /** Inside a fan-out: of how many items the value is in the cache. Absent where the items are not known. */
  readonly items?: { readonly all: number; readonly cached: number } | undefined;
  /** Inside a fan-out: the node that lists its items. */
  readonly each?: string | undefined;
}

interface Tally {
  calls: number;
  hits: number;
  miss: (Omit<Miss, 'reason'> & { readonly reason: PreviewReason }) | undefined;
  until: Set<string> | undefined;
  changed: Miss | undefined;
}

/** What the calls of each node would do. */
export class PreviewTallies {
  readonly #tallies = new Map<string, Tally>();
  /** Branches whose choice is not known, with what it waits for. */
  readonly openBranches = new Map<string, ReadonlySet<string>>();
  /** Nodes that fan out and whose lists are not known. */
  readonly openLists = new Set<string>();

  hit(node: string): void {
    const tally = this.#of(node);
    tally.calls++;
    tally.hits++;
  }

  runs(node: string, miss: NonNullable<Tally['miss']>): void {
    const tally = this.#of(node);
    tally.calls++;
    tally.miss ??= miss;
  }

  /** @param changed - what of its code is another than before. */
  awaits(node: string, until: Iterable<string>, changed?: Miss): void {
    const tally = this.#of(node);
    tally.calls++;
    tally.changed ??= changed;
    tally.until ??= new Set();
    for (const name of until) tally.until.add(name);
  }

  get(node: string): Tally | undefined {
    return this.#tallies.get(node);
  }

  #of(node: string): Tally {
    let tally = this.#tallies.get(node);
    if (tally === undefined) {
      tally = { calls: 0, hits: 0, miss: undefined, until: undefined, changed: undefined };
      this.#tallies.set(node, tally);
    }
    return tally;
  }
}
