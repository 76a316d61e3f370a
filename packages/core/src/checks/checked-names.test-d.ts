import { expectTypeOf } from 'vitest';
import {
  checkOutput,
  column,
  createDriver,
  extractFields,
  inRange,
  node,
  notNull,
  parameterize,
  tag,
  unique,
  type ValidationResult,
  when,
} from '../index.js';

const m = {
  price: node(
    async () => 3,
    checkOutput(inRange(0, 9), notNull()),
    tag({ a: 'b' }),
    checkOutput(inRange(1, 8)),
  ),
  rate__uk: node(() => 0.2, when({ country: 'uk' }), checkOutput(inRange(0, 1), { importance: 'fail' })),
  rows: node(() => [{ id: 'a', unitPrice: 3 }], checkOutput(column('id', unique()))),
  limits: node(
    () => ({ low: 1, name: 'a' }),
    extractFields('low', 'name'),
    checkOutput(inRange(0, 9), { target: 'low' }),
  ),
  power: node(
    ({ n }: { n: number }) => n,
    parameterize({ one: { n: 1 }, two: { n: 2 } }),
    checkOutput(inRange(0, 9)),
  ),
};
const driver = createDriver({ modules: [m] });

export function names() {
  const results = driver.executeSync([
    'price',
    'price_raw',
    'price_inRange',
    'price_notNull',
    'price_inRange_2',
    'rate',
    'rate_raw',
    'rate_inRange',
    'rows_id_unique',
    'low',
    'low_raw',
    'low_inRange',
    'one_inRange',
    'two_raw',
    'two',
    'name',
    'limits',
  ]);
  expectTypeOf(results.price).toEqualTypeOf<number>();
  expectTypeOf(results.price_raw).toEqualTypeOf<number>();
  expectTypeOf(results.price_inRange_2).toEqualTypeOf<ValidationResult>();
  expectTypeOf(results.rows_id_unique).toEqualTypeOf<ValidationResult>();
  expectTypeOf(results.rate_raw).toEqualTypeOf<number>();
  expectTypeOf(results.low_raw).toEqualTypeOf<number>();
  expectTypeOf(results.two_raw).toEqualTypeOf<number>();
  expectTypeOf(results.limits).toEqualTypeOf<{ low: number; name: string }>();
  // @ts-expect-error there is no third range
  driver.executeSync(['price_inRange_3']);
  // @ts-expect-error made once
  driver.executeSync(['price_raw_2']);
  // @ts-expect-error the name is not a target
  driver.executeSync(['name_raw']);
  // @ts-expect-error parameterize leaves no node of the own name
  driver.executeSync(['power_raw']);
  // @ts-expect-error a variant collapses to its name
  driver.executeSync(['rate__uk_raw']);
}

const fields = extractFields('low', 'name');
const record = () => ({ low: 1, name: 'a' });
export const wrongUse = [
  // @ts-expect-error every field is looked at, and one is a text
  node(record, fields, checkOutput(inRange(0, 9))),
  // @ts-expect-error the target is a text
  node(record, fields, checkOutput(inRange(0, 9), { target: 'name' })),
];
