/** Checks that judge each value alone: its range, its type, its place in a list, its presence. */
import { type Collection, isMissing, type ItemsCheck, type Maybe } from './check.js';
import { eachItemCheck } from './inspect-each.js';
import { previewValue } from '../errors/preview-value.js';

/** One number, or an array or typed array of numbers; items may be missing. */
export type Numeric =
  | Maybe<number | bigint>
  | Collection<Maybe<number | bigint>>
  | Collection<number>
  | Collection<bigint>;

/** One value, or an array of values; items may be missing. */
type OneOrMany<T> = Maybe<T> | readonly Maybe<T>[];

type Primitive = string | number | bigint | boolean;

/**
 * Every number is at least `low` and at most `high`. NaN is in no range. `null` and `undefined` are left to
 * {@link notNull}. An end may be infinite.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an end that is NaN, or `low` above `high`.
 *
 * @example
 * ```ts
 * import { inRange } from '@flowerpower/core';
 *
 * inRange(0, 10).check([3, 12, -1]);
 * // {
 * //   message: '2 of 3 items are not between 0 and 10: 12 at 1, -1 at 2',
 * //   failures: { count: 2, first: [{ index: 1, value: '12' }, { index: 2, value: '-1' }] },
 * // }
 * ```
 */
export function inRange(
  low: number | bigint,
  high: number | bigint,
): ItemsCheck<Maybe<number | bigint>, Numeric, 'inRange'> {
  const description = `inRange(${previewValue(low)}, ${previewValue(high)})`;
  return eachItemCheck({
    name: 'inRange',
    description,
    decides: [low, high],
    problem: rangeProblem(description, low, high),
    wording: wordingOf(`between ${low} and ${high}`),
    accepts: (item) =>
      isMissing(item) ||
      ((typeof item === 'number' || typeof item === 'bigint') && item >= low && item <= high),
  });
}

/**
 * Every value is one of the listed ones, compared as `Map` keys are (`1` is not `'1'`; NaN equals NaN). `null` and
 * `undefined` are left to {@link notNull}.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: an empty list.
 *
 * @example
 * ```ts
 * import { oneOf } from '@flowerpower/core';
 *
 * oneOf(['uk', 'de']).check(['uk', 'de', 'uk']); // true
 * ```
 */
export function oneOf<const Value extends Primitive>(
  values: readonly Value[],
): ItemsCheck<Maybe<Widen<Value>>, OneOrMany<Widen<Value>> | TypedFor<Value>, 'oneOf'> {
  const isList = Array.isArray(values);
  if (!isList) values = [];
  const known = new Set<unknown>(values);
  const list = `${values.slice(0, 5).map(previewValue).join(', ')}${values.length > 5 ? ', …' : ''}`;
  return eachItemCheck({
    name: 'oneOf',
    description: `oneOf([${list}])`,
    decides: [...values],
    problem:
      values.length > 0
        ? undefined
        : {
            message: isList ? 'oneOf([]) accepts no value' : 'oneOf(…) was given no list',
            hint: 'List the values that are allowed.',
          },
    wording: wordingOf(`one of ${list}`),
    accepts: (item) => isMissing(item) || known.has(item),
  });
}

type Widen<T> = T extends string
  ? string
  : T extends number
    ? number
    : T extends bigint
      ? bigint
      : T extends boolean
        ? boolean
        : never;
type TypedFor<T> = Collection<Widen<T>>;

const typeNames = ['string', 'number', 'bigint', 'boolean', 'symbol', 'function', 'object'] as const;
type TypeName = (typeof typeNames)[number];
type Class = abstract new (...args: never[]) => object;

/**
 * Every value is of a type: the name that `typeof` gives, or a class that it is an instance of. Of an array each
 * item is looked at, unless the array itself is an instance of the class. NaN is a number. `null` and `undefined`
 * are left to {@link notNull}, so null is not an object here.
 *
 * Reported at build time as `FP_BAD_MODIFIER`: a name that `typeof` never gives.
 *
 * @example
 * ```ts
 * import { ofType } from '@flowerpower/core';
 *
 * ofType('number').check([1, 2]); // true
 * ofType(Date).check([new Date(0)]); // true
 * ofType(Array).check([1, 'a']); // true
 * ```
 */
export function ofType(type: TypeName | Class): ItemsCheck<unknown, unknown, 'ofType'> {
  const isClass = typeof type === 'function';
  const name = isClass ? type.name : type;
  const accepts = isClass
    ? (item: unknown) => isMissing(item) || item instanceof type
    : (item: unknown) => isMissing(item) || typeof item === type;
  const items = eachItemCheck<unknown, unknown, 'ofType'>({
    name: 'ofType',
    description: isClass ? `ofType(${name})` : `ofType(${previewValue(type)})`,
    // A class that everybody has is known by its name; of another one its name tells nothing.
    decides: isClass && (globalThis as Readonly<Record<string, unknown>>)[name] === type ? [name] : { type },
    problem:
      isClass || typeNames.includes(type)
        ? undefined
        : {
            message: `ofType(${previewValue(type)}) names no type`,
            hint: `Give a class, or one of: ${typeNames.join(', ')}.`,
          },
    wording: wordingOf(isClass ? `an instance of ${name}` : `of type ${name}`),
    accepts,
  });
  return isClass ? { ...items, check: (value) => value instanceof type || items.check(value) } : items;
}

/**
 * The value, or every item of an array, is neither `null` nor `undefined`.
 *
 * @example
 * ```ts
 * import { notNull } from '@flowerpower/core';
 *
 * notNull().check([0, '', false]); // true
 * ```
 */
export function notNull(): ItemsCheck<unknown, unknown, 'notNull'> {
  return eachItemCheck({
    name: 'notNull',
    description: 'notNull()',
    decides: [],
    wording: { one: 'is null or undefined', many: 'are null or undefined' },
    accepts: (item) => !isMissing(item),
  });
}

/** The fault of a range whose ends are not numbers or the wrong way round. */
export function rangeProblem(description: string, low: number | bigint, high: number | bigint) {
  const areNumbers = [low, high].every((end) => typeof end === 'number' || typeof end === 'bigint');
  if (areNumbers && low <= high) return undefined;
  return areNumbers && low > high
    ? { message: `${description} is a range whose ends are swapped`, hint: 'Give the lower end first.' }
    : { message: `${description} is not a range`, hint: 'Give two numbers, the lower end first.' };
}

function wordingOf(expected: string) {
  return { one: `is not ${expected}`, many: `are not ${expected}` };
}
