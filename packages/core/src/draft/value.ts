/** Marks that a parameter takes exactly this value, whatever it is. */
const brand: unique symbol = Symbol.for('flowerpower.value');

export interface Value<T = unknown> {
  readonly [brand]: true;
  readonly value: T;
}

/**
 * Binds a plain value to a parameter in {@link parameterize} and {@link inject}.
 *
 * A value that is not a `source`, `value` or `group` means the same without it; `value` says so explicitly, and
 * is the only way to bind an object that one of these three made.
 *
 * @example
 * ```ts
 * import { createDriver, inject, node, value } from '@flowerpower/core';
 *
 * const m = { double: node(({ x }: { x: number }) => 2 * x, inject({ x: value(4) })) };
 * createDriver({ modules: [m] }).executeSync(['double']); // { double: 8 }
 * ```
 */
export function value<const T>(given: T): Value<T> {
  return { [brand]: true, value: given };
}

export function isValue(candidate: unknown): candidate is Value {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}
