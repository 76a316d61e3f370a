import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import type { GraphNode } from '../model/graph.js';

/**
 * Chooses nodes by their tags; every key must fit.
 * - a text: the tag has this value, or a list that holds it.
 * - a list of texts: the tag has one of these values, or a list that holds one of them.
 * - `null`: the tag exists, whatever its value.
 */
export type TagFilter = Readonly<Record<string, string | readonly string[] | null>>;

/** @throws FlowerPowerError `FP_BAD_TAG_FILTER` naming every key whose value is none of the three. */
export function createTagFilter(filter: TagFilter): (node: GraphNode) => boolean {
  const entries = Object.entries(filter);
  const problems = entries.flatMap(([key, wanted]) => problemOf(key, wanted) ?? []);
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code: 'FP_BAD_TAG_FILTER', title: 'The tag filter is wrong' });
  }
  return ({ tags }) =>
    entries.every(([key, wanted]) => {
      if (!Object.hasOwn(tags, key)) return false;
      if (wanted === null) return true;
      const values = asList(tags[key]!);
      return asList(wanted).some((value) => values.includes(value));
    });
}

function asList(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** The types forbid these values; filters also come from JavaScript and from command lines. */
function problemOf(key: string, wanted: unknown): CoreProblem | undefined {
  const items: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  if (wanted === null || (items.length > 0 && items.every((item) => typeof item === 'string')))
    return undefined;
  return {
    code: 'FP_BAD_TAG_FILTER',
    message: `The filter of the tag '${key}' ${Array.isArray(wanted) ? 'is an empty list or holds something that is not a text' : `has the type ${typeof wanted}`}.`,
    hint: 'Give a text, a list of at least one text, or null for any value.',
  };
}
