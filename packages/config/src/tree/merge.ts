import { asMap, type ConfigNode, isNull, type MapEntry, type MapNode } from './node.js';

/**
 * Lays one tree over another. The only merge of this package: files, overlay, variables, assignments and
 * overrides all pass through it.
 *
 * - Two maps merge key by key, as deep as both are maps.
 * - A list or a scalar replaces what was there.
 * - Null takes back what was there; the mark stays in the tree until {@link toValue} leaves the key out.
 */
export function mergeNodes(base: ConfigNode | undefined, over: ConfigNode): ConfigNode {
  if (base === undefined) return over;
  if (isNull(over)) return isNull(base) && base.deletes !== true ? over : { ...over, deletes: true };
  const overMap = asMap(over);
  const baseMap = overMap && asMap(base);
  return overMap && baseMap ? mergeMaps(baseMap, overMap) : over;
}

export function mergeMaps(base: MapNode, over: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(base.entries);
  for (const [key, entry] of over.entries) {
    entries.set(key, { ...entry, node: mergeNodes(entries.get(key)?.node, entry.node) });
  }
  return { kind: 'map', entries, origin: over.origin };
}
