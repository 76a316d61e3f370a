import { type ConfigNode, isNull, type MapEntry } from '../tree/node.js';

/** The former keys also took one name where a list stands now. */
export function wrapSingleName(node: ConfigNode): ConfigNode {
  const isName = node.kind === 'value' && typeof node.value === 'string' && node.isText !== true;
  return isName ? { kind: 'list', items: [node], origin: node.origin } : node;
}

/**
 * Puts an entry that stood at its former place where it stands now: `run.max_retries` → `run.retry.maxRetries`.
 * Null at one of the two places yields to the other. Returns the entry that is already there, if both have a value.
 */
export function placeMovedEntry(
  entries: Map<string, MapEntry>,
  parent: string,
  key: string,
  moved: MapEntry,
): MapEntry | undefined {
  const target = entries.get(parent);
  const siblings = target?.node.kind === 'map' ? target.node.entries : new Map<string, MapEntry>();
  const present = siblings.get(key);
  if (present && !isNull(present.node)) return isNull(moved.node) ? undefined : present;
  entries.set(parent, {
    keyOrigin: target?.keyOrigin ?? moved.keyOrigin,
    node: {
      kind: 'map',
      entries: new Map(siblings).set(key, moved),
      origin: target?.node.origin ?? moved.node.origin,
    },
  });
  return undefined;
}
