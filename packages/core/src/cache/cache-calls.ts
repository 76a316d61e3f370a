/** Stands between a node and its call: takes the value from the cache, or calls and stores. */
import { isThenable } from '../model/is-thenable.js';
import type { GraphNode } from '../model/graph.js';
import type { ContextReads } from '../run/context-reads.js';
import type { Call, Frame } from '../run/frame.js';
import type { CachedOutcome, CacheSession, DataVersion } from './node-cache.js';

/** What is known of the value of a slot, as long as it is the same value. */
interface KnownVersion {
  /** An object is not held: the run may be done with it long before its frame is. */
  readonly value: unknown;
  readonly version: DataVersion;
}

export function cacheCalls(call: Call, session: CacheSession, reads: ContextReads): Call {
  const known = new WeakMap<Frame, (KnownVersion | undefined)[]>();
  /** Values from around a fan-out are the same for all of its items. */
  const captured = new WeakMap<object, (KnownVersion | undefined)[]>();

  return (frame, slot) => {
    const { plan } = frame;
    const node = plan.nodes[slot];
    // What the plan itself needs, and a branch, which only hands on a value.
    if (node === undefined || plan.branches?.has(slot)) return call(frame, slot);
    const start = plan.argStart[slot]!;
    if (node.loaded === 'value') return takeOut(node, frame, slot, plan.args[start]!);
    const inputs = plan.shapes[slot]!.keys.map((parameter, edge) => ({
      parameter,
      version: versionAt(frame, plan.args[start + edge]!),
    }));
    const contextReads = plan.shapes[slot]!.takesContext ? () => reads.of(frame, slot) : undefined;
    const outcome = session.through({ node, item: frame.item, inputs, contextReads }, () =>
      call(frame, slot),
    );
    return isThenable(outcome) ? outcome.then(take) : take(outcome);

    function take({ value, version, isHit }: CachedOutcome): unknown {
      if (isHit) (frame.cached ??= new Set()).add(slot);
      if (version !== undefined) versionsOf(known, frame)[slot] = { value: weakly(value), version };
      return value;
    }
  };

  /** The pair went through the cache; its value is as old or as new. */
  function takeOut(node: GraphNode, frame: Frame, slot: number, pair: number): unknown {
    const isHit = frame.cached?.has(pair) === true;
    if (isHit) frame.cached!.add(slot);
    session.takenOut(node, isHit);
    return call(frame, slot);
  }

  /** Middleware may have put another value in the place of the one that went through the cache. */
  function versionAt(frame: Frame, slot: number): DataVersion {
    const { plan, values, owner } = frame;
    const isCaptured = slot < plan.given && plan.sources[slot] === 'captured';
    const versions = isCaptured ? versionsOf(captured, owner) : versionsOf(known, frame);
    const found = versions[slot];
    if (found !== undefined && Object.is(strongly(found.value), values[slot])) return found.version;
    const version = session.versionOf(values[slot], (plan.nodes[slot] ?? plan.handedOn?.get(slot))?.name);
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
