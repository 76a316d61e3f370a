import { columnMap } from '@flowerpower/io';
import * as v from 'valibot';

const number = v.pipe(
  v.number(),
  v.check((value) => !Number.isNaN(value), 'must be a number'),
);
const value = v.union([v.string(), number, v.bigint(), v.boolean(), v.null(), v.date()]);

const conditions = v.pipe(
  v.strictObject({
    eq: v.exactOptional(value),
    ne: v.exactOptional(value),
    gt: v.exactOptional(value),
    gte: v.exactOptional(value),
    lt: v.exactOptional(value),
    lte: v.exactOptional(value),
    in: v.exactOptional(v.array(value)),
  }),
  v.check((given) => Object.keys(given).length > 0, 'must hold a condition, such as { gte: 10 }'),
);

/**
 * By column: a value, a list of values of which it must be one, or conditions, all of which must hold:
 * `{ year: 2024, region: [north, south], amount: { gte: 10, lt: 100 }, note: { ne: null } }`.
 */
export const filterOption = columnMap(v.union([value, v.array(value), conditions]));

export type FilterOption = v.InferOutput<typeof filterOption>;
export type FilterValue = v.InferOutput<typeof value>;

/** One comparison: `eq` and `ne` of a value, `in` of several. */
export interface Condition {
  readonly column: string;
  readonly operator: Exclude<keyof v.InferOutput<typeof conditions>, 'in'>;
  readonly value: FilterValue;
}

/** All of the outer list must hold, and of an inner one any. */
export function conditionsOf(filter: FilterOption): Condition[][] {
  return Object.entries(filter).flatMap(([column, given]): Condition[][] => {
    const anyOf = (values: readonly FilterValue[]) => [
      values.map((value): Condition => ({ column, operator: 'eq', value })),
    ];
    if (Array.isArray(given)) return anyOf(given);
    if (typeof given !== 'object' || given === null || given instanceof Date) return anyOf([given]);
    const { in: values, ...single } = given;
    return [
      ...Object.entries(single).map(([operator, value]): Condition[] => [
        { column, operator: operator as Condition['operator'], value },
      ]),
      ...(values === undefined ? [] : anyOf(values)),
    ];
  });
}
