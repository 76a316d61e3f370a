/** Marks that a parameter takes several values at once, as a list or as a record. */
import { isSource } from './source.js';
import { isValue } from './value.js';

const brand: unique symbol = Symbol.for('flowerpower.group');

type Members = readonly unknown[] | Readonly<Record<string, unknown>>;

export interface Group<M extends Members = Members> {
  readonly [brand]: true;
  readonly members: M;
}

/**
 * Joins several values into the one value of a parameter, in {@link parameterize} and {@link inject}.
 *
 * `group(a, b)` gives the list `[a, b]`, `group({ k: a })` the record `{ k: a }`. A member is a `source`, a
 * `value`, a plain value or another group. A single plain object is a record of members; to have a list that
 * holds one object, write `group(value({ … }))`.
 *
 * @example
 * ```ts
 * import { createDriver, group, inject, node, source } from '@flowerpower/core';
 *
 * const m = {
 *   total: node(
 *     ({ parts }: { parts: number[] }) => parts.reduce((sum, part) => sum + part, 0),
 *     inject({ parts: group(source('rent'), source('food'), 5) }),
 *   ),
 * };
 * createDriver({ modules: [m] }).executeSync(['total'], { inputs: { rent: 20, food: 10 } }); // { total: 35 }
 * ```
 */
export function group<const M extends Readonly<Record<string, unknown>>>(members: M): Group<M>;
export function group<const M extends readonly unknown[]>(...members: M): Group<M>;
export function group(...members: readonly unknown[]): Group {
  const [first] = members;
  const isRecord = members.length === 1 && isMemberRecord(first);
  return { [brand]: true, members: isRecord ? first : members };
}

export function isGroup(candidate: unknown): candidate is Group {
  return typeof candidate === 'object' && candidate !== null && brand in candidate;
}

function isMemberRecord(candidate: unknown): candidate is Readonly<Record<string, unknown>> {
  if (typeof candidate !== 'object' || candidate === null) return false;
  if (isSource(candidate) || isValue(candidate) || isGroup(candidate)) return false;
  const prototype: unknown = Object.getPrototypeOf(candidate);
  return prototype === Object.prototype || prototype === null;
}
