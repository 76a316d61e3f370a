import { expectTypeOf } from 'vitest';
import {
  checkOutput,
  column,
  contains,
  countInRange,
  createDriver,
  defineCheck,
  eachItem,
  inRange,
  lengthInRange,
  matches,
  maxNaNFraction,
  maxStandardDeviation,
  meanInRange,
  node,
  noNaNs,
  notNull,
  ofType,
  oneOf,
  schemaCheck,
  sorted,
  type StandardSchema,
  tag,
  unique,
  when,
} from '../index.js';

const count = () => 3;
const counts = () => [1, 2];
const floats = async () => new Float64Array(3);
const bigs = () => new BigInt64Array(3);
const gaps = () => [1, null, undefined];
const title = () => 'a';
const titles = () => ['a', 'b'] as const;
const rows = () => [{ price: 3, name: 'a', sold: true, note: undefined as string | undefined }];
const untyped = (): unknown => JSON.parse('1');
declare const priceRow: StandardSchema<{ price: number }>;
declare const aNumber: StandardSchema<number>;

export const fitting = [
  node(count, checkOutput(inRange(0, 9), noNaNs(), notNull(), oneOf([1, 2, 3]), ofType('number'))),
  node(counts, checkOutput(inRange(0, 9), meanInRange(0, 9), maxStandardDeviation(2), unique(), sorted())),
  node(floats, checkOutput(inRange(0, 9), maxNaNFraction(0.1), meanInRange(0, 1), countInRange(1, 9))),
  node(bigs, checkOutput(inRange(0n, 9n), sorted('descending'), oneOf([0n]))),
  node(gaps, checkOutput(inRange(0, 9), maxNaNFraction(0.5))),
  node(title, checkOutput(contains('a'), matches(/a/), lengthInRange(1, 2), oneOf(['a', 'b']))),
  node(titles, checkOutput(contains(['a', 'b']), unique(), { importance: 'fail' })),
  node(rows, checkOutput(column('price', inRange(0, 9)), column('price', meanInRange(0, 9)))),
  node(rows, checkOutput(column('note', matches(/a/)), column('sold', oneOf([true])), eachItem(priceRow))),
  node(untyped, checkOutput(inRange(0, 9), schemaCheck(aNumber), eachItem(priceRow))),
  node(count, checkOutput(schemaCheck(aNumber)), tag({ owner: 'a' }), checkOutput(inRange(0, 9))),
  node(count, when({ x: 1 }), checkOutput(inRange(0, 9))),
];

export const wrongUse = [
  // @ts-expect-error a range is for numbers
  node(title, checkOutput(inRange(0, 9))),
  // @ts-expect-error a range is for numbers, also behind a promise
  node(async () => ['a'], checkOutput(inRange(0, 9))),
  // @ts-expect-error one of several checks does not fit
  node(count, checkOutput(inRange(0, 9), contains('a'))),
  // @ts-expect-error a number has no mean
  node(count, checkOutput(meanInRange(0, 9))),
  // @ts-expect-error a number is not a list
  node(count, checkOutput(unique())),
  // @ts-expect-error texts are never numbers
  node(count, checkOutput(oneOf(['a']))),
  // @ts-expect-error the rows have no such column
  node(rows, checkOutput(column('cost', inRange(0, 9)))),
  // @ts-expect-error the column holds texts
  node(rows, checkOutput(column('name', inRange(0, 9)))),
  // @ts-expect-error the schema is of numbers
  node(title, checkOutput(schemaCheck(aNumber))),
  // @ts-expect-error the schema is of other rows
  node(() => [{ cost: 1 }], checkOutput(eachItem(priceRow))),
  // @ts-expect-error a check is called
  node(count, checkOutput(inRange)),
  // @ts-expect-error without checks there is nothing to do
  node(count, checkOutput()),
  // @ts-expect-error a mistyped importance
  node(count, checkOutput(inRange(0, 9), { importance: 'fial' })),
  // @ts-expect-error a mistyped option
  node(count, checkOutput(inRange(0, 9), { importence: 'fail' })),
  // @ts-expect-error the second of two stacked checks does not fit
  node(count, checkOutput(inRange(0, 9)), checkOutput(contains('a'))),
  // @ts-expect-error a type that typeof never gives
  ofType('numbre'),
];

export function customChecks() {
  const even = defineCheck({ name: 'even', check: (value: number) => value % 2 === 0 || { message: 'odd' } });
  expectTypeOf(even.name).toEqualTypeOf<'even'>();
  node(count, checkOutput(even));
  // @ts-expect-error made for numbers
  node(title, checkOutput(even));
  // @ts-expect-error a verdict is true or says what is wrong
  defineCheck({ name: 'no', check: (value: number) => value > 1 });
}

export function columnNames() {
  expectTypeOf(column('unit price (net)', inRange(0, 1)).name).toEqualTypeOf<'unit_price__net__inRange'>();
}

export function aNodeStaysAFunction() {
  const checked = node(({ x }: { x: number }) => x * 2, checkOutput(inRange(0, 9)));
  expectTypeOf(checked({ x: 1 })).toEqualTypeOf<number>();
  const driver = createDriver({ modules: [{ checked }] });
  expectTypeOf(driver.executeSync(['checked'], { inputs: { x: 1 } }).checked).toEqualTypeOf<number>();
  // @ts-expect-error inputs keep their types
  driver.executeSync(['checked'], { inputs: { x: 'a' } });
}
