import type * as v from 'valibot';
import type { ConfigProblem } from '../errors/catalogue.js';
import { problemAt } from '../errors/problem-at.js';
import { asMap, type ConfigNode, type MapEntry, type MapNode } from '../tree/node.js';

/**
 * Each layer is valid in itself, so all that the whole can lack is a key that some layer had to give.
 *
 * @param hint - what to write.
 */
export function missingKeys(
  issues: readonly v.BaseIssue<unknown>[],
  merged: MapNode,
  hint: string,
): ConfigProblem[] {
  return issues.map((issue) => {
    // The schemas hold maps only, whose keys are strings.
    const path = (issue.path ?? []).map(({ key }) => key as string);
    let origin = merged.origin;
    let node: ConfigNode | undefined = merged;
    for (const key of path) {
      const entry: MapEntry | undefined = node && asMap(node)?.entries.get(key);
      if (entry === undefined) break;
      origin = entry.keyOrigin;
      node = entry.node;
    }
    return problemAt(origin, {
      code: 'FP_CONFIG_REQUIRED',
      message: `${path.join('.')} is missing.`,
      hint,
    });
  });
}
