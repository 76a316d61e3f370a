/** Checks of texts: one text, an array of texts, or a column of texts. `null` and `undefined` are left to notNull. */
import { type CheckProblem, isMissing, type ItemsCheck, type Maybe } from './check.js';
import { eachItemCheck } from './inspect-each.js';
import { previewValue } from '../errors/preview-value.js';
import { rangeProblem } from './value-checks.js';

type TextItem = Maybe<string>;
/** One text or several. */
type Texts = TextItem | readonly TextItem[];

/**
 * Every text contains the given text, or all of the given texts. Case counts.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: no text, or an empty one.
 *
 * @example
 * ```ts
 * import { contains } from '@flowerpower/core';
 *
 * contains('@').check('ada@example.org'); // true
 * contains('@').check('ada'); // { message: '"ada" does not contain "@"', failures: { count: 1, first: [{ index: 0, value: '"ada"' }] } }
 * ```
 */
export function contains(texts: string | readonly string[]): ItemsCheck<TextItem, Texts, 'contains'> {
  const wanted = asTexts(texts);
  const list = wanted.map(previewValue).join(', ');
  const all = wanted.length > 1 ? 'all of ' : '';
  return textCheck({
    name: 'contains',
    description: `contains(${writeTexts(texts)})`,
    decides: wanted,
    problem: textsProblem('contains', texts, wanted),
    wording: { one: `does not contain ${all}${list}`, many: `do not contain ${all}${list}` },
    accepts: (text) => wanted.every((one) => text.includes(one)),
  });
}

/**
 * No text contains the given text, or any of the given texts. Case counts.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: no text, or an empty one.
 *
 * @example
 * ```ts
 * import { doesNotContain } from '@flowerpower/core';
 *
 * doesNotContain(['TODO', 'FIXME']).check(['done', 'fine']); // true
 * ```
 */
export function doesNotContain(
  texts: string | readonly string[],
): ItemsCheck<TextItem, Texts, 'doesNotContain'> {
  const unwanted = asTexts(texts);
  const list = unwanted.map(previewValue).join(' or ');
  return textCheck({
    name: 'doesNotContain',
    description: `doesNotContain(${writeTexts(texts)})`,
    decides: unwanted,
    problem: textsProblem('doesNotContain', texts, unwanted),
    wording: { one: `contains ${list}`, many: `contain ${list}` },
    accepts: (text) => !unwanted.some((one) => text.includes(one)),
  });
}

/**
 * Every text matches the regular expression somewhere; anchor it with `^` and `$` to match the whole text. The
 * `g` flag changes nothing: every text is searched from its start.
 *
 * @example
 * ```ts
 * import { matches } from '@flowerpower/core';
 *
 * matches(/^[A-Z]{2}$/).check(['UK', 'DE']); // true
 * ```
 */
export function matches(expression: RegExp): ItemsCheck<TextItem, Texts, 'matches'> {
  // A copy, because `test` moves the lastIndex of a global or sticky expression.
  const isExpression = expression instanceof RegExp;
  const own = new RegExp(isExpression ? expression : /$^/);
  return textCheck({
    name: 'matches',
    decides: [own.source, own.flags],
    description: `matches(${isExpression ? expression : '…'})`,
    problem: isExpression
      ? undefined
      : { message: 'matches(…) was given no regular expression', hint: 'Write matches(/^[A-Z]+$/).' },
    wording: { one: `does not match ${own}`, many: `do not match ${own}` },
    accepts(text) {
      own.lastIndex = 0;
      return own.test(text);
    },
  });
}

/**
 * The length of every text is at least `min` and at most `max`, in UTF-16 units as `text.length` counts. For the
 * number of items of an array see `countInRange`.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an end that is NaN, or `min` above `max`.
 *
 * @example
 * ```ts
 * import { lengthInRange } from '@flowerpower/core';
 *
 * lengthInRange(1, 3).check(['a', 'abc']); // true
 * ```
 */
export function lengthInRange(min: number, max: number): ItemsCheck<TextItem, Texts, 'lengthInRange'> {
  const description = `lengthInRange(${min}, ${max})`;
  const expected = `a length between ${min} and ${max}`;
  return textCheck({
    name: 'lengthInRange',
    description,
    decides: [min, max],
    problem: rangeProblem(description, min, max),
    wording: { one: `does not have ${expected}`, many: `do not have ${expected}` },
    accepts: (text) => text.length >= min && text.length <= max,
  });
}

function textCheck<Name extends string>(options: {
  readonly name: Name;
  readonly description: string;
  readonly decides: unknown;
  readonly problem?: CheckProblem | undefined;
  readonly wording: { readonly one: string; readonly many: string };
  readonly accepts: (text: string) => boolean;
}): ItemsCheck<TextItem, Texts, Name> {
  const { accepts } = options;
  return eachItemCheck({
    ...options,
    accepts: (item) => isMissing(item) || (typeof item === 'string' && accepts(item)),
  });
}

/** None where what was given is not texts, which is the problem of the check. */
function asTexts(texts: string | readonly string[]): readonly string[] {
  const list: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
  return list.every((text) => typeof text === 'string') ? list : [];
}

function writeTexts(texts: string | readonly string[]): string {
  return Array.isArray(texts) ? `[${texts.map(previewValue).join(', ')}]` : previewValue(texts);
}

function textsProblem(
  name: string,
  given: string | readonly string[],
  texts: readonly string[],
): CheckProblem | undefined {
  if (texts.length > 0 && !texts.includes('')) return undefined;
  return {
    message: `${name}(${writeTexts(given)}) gives ${texts.length === 0 ? 'no text' : 'an empty text, which every text contains'}`,
    hint: 'Give at least one text, none of them empty.',
  };
}
