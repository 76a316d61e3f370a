/** Stands between a node and its call: takes the value from the cache, or calls and stores. */
import { asPromise } from '../model/as-promise.js';
import { isThenable } from '../model/is-thenable.js';
import { giverOf, givenBy } from '../model/promises.js';
import { isGateFunction } from '../draft/gate.js';
import type { GraphNode } from '../model/graph.js';
import type { ContextReads } from '../run/context-reads.js';
import type { Call, Frame } from '../run/frame.js';
import { blamesValue } from '../run/values-to-blame.js';
import type { Blame } from './blame.js';
import type { DataVersion } from './cache-keys.js';
import type { CachedOutcome, CacheSession } from './node-cache.js';

/** What is known of the value of a slot, as long as it is the same value. */
interface KnownVersion {
  /** An object is not held: the run may be done with it long before its frame is. */
  readonly value: unknown;
  readonly version: DataVersion;
}

export function cacheCalls(call: Call, session: CacheSession, reads: ContextReads, blame: Blame): Call {
  const known = new WeakMap<Frame, (KnownVersion | undefined)[]>();
  /** Values from around a fan-out are the same for all of its items. */
  const captured = new WeakMap<object, (KnownVersion | undefined)[]>();
  /** Of values that a later node may find to be wrong, by the names of their nodes. */
  const keys = new WeakMap<Frame, Map<string, string>>();

  return (frame, slot) => {
    const { plan } = frame;
    const node = plan.nodes[slot];
    // What the plan itself needs, and a branch, which only hands on a value.
    if (node === undefined) return call(frame, slot);
    if (plan.branches?.has(slot)) return callOrBlame(node, frame, slot);
    const start = plan.argStart[slot]!;
    if (node.loaded === 'value') return takeOut(node, frame, slot, plan.args[start]!);
    if (node.derived === true && isGateFunction(plan.fns[slot]!))
      return passOn(node, frame, slot, plan.args[start]!);
    const inputs = plan.shapes[slot]!.keys.map((parameter, edge) => ({
      parameter,
      version: versionAt(frame, plan.args[start + edge]!),
    }));
    const contextReads = plan.shapes[slot]!.takesContext ? () => reads.of(frame, slot) : undefined;
    const outcome = session.through({ node, item: frame.item, inputs, contextReads }, () =>
      callOrBlame(node, frame, slot),
    );
    return isThenable(outcome) ? givenBy(outcome.then(take), giverOf(outcome)) : take(outcome);

    function take({ value, version, key, isHit }: CachedOutcome): unknown {
      if (key !== undefined && blame.isBlamed(node!)) noteKey(frame, node!.name, key);
      if (isHit) (frame.cached ??= new Set()).add(slot);
      if (version !== undefined) versionsOf(known, frame)[slot] = { value: weakly(value), version };
      return value;
    }
  };

  /** The pair went through the cache; its value is as old or as new. */
  function takeOut(node: GraphNode, frame: Frame, slot: number, pair: number): unknown {
    session.handedOn(node, noteHit(frame, slot, pair), 'loaded-anew');
    return callOrBlame(node, frame, slot);
  }

  /** So did the value that passes its checks. It passes in every run, because a check that only warns must be heard. */
  function passOn(node: GraphNode, frame: Frame, slot: number, raw: number): unknown {
    const isSame = session.handedOn(node, noteHit(frame, slot, raw), 'passed-on');
    const versions = versionsOf(known, frame);
    if (isSame && versions[raw] !== undefined) versions[slot] = versions[raw];
    return callOrBlame(node, frame, slot);
  }

  /** Whether the value of a slot that hands on that of another one came from the cache. */
  function noteHit(frame: Frame, slot: number, source: number): boolean {
    const isHit = frame.cached?.has(source) === true;
    if (isHit) frame.cached!.add(slot);
    return isHit;
  }

  /** A value that a node refuses must not be found again: it would be refused in every run. */
  function callOrBlame(node: GraphNode, frame: Frame, slot: number): unknown {
    if (!blame.canBlame(node)) return call(frame, slot);
    const forget = (error: unknown) => forgetBlamed(node, frame, error);
    try {
      const value = call(frame, slot);
      return isThenable(value) ? givenBy(asPromise(value).then(undefined, forget), giverOf(value)) : value;
    } catch (error) {
      return forget(error);
    }
  }

  function forgetBlamed(node: GraphNode, frame: Frame, error: unknown): Promise<never> {
    const waits: PromiseLike<unknown>[] = [];
    for (const name of blamesValue(error) ? blame.blamedBy(node) : []) {
      for (let around: Frame | undefined = frame; around !== undefined; around = around.parent) {
        const key = keys.get(around)?.get(name);
        const forgotten = key === undefined ? undefined : session.forget(name, key);
        if (isThenable(forgotten)) waits.push(forgotten);
      }
    }
    if (waits.length === 0) throw error;
    return Promise.all(waits).then(() => {
      throw error;
    });
  }

  function noteKey(frame: Frame, name: string, key: string): void {
    const known = keys.get(frame);
    if (known === undefined) keys.set(frame, new Map([[name, key]]));
    else known.set(name, key);
  }

  /** Middleware may have put another value in the place of the one that went through the cache. */
  function versionAt(frame: Frame, slot: number): DataVersion {
    const { plan, values, owner } = frame;
    const isCaptured = slot < plan.given && plan.sources[slot] === 'captured';
    const versions = isCaptured ? versionsOf(captured, owner) : versionsOf(known, frame);
    const found = versions[slot];
    if (found !== undefined && Object.is(strongly(found.value), values[slot])) return found.version;
    const version = session.versionOf(values[slot], (plan.nodes[slot] ?? plan.standsFor?.get(slot))?.name);
    versions[slot] = { value: weakly(values[slot]), version };
    return version;
  }
}

function weakly(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? new WeakRef(value) : value;
}

function strongly(value: unknown): unknown {
  // What is gone equals nothing, not even undefined.
  return value instanceof WeakRef ? (value.deref() ?? value) : value;
}

function versionsOf<Key extends object>(
  all: WeakMap<Key, (KnownVersion | undefined)[]>,
  key: Key,
): (KnownVersion | undefined)[] {
  let versions = all.get(key);
  if (versions === undefined) all.set(key, (versions = []));
  return versions;
}
