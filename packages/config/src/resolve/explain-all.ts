/** Every value of a configuration as it may be shown, with where it comes from. */
import type { LayerTree } from '../layers/layer.js';
import { describePlace, isHidden } from '../source/origin.js';
import {
  asMap,
  type ConfigNode,
  isMissing,
  isNull,
  isOpen,
  type MapNode,
  type ValueNode,
} from '../tree/node.js';
import { findNode, valueAt } from './explain.js';
import type { Offer } from './resolved.js';

/** Masked as a secret is, or shown though it stands in `storageOptions`; undefined: the rule that holds for its place. */
export type Look = (path: readonly string[]) => 'hidden' | 'shown' | undefined;

/** What `config show` tells of one value. Secrets and what comes from the environment are shown as references. */
export interface ShownValue {
  /** `['run', 'retry', 'maxRetries']`. Lists are values; of maps there are the values in them. */
  readonly path: readonly string[];
  readonly winner: Offer;
  /** What did not win, highest precedence first. */
  readonly losers: readonly Offer[];
}

export interface ExplainAllOptions {
  /** Lowest precedence first. */
  readonly layers: readonly LayerTree[];
  readonly merged: MapNode;
  /** What became of it; its keys are in the order of the schema. */
  readonly value: unknown;
  readonly defaults: unknown;
}

export function explainAll(
  { layers, merged, value, defaults }: ExplainAllOptions,
  look: Look = () => undefined,
): ShownValue[] {
  const paths = new Map(
    // A map that is empty by default has no value of its own where it is filled.
    [...leavesOf(merged, []), ...defaultLeaves(defaults, []).filter((path) => !isFilled(merged, path))].map(
      (path) => [JSON.stringify(path), path],
    ),
  );
  const order = new Map(defaultLeaves(value, []).map((path, index) => [JSON.stringify(path), index]));
  const placeOf = (path: readonly string[]) => order.get(JSON.stringify(path)) ?? order.size;
  return [...paths.values()]
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((path): ShownValue => {
      const fallback: Offer = { value: valueAt(defaults, path), layer: 'default', place: 'default' };
      const offers: Offer[] = [];
      let isTakenBack = false;
      for (const { layer, node } of layers.toReversed()) {
        const found = findNode(node, path);
        if (found === undefined) continue;
        if (offers.length === 0) isTakenBack = isNull(found) && isLeftOut(findNode(merged, path));
        offers.push({ value: shownNode(found, path, look), layer, place: describePlace(found.origin) });
      }
      const [top, ...rest] = offers;
      if (top === undefined || isTakenBack) return { path, winner: fallback, losers: offers };
      const won = findNode(merged, path);
      const winner = { ...top, value: won === undefined ? top.value : shownNode(won, path, look) };
      const isSaid = fallback.value === undefined || isSame(fallback.value, winner.value);
      return { path, winner, losers: isSaid ? rest : [...rest, fallback] };
    });
}

function isFilled(merged: MapNode, path: readonly string[]): boolean {
  const found = findNode(merged, path);
  const map = found && asMap(found);
  return found?.kind === 'list' || (map !== undefined && map.entries.size > 0);
}

/** The paths of values, lists and empty maps. */
function leavesOf(node: ConfigNode, path: readonly string[]): (readonly string[])[] {
  const map = asMap(node);
  if (map === undefined || map.entries.size === 0) return [path];
  return [...map.entries].flatMap(([key, entry]) => leavesOf(entry.node, [...path, key]));
}

function defaultLeaves(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return value === undefined ? [] : [path];
  const entries = Object.entries(value);
  return entries.length === 0
    ? [path]
    : entries.flatMap(([key, inner]) => defaultLeaves(inner, [...path, key]));
}

/** Defaults are scalars, and lists of them. */
function isSame(fallback: unknown, value: unknown): boolean {
  if (!Array.isArray(fallback) || !Array.isArray(value)) return Object.is(fallback, value);
  return fallback.length === value.length && fallback.every((item, index) => Object.is(item, value[index]));
}

/** Null on one of FlowerPower's own keys, and null that took back a value. */
function isLeftOut(node: ConfigNode | undefined): boolean {
  return node !== undefined && isNull(node) && (node.deletes === true || node.isUserData !== true);
}

function shownNode(node: ConfigNode, path: readonly string[], look: Look): unknown {
  switch (node.kind) {
    case 'list':
      return node.items.map((item) => shownNode(item, path, look));
    case 'map':
      return Object.fromEntries(
        [...node.entries].map(([key, entry]) => [key, shownNode(entry.node, [...path, key], look)]),
      );
    default:
      return shownValue(node, look(path));
  }
}

/** What stands for a value that is not shown and has no reference. */
const mark = '***';

function shownValue(node: ValueNode, look: ReturnType<Look>): unknown {
  const { value, written, origin } = node;
  if (isMissing(node)) return node.shown ?? mark;
  if (isOpen(node)) return value;
  if (written !== undefined) return written.shown;
  if (value === null) return null;
  if (origin.source.kind === 'variable') return `\${${origin.source.name}}`;
  if (look === 'hidden' || (look !== 'shown' && isHidden(origin))) return mark;
  return value;
}
