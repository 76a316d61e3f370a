/** Checks of a collection as a whole: how many items, whether they repeat, whether they are in order. */
import {
  type Check,
  type Collection,
  type Finding,
  isMissing,
  type Items,
  itemsCheck,
  type ItemsCheck,
  itemsOf,
  usedUp,
  type Maybe,
} from './check.js';
import { isReadOnce } from '../model/is-read-once.js';
import { kindOf } from '../errors/kind-of.js';
import { collectFailures } from './inspect-each.js';
import { rangeProblem } from './value-checks.js';

/** A single value, such as a Set, neither repeats nor is out of order, so nothing could fail. */
function noList({ single, column, at }: Items): Finding | undefined {
  if (!single || column !== undefined || isMissing(at(0))) return undefined;
  return { message: `it is ${kindOf(at(0))}, not a list of items` };
}

type Sortable = Maybe<string | number | bigint>;
type Sortables = Collection<Sortable> | Collection<number> | Collection<bigint>;
type Distinct = Sortable | boolean;
type Distincts = Collection<Distinct> | Collection<number> | Collection<bigint>;

/**
 * The number of items is at least `min` and at most `max`; missing items count.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an end that is NaN, or `min` above `max`.
 *
 * @example
 * ```ts
 * import { countInRange } from '@flowerpower/core';
 *
 * countInRange(1, Infinity).check([]); // { message: 'there are 0 items, not between 1 and Infinity' }
 * ```
 */
export function countInRange(
  min: number,
  max: number,
): Check<Collection<unknown> | Collection<number> | Collection<bigint>, 'countInRange'> {
  const description = `countInRange(${min}, ${max})`;
  return {
    name: 'countInRange',
    description,
    decides: [min, max],
    leavesUnread: true,
    problem: rangeProblem(description, min, max),
    check(value) {
      if (isReadOnce(value)) return usedUp;
      const { count, single } = itemsOf(value);
      if (single) return { message: `it is ${kindOf(value)}, not a list of items` };
      if (count >= min && count <= max) return true;
      return {
        message: `there ${count === 1 ? 'is 1 item' : `are ${count} items`}, not between ${min} and ${max}`,
      };
    },
  };
}

/**
 * No value occurs twice, compared as `Map` keys are. `null` and `undefined` may repeat. The repetitions are
 * reported, not the first occurrence. Holds the distinct values in memory while it runs.
 *
 * @example
 * ```ts
 * import { unique } from '@flowerpower/core';
 *
 * unique().check(['a', 'b', 'a']);
 * // {
 * //   message: '1 of 3 items repeats an earlier one: "a" at 2',
 * //   failures: { count: 1, first: [{ index: 2, value: '"a"' }] },
 * // }
 * ```
 */
export function unique(): ItemsCheck<Distinct, Distincts, 'unique'> {
  return itemsCheck({
    name: 'unique',
    description: 'unique()',
    decides: [],
    inspect(items) {
      const fault = noList(items);
      if (fault !== undefined) return fault;
      const failures = collectFailures();
      const seen = new Set<unknown>();
      for (let index = 0; index < items.count; index++) {
        const item = items.at(index);
        if (isMissing(item)) continue;
        if (seen.has(item)) failures.add(index, item);
        else seen.add(item);
      }
      return failures.finding(items, { one: 'repeats an earlier one', many: 'repeat earlier ones' });
    },
  });
}

/**
 * The values are in order; equal neighbours are allowed. Texts are compared by UTF-16 units, as `<` does. `null`
 * and `undefined` are skipped; NaN is in no order. Reported is each value that is out of order with the last good
 * one before it.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an unknown direction.
 *
 * @param direction - default `ascending`.
 *
 * @example
 * ```ts
 * import { sorted } from '@flowerpower/core';
 *
 * sorted().check([1, 2, 2, 5]); // true
 * ```
 */
export function sorted(
  direction: 'ascending' | 'descending' = 'ascending',
): ItemsCheck<Sortable, Sortables, 'sorted'> {
  const isKnown = direction === 'ascending' || direction === 'descending';
  const follows =
    direction === 'ascending'
      ? (before: string | number, item: string | number) => before <= item
      : (before: string | number, item: string | number) => before >= item;
  return itemsCheck({
    name: 'sorted',
    description: `sorted('${direction}')`,
    decides: [direction],
    problem: isKnown
      ? undefined
      : { message: `sorted('${direction}') names no direction`, hint: "Say 'ascending' or 'descending'." },
    inspect(items) {
      const fault = noList(items);
      if (fault !== undefined) return fault;
      const failures = collectFailures();
      let last: string | number | undefined;
      for (let index = 0; index < items.count; index++) {
        const item = items.at(index) as Maybe<string | number>;
        if (isMissing(item)) continue;
        if (Number.isNaN(item) || (last !== undefined && !follows(last, item))) failures.add(index, item);
        else last = item;
      }
      const wording = `out of ${direction} order`;
      return failures.finding(items, { one: `is ${wording}`, many: `are ${wording}` });
    },
  });
}
