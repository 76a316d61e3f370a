/**
 * The tree between a text and a configuration: maps, lists and values that know where they come from.
 * YAML, variables, assignments and overrides all become such a tree, and only trees are merged.
 */
import type { ConfigProblem } from '../errors/catalogue.js';
import type { ReferenceText } from '../interpolation/interpolate.js';
import type { Shape } from '../schema/shape.js';
import type { Origin } from '../source/origin.js';

export type ConfigNode = MapNode | ListNode | ValueNode;

export interface MapEntry {
  readonly node: ConfigNode;
  readonly keyOrigin: Origin;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly origin: Origin;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly ConfigNode[];
  readonly origin: Origin;
}

/** A scalar, or any value given in code, which is carried by reference. */
export interface ValueNode {
  readonly kind: 'value';
  readonly value: unknown;
  readonly origin: Origin;
  /** The source of an unquoted YAML scalar. */
  readonly plain?: string | undefined;
  /** The value is text from a variable or an assignment and still waits for the type that the schema wants. */
  readonly isText?: boolean | undefined;
  /** The value holds text from the environment, so no message may repeat it. */
  readonly isExternal?: boolean | undefined;
  /** The value refers to variables that are not set, and is an error unless a higher layer replaces it. */
  readonly missing?: readonly ConfigProblem[] | undefined;
  /** On a missing value of the user's data: the text with its references, for whoever only looks at it. */
  readonly standIn?: string | undefined;
  /** On a missing value: the text with its references, whatever stands in for it. */
  readonly shown?: string | undefined;
  /** The value was written with references: what it may be shown as, and what each reference gave. */
  readonly written?: Written | undefined;
  /** The value refers to other keys, and waits until all layers are merged. Until then it is the text as it is written. */
  readonly open?: OpenReference | undefined;
  /** On null: the key belongs to the user, so null may stay as a value. */
  readonly isUserData?: boolean | undefined;
  /** On null: a lower layer had set something here, which this null takes back. */
  readonly deletes?: boolean | undefined;
}

interface Written {
  readonly shown: string;
  readonly texts: readonly ReferenceText[];
}

/** What is known about the place of a text that refers to other keys. */
interface OpenReference {
  readonly shape: Shape;
  readonly path: readonly string[];
}

export function isNull(node: ConfigNode): node is ValueNode & { value: null } {
  return node.kind === 'value' && node.value === null;
}

/** True for a value that cannot be known, because a variable that it refers to is not set. */
export function isMissing(node: ConfigNode): node is ValueNode & { missing: readonly ConfigProblem[] } {
  return node.kind === 'value' && node.missing !== undefined;
}

/** True for a text that refers to other keys of the configuration. */
export function isOpen(node: ConfigNode): node is ValueNode & { value: string; open: OpenReference } {
  return node.kind === 'value' && node.open !== undefined;
}

/**
 * The node as a map: a map node itself, or a plain object given in code, opened by one level.
 * Keys whose value is undefined count as not given. Undefined for everything else.
 */
export function asMap(node: ConfigNode): MapNode | undefined {
  if (node.kind === 'map') return node;
  if (node.kind === 'list' || !isPlainObject(node.value)) return undefined;
  const { origin } = node;
  const entries = new Map<string, MapEntry>();
  for (const [key, value] of Object.entries(node.value)) {
    if (value === undefined) continue;
    entries.set(key, {
      node: { kind: 'value', value, origin, isUserData: node.isUserData },
      keyOrigin: origin,
    });
  }
  return { kind: 'map', entries, origin };
}

export function mapOf(entries: Iterable<readonly [string, ConfigNode]>, origin: Origin): MapNode {
  const all = [...entries].map(([key, node]) => [key, { node, keyOrigin: node.origin }] as const);
  return { kind: 'map', entries: new Map(all), origin };
}

/** `['run', 'timeout']` around a node gives the tree `run: { timeout: node }`. */
export function nest(path: readonly string[], node: ConfigNode): ConfigNode {
  return path.reduceRight<ConfigNode>((inner, key) => mapOf([[key, inner]], node.origin), node);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
