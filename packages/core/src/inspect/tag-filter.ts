import { refuseOptions, valueProblems } from '../errors/option-problems.js';
import { anyText, type OptionRule } from '../errors/option-rules.js';
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
  const problems = entries.flatMap(([key, wanted]) =>
    aFilter.fits(wanted) ? [] : valueProblems(`The filter of the tag '${key}'`, aFilter, wanted),
  );
  refuseOptions(problems, 'FP_BAD_TAG_FILTER');
  return ({ tags }) =>
    entries.every(([key, wanted]) => {
      if (!Object.hasOwn(tags, key)) return false;
      if (wanted === null) return true;
      const values = [tags[key]!].flat();
      return [wanted].flat().some((value) => values.includes(value));
    });
}

/** Filters also come from JavaScript and from command lines. */
const aFilter: OptionRule = {
  fits: (wanted) =>
    wanted === null || (Array.isArray(wanted) && wanted.length > 0 ? wanted : [wanted]).every(anyText.fits),
  expected: 'a text, a list of at least one text, or null for any value',
};
