/** A function that is told of an end, alone or with what it is to be given besides. */
import type { OptionRule } from '@flowerpower/core';

/** With further arguments, and named ones that it gets as one object, last: `[notify, ['#ops'], { urgent: true }]`. */
export type CallbackWithArguments = readonly [
  // What it takes besides is its own affair.
  fn: (...args: never[]) => unknown,
  args?: readonly unknown[],
  named?: Readonly<Record<string, unknown>>,
];

export type Callback<Args extends readonly unknown[]> = ((...args: Args) => unknown) | CallbackWithArguments;

export const aCallback: OptionRule = {
  fits: (value) => typeof value === 'function' || isWithArguments(value),
  expected: 'a function, or a function with its further arguments',
  hint: "Write (result) => …, or [notify, ['#ops'], { urgent: true }].",
};

/** Calls it with what it is told, then its own arguments. @returns what it gives. */
export function callCallback<Args extends readonly unknown[]>(callback: Callback<Args>, told: Args): unknown {
  if (typeof callback === 'function') return callback(...told);
  const [fn, args = [], named] = callback;
  return fn(...([...told, ...args, ...(named === undefined ? [] : [named])] as never[]));
}

function isWithArguments(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > 3) return false;
  const [fn, args, named] = value as readonly unknown[];
  const isNamed = typeof named === 'object' && named !== null && !Array.isArray(named);
  return (
    typeof fn === 'function' &&
    (args === undefined || Array.isArray(args)) &&
    (named === undefined || isNamed)
  );
}
