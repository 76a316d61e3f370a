import * as v from 'valibot';
import { exactInteger } from '../numbers/loses-digits.js';

/**
 * What becomes of a whole number that a JavaScript number cannot hold exactly: `error`, or it is kept as a `bigint` or
 * as the `string` of its digits. All other numbers stay numbers.
 */
export const largeIntegers = v.optional(v.picklist(['error', 'bigint', 'string']), 'error');

export type LargeIntegers = v.InferOutput<typeof largeIntegers>;

export const largeIntegersHint =
  "Set largeIntegers: 'bigint' or 'string' to keep every digit, or write it as a text in the file.";

/** What a number that would lose digits becomes, or undefined where that is an error. */
export function keptInteger(digits: string, policy: LargeIntegers): bigint | string | undefined {
  if (policy === 'error') return undefined;
  return policy === 'string' ? digits : exactInteger(digits);
}
