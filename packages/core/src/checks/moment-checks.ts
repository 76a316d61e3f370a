/**
 * Checks of the mean and the spread of many numbers, in one pass by Welford's method (Technometrics 4, 1962,
 * 419-420), which loses no digits to a large common offset.
 */
import { type Collection, isMissing, type Items, itemsCheck, type ItemsCheck, type Maybe } from './check.js';
import { rangeProblem } from './value-checks.js';

type NumberItem = Maybe<number | bigint>;
type Numbers = Collection<NumberItem> | Collection<number> | Collection<bigint>;

/**
 * The mean of the numbers is at least `low` and at most `high`. `null` and `undefined` do not count; a NaN makes
 * the mean NaN, which is in no range. Without any number the check fails.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an end that is NaN, or `low` above `high`.
 *
 * @example
 * ```ts
 * import { meanInRange } from '@flowerpower/core';
 *
 * meanInRange(0, 2).check([1, 2, 6]); // { message: 'the mean is 3, not between 0 and 2' }
 * ```
 */
export function meanInRange(low: number, high: number): ItemsCheck<NumberItem, Numbers, 'meanInRange'> {
  const description = `meanInRange(${low}, ${high})`;
  return itemsCheck({
    name: 'meanInRange',
    description,
    decides: [low, high],
    problem: rangeProblem(description, low, high),
    inspect(items) {
      const { count, mean } = momentsOf(items);
      if (count === 0) return { message: `there are no numbers${columnOf(items)} to take the mean of` };
      if (mean >= low && mean <= high) return true;
      return { message: `the mean${columnOf(items)} is ${mean}, not between ${low} and ${high}` };
    },
  });
}

/**
 * The sample standard deviation (divisor n − 1) of the numbers is at most `max`. `null` and `undefined` do not
 * count; a NaN fails. Fewer than two numbers have no spread and pass.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: `max` below 0, or NaN.
 *
 * @example
 * ```ts
 * import { maxStandardDeviation } from '@flowerpower/core';
 *
 * maxStandardDeviation(1).check([1, 3, 5]); // { message: 'the standard deviation is 2, above 1' }
 * ```
 */
export function maxStandardDeviation(max: number): ItemsCheck<NumberItem, Numbers, 'maxStandardDeviation'> {
  return itemsCheck({
    name: 'maxStandardDeviation',
    description: `maxStandardDeviation(${max})`,
    decides: [max],
    problem:
      typeof max === 'number' && max >= 0
        ? undefined
        : { message: `maxStandardDeviation(${max}) accepts no value`, hint: 'Give a number of at least 0.' },
    inspect(items) {
      const { count, squares } = momentsOf(items);
      const deviation = count < 2 ? squares : Math.sqrt(squares / (count - 1));
      if (deviation <= max) return true;
      return { message: `the standard deviation${columnOf(items)} is ${deviation}, above ${max}` };
    },
  });
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of the squared distances from the mean. */
  readonly squares: number;
}

function momentsOf(items: Items): Moments {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let index = 0; index < items.count; index++) {
    const item = items.at(index);
    if (isMissing(item)) continue;
    const number = typeof item === 'number' || typeof item === 'bigint' ? Number(item) : Number.NaN;
    count++;
    const distance = number - mean;
    mean += distance / count;
    squares += distance * (number - mean);
  }
  return { count, mean, squares };
}

function columnOf(items: Items): string {
  return items.column === undefined ? '' : ` of '${items.column}'`;
}
