/**
 * Building blocks of the schemas. The message of every check is the phrase that completes "must be …":
 * `read/check.ts` writes the problem around it, with the place of the value.
 */
import * as v from 'valibot';

export const text = v.string('text');
export const filledText = v.pipe(text, v.regex(/\S/, 'text that is not blank'));
export const textList = v.array(filledText, 'a list');
const number = v.pipe(v.number('a number'), v.finite('a finite number'));
export const atLeastZero = v.pipe(number, v.minValue(0, 'a number of at least 0'));
export const aboveZero = v.pipe(number, v.gtValue(0, 'a number above 0'));
export const wholeAtLeast = (least: number) =>
  v.pipe(number, v.integer('a whole number'), v.minValue(least, `a whole number of at least ${least}`));
export const boolean = v.boolean('true or false');
/** A list of names, or one word for all of them. */
export const namesOrBoolean = v.union([boolean, textList], 'true or a list');
/** A map whose keys belong to the user: no alias, no check, nothing renamed. */
export const userMap = v.record(text, v.unknown(), 'a map');
