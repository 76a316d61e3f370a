/** Checks of how much is missing. As in pandas, `null` and `undefined` count as NaN here. */
import { isMissing, itemsCheck, type ItemsCheck, type Maybe } from './check.js';
import { collectFailures, eachItemCheck } from './inspect-each.js';
import type { Numeric } from './value-checks.js';

type NumberItem = Maybe<number | bigint>;

/**
 * No number is NaN or missing.
 *
 * @example
 * ```ts
 * import { noNaNs } from '@flowerpower/core';
 *
 * noNaNs().check([1, Number.NaN]);
 * // {
 * //   message: '1 of 2 items is NaN or missing: NaN at 1',
 * //   failures: { count: 1, first: [{ index: 1, value: 'NaN' }] },
 * // }
 * ```
 */
export function noNaNs(): ItemsCheck<NumberItem, Numeric, 'noNaNs'> {
  return eachItemCheck({
    name: 'noNaNs',
    description: 'noNaNs()',
    decides: [],
    wording: { one: 'is NaN or missing', many: 'are NaN or missing' },
    accepts: (item) => !isNaNLike(item),
  });
}

/**
 * At most the fraction `max` of the numbers is NaN or missing. An empty array passes.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: a fraction outside 0 … 1.
 *
 * @example
 * ```ts
 * import { maxNaNFraction } from '@flowerpower/core';
 *
 * maxNaNFraction(0.5).check([1, Number.NaN]); // true
 * ```
 */
export function maxNaNFraction(max: number): ItemsCheck<NumberItem, Numeric, 'maxNaNFraction'> {
  return itemsCheck({
    name: 'maxNaNFraction',
    description: `maxNaNFraction(${max})`,
    decides: [max],
    problem:
      typeof max === 'number' && max >= 0 && max <= 1
        ? undefined
        : { message: `maxNaNFraction(${max}) is not a fraction`, hint: 'Give a number from 0 to 1.' },
    inspect(items) {
      const failures = collectFailures();
      let count = 0;
      for (let index = 0; index < items.count; index++) {
        const item = items.at(index);
        if (!isNaNLike(item)) continue;
        count++;
        failures.add(index, item);
      }
      if (count <= max * items.count) return true;
      const allowed = `NaN or missing (a fraction of ${max} may be)`;
      return failures.finding(items, { one: `is ${allowed}`, many: `are ${allowed}` });
    },
  });
}

function isNaNLike(item: unknown): boolean {
  return isMissing(item) || Number.isNaN(item);
}
