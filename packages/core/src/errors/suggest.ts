import { anyOf } from './name-list.js';

/** How much work a suggestion is worth: a typo is near the name that was meant, or nobody can tell which that was. */
const maxCompared = 5000;
const maxLetters = 64;

/**
 * The known names nearest to a mistyped one, best first, at most three.
 *
 * Distance is optimal string alignment (insert, delete, replace, swap neighbours), compared without case;
 * a name counts as near when the distance is at most a third of its length, and one less where it begins with another
 * letter, which people seldom mistype: `date` is another word than `rate`. Names of one or two letters are near only in
 * another case. Of the names of a similar length the first 5,000 are looked at, and none that differs over more than
 * 64 letters. No name is given twice, nor the mistyped one.
 *
 * @example
 * ```ts
 * import { suggest } from '@flowerpower/core';
 *
 * suggest('spned', ['spend', 'signups']); // ['spend']
 * ```
 */
export function suggest(name: string, known: Iterable<string>): string[] {
  // From JavaScript anything may come, and nothing is near to it.
  if (typeof name !== 'string') return [];
  const wanted = name.toLowerCase();
  const near = new Map<string, number>();
  let compared = 0;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const beginsAlike = other[0] === wanted[0] || other[0] === wanted[1] || other[1] === wanted[0];
    const limit = Math.floor(Math.max(other.length, wanted.length) / 3) - (beginsAlike ? 0 : 1);
    if (candidate === name || Math.abs(other.length - wanted.length) > limit) continue;
    if (compared++ === maxCompared) break;
    const distance = alignmentDistance(...differing(wanted, other));
    if (distance <= limit) near.set(candidate, distance);
  }
  return [...near]
    .sort(([a, distance], [b, other]) => distance - other || (a < b ? -1 : 1))
    .slice(0, 3)
    .map(([candidate]) => candidate);
}

/** `Did you mean 'a' or 'b'?`, or undefined when nothing is near. */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const names = suggest(name, known);
  return names.length > 0 ? `Did you mean ${anyOf(names)}?` : undefined;
}

/** What is left between the beginning and the end that both have, which adds nothing to the distance. */
function differing(a: string, b: string): [string, string] {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function alignmentDistance(a: string, b: string): number {
  if (Math.max(a.length, b.length) > maxLetters) return Number.POSITIVE_INFINITY;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, beforePrevious[j - 2]! + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** Each name is compared with every known one, and whoever mistyped a hundred has another problem. */
const maxSuggestions = 100;

/**
 * As {@link didYouMean} for many names of one step, for the first hundred of them.
 *
 * @param known - asked for once, at the first name.
 * @returns a function of a mistyped name, and of known names that cannot be meant.
 */
export function createSuggester(
  known: () => Iterable<string>,
): (name: string, except?: readonly string[]) => string | undefined {
  let names: readonly string[] | undefined;
  let asked = 0;
  return (name, except = []) => {
    if (asked++ >= maxSuggestions) return undefined;
    names ??= [...known()];
    const others = new Set(except);
    const possible = names.filter((other) => !others.has(other));
    return didYouMean(name, possible);
  };
}
