import type { ReferenceText } from '../interpolation/interpolate.js';
import type { ConfigNode, ValueNode } from '../tree/node.js';

/** A text that came from the environment, and the reference that may be shown instead. */
export type EnvironmentText = ReferenceText;

/** A value of a configuration that comes from the environment, or holds text that does. */
export interface EnvironmentValue {
  /** `['params', 'greeting', 'message']`. Items of a list count as their list. */
  readonly path: readonly string[];
  readonly value: unknown;
  /** What may be shown instead: the text as it is written, defaults left out: `postgres://${DB_HOST}/shop`. */
  readonly shown: string;
  /** What each reference gave, also where that was its default. */
  readonly texts: readonly EnvironmentText[];
}

/** All of them in a merged tree. */
export function environmentValues(node: ConfigNode, path: readonly string[] = []): EnvironmentValue[] {
  if (node.kind === 'map')
    return [...node.entries].flatMap(([key, entry]) => environmentValues(entry.node, [...path, key]));
  if (node.kind === 'list') return node.items.flatMap((item) => environmentValues(item, path));
  return ofValue(node, path);
}

function ofValue({ value, written, origin }: ValueNode, path: readonly string[]): EnvironmentValue[] {
  if (written !== undefined) return [{ path, value, shown: written.shown, texts: written.texts }];
  if (origin.source.kind !== 'variable' || value === null) return [];
  const reference = `\${${origin.source.name}}`;
  // A variable gives scalars only: of JSON in it a tree was made.
  const text = typeof value === 'string' ? value : `${value as number | boolean}`;
  return [{ path, value, shown: reference, texts: [{ text, reference }] }];
}
