import type { Place } from '@flowerpower/core';
import type { LayerTree } from '../layers/layer.js';
import type { ObjectShape } from '../schema/shape.js';
import { describePlace, type Origin, placeOf } from '../source/origin.js';
import { asMap, type ConfigNode, isNull } from '../tree/node.js';
import { toValue } from '../tree/to-value.js';
import { canonicalPath } from './canonical-path.js';
import type { Explanation, Offer } from './resolved.js';

export interface ExplainOptions {
  readonly path: string;
  readonly shape: ObjectShape;
  /** Lowest precedence first. */
  readonly layers: readonly LayerTree[];
  /** The resolved configuration. */
  readonly value: unknown;
  /** The configuration without any layer. */
  readonly defaults: unknown;
}

export function explainPath({ path, shape, layers, value, defaults }: ExplainOptions): Explanation {
  const keys = canonicalPath(path, shape);
  const offers: Offer[] = [];
  let isTaken = false;
  for (const { layer, node } of layers.toReversed()) {
    const found = findNode(node, keys);
    if (!found) continue;
    if (offers.length === 0) isTaken = isNull(found) && valueAt(value, keys) !== null;
    offers.push({ value: toValue(found), layer, place: describePlace(found.origin) });
  }
  const fallback: Offer = { value: valueAt(defaults, keys), layer: 'default', place: 'default' };
  const [top, ...rest] = offers;
  if (top === undefined) return { winner: fallback, losers: [] };
  if (isTaken) return { winner: fallback, losers: offers };
  const losers = fallback.value === undefined ? rest : [...rest, fallback];
  return { winner: { ...top, value: valueAt(value, keys) }, losers };
}

/** The place of the highest layer that gives the value, as far as it is a file. */
export function placeIn(layers: readonly LayerTree[], keys: readonly string[]): Place | undefined {
  const origin = originIn(layers, keys);
  return origin && placeOf(origin);
}

/** The variable or flag of the highest layer that gives the value, where no file does. */
export function giverIn(layers: readonly LayerTree[], keys: readonly string[]): string | undefined {
  const origin = originIn(layers, keys);
  const source = origin?.source;
  if (source?.kind === 'variable') return source.name;
  return source?.kind === 'set' ? source.flag : undefined;
}

function originIn(layers: readonly LayerTree[], keys: readonly string[]): Origin | undefined {
  for (const { node } of layers.toReversed()) {
    let found: ConfigNode | undefined = node;
    for (const key of keys) {
      found = found.kind === 'list' ? found.items[Number(key)] : asMap(found)?.entries.get(key)?.node;
      if (found === undefined) break;
    }
    if (found !== undefined) return found.origin;
  }
  return undefined;
}

/** The node at the path, or the null or list on the way to it, which decides what lies below. */
export function findNode(root: ConfigNode, keys: readonly string[]): ConfigNode | undefined {
  let node: ConfigNode = root;
  for (const key of keys) {
    const map = asMap(node);
    if (map === undefined) return isNull(node) || node.kind === 'list' ? node : undefined;
    const entry = map.entries.get(key);
    if (entry === undefined) return undefined;
    node = entry.node;
  }
  return node;
}

export function valueAt(value: unknown, keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = (current as Record<string, unknown>)[key];
  }
  return current;
}
