import type { ConfigProblem } from '../errors/catalogue.js';
import { type ConfigNode, isMissing } from '../tree/node.js';

/** A value that refers to variables that are not set, and that no higher layer replaces. */
export interface UnsetValue {
  /** `['run', 'inputs', 'apiToken']`. Items of a list count as their list. */
  readonly path: readonly string[];
  /** What stands in its place in user's data: the text as it is written, `${API_TOKEN}`. Undefined: it is left out. */
  readonly standIn: string | undefined;
  /** `FP_CONFIG_VARIABLE_UNSET` for each of the variables. */
  readonly problems: readonly ConfigProblem[];
}

/** All of them in a merged tree. */
export function unsetValues(node: ConfigNode, path: readonly string[] = []): UnsetValue[] {
  if (node.kind === 'map')
    return [...node.entries].flatMap(([key, entry]) => unsetValues(entry.node, [...path, key]));
  if (node.kind === 'list') return node.items.flatMap((item) => unsetValues(item, path));
  if (!isMissing(node)) return [];
  return [{ path, standIn: node.standIn, problems: node.missing }];
}
