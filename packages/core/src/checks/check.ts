/**
 * What a check is: a name, and a function from a value to `true` or what is wrong with it. Checks that look at
 * items one by one can also look at a column of records, through a view that copies nothing.
 */
import { isReadOnce } from '../model/is-read-once.js';
import { isThenable } from '../model/is-thenable.js';
import type { Failures } from '../model/validation-result.js';

/** An array or typed array. */
export type Collection<Item> =
  | readonly Item[]
  | (number extends Item ? NumberArray : never)
  | (bigint extends Item ? BigInt64Array | BigUint64Array : never);

type NumberArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A value that may be missing. */
export type Maybe<T> = T | null | undefined;

/** What a check finds: `true`, or what is wrong. */
export type Finding = true | { readonly message: string; readonly failures?: Failures | undefined };

/** A use of a check that cannot be meant, for example a range whose ends are swapped. Reported at build time. */
export interface CheckProblem {
  readonly message: string;
  readonly hint: string;
}

/**
 * A check of the value of a node. `checkOutput` puts it into a graph; `check(value)` runs it alone.
 *
 * @typeParam Value - the values it understands.
 * @typeParam Name - the end of the name of its node: `inRange` of the node `price` is `price_inRange`.
 */
export interface Check<in Value, out Name extends string = string> {
  readonly name: Name;
  /** As written, for example `inRange(0, 10)`. */
  readonly description: string;
  readonly check: (value: Value) => Finding | Promise<Finding>;
  /**
   * What decides the verdict besides the value, compared by its content: the arguments of a built-in check. Absent in
   * checks of one's own, whose functions may close over anything: with a cache they run in every run.
   */
  readonly decides?: unknown;
  /**
   * True when it leaves an iterator or a stream unread, as built-in checks do. Any other check counts as a reader: a
   * value that can be read only once then has too many (`FP_READ_TWICE`).
   */
  readonly leavesUnread?: boolean | undefined;
  /** Absent when the check makes sense. */
  readonly problem?: CheckProblem | undefined;
}

/** A check that can also look at one column of records; see `column`. */
export interface ItemsCheck<in Item, in Value, out Name extends string = string> extends Check<Value, Name> {
  readonly inspect: (items: Items<Item>) => Finding | Promise<Finding>;
}

/** What decides the verdicts of a check, compared by its content. */
export function decidesOf(check: Check<never>): object {
  return { name: check.name, ...(check.decides === undefined ? { check } : { decides: check.decides }) };
}

/** A view of a value as items, without a copy. */
export interface Items<out Item = unknown> {
  readonly count: number;
  readonly at: (index: number) => Item;
  /** True when the value is not an array; then it is the only item. */
  readonly single: boolean;
  /** The column looked at, for messages. */
  readonly column?: string | undefined;
}

/** Arrays and typed arrays have items; everything else is one item. */
export function itemsOf<Item>(value: unknown): Items<Item> {
  if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))) {
    const list = value as unknown as ArrayLike<Item>;
    return { count: list.length, at: (index) => list[index]!, single: false };
  }
  return { count: 1, at: () => value as Item, single: true };
}

/** Makes a check of a function that looks at items. */
export function itemsCheck<Item, Value, Name extends string>(
  options: Omit<ItemsCheck<Item, Value, Name>, 'check'>,
): ItemsCheck<Item, Value, Name> {
  return {
    leavesUnread: true,
    ...options,
    check: (value) => (isReadOnce(value) ? usedUp : options.inspect(itemsOf<Item>(value))),
  };
}

/** A stream would count as one item, which passes nearly every check. */
export const usedUp: Finding = { message: 'it is a stream or an iterator, whose items a check would use up' };

/** Goes on with a value at once, or when it arrives. */
export function settle<T, Result>(
  value: T | PromiseLike<T>,
  then: (value: T) => Result,
): Result | Promise<Result> {
  return isThenable(value) ? Promise.resolve(value).then(then) : then(value);
}

export function isMissing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}
