/** Each check alone: what it accepts, what it reports, and that it agrees with an obvious implementation. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  column,
  contains,
  countInRange,
  defineCheck,
  doesNotContain,
  inRange,
  lengthInRange,
  matches,
  maxNaNFraction,
  maxStandardDeviation,
  meanInRange,
  noNaNs,
  notNull,
  ofType,
  oneOf,
  sorted,
  unique,
} from '../index.js';
import type { Finding } from './check.js';

const messageOf = (finding: unknown) => (finding === true ? true : (finding as { message: string }).message);
const indicesOf = (finding: unknown) =>
  finding === true ? [] : (finding as Exclude<Finding, true>).failures!.first.map(({ index }) => index);

describe('values one by one', () => {
  test('a range holds its ends; NaN is in none; missing values are left to notNull', () => {
    const check = inRange(0, 10);
    expect(check.check([0, 10, null, undefined, 5n])).toBe(true);
    expect(check.check(10)).toBe(true);
    expect(messageOf(check.check(10.5))).toBe('10.5 is not between 0 and 10');
    expect(messageOf(check.check([Number.NaN, 1, -1]))).toBe(
      '2 of 3 items are not between 0 and 10: NaN at 0, -1 at 2',
    );
    expect(inRange(0, Number.POSITIVE_INFINITY).check(Number.POSITIVE_INFINITY)).toBe(true);
  });

  test('a range compares no texts, although `<` would', () => {
    expect(messageOf(inRange(0, 10).check('5' as never))).toBe('"5" is not between 0 and 10');
    expect(messageOf(inRange(0, 10).check([{}] as never))).toBe(
      '1 of 1 item is not between 0 and 10: {} at 0',
    );
  });

  test('typed arrays are looked at in place; a DataView is not an array', () => {
    expect(inRange(0, 9).check(new DataView(new ArrayBuffer(2)) as never)).not.toBe(true);
    expect(inRange(0, 1).check(new Float32Array([0, 0.5, 1]))).toBe(true);
    expect(indicesOf(inRange(0n, 1n).check(new BigInt64Array([0n, 5n])))).toEqual([1]);
    expect(indicesOf(oneOf([1, 2]).check(new Uint8Array([1, 3, 2])))).toEqual([1]);
  });

  test('the first five of many are named, the others counted', () => {
    const finding = inRange(0, 1).check(Array.from({ length: 100 }, (_, index) => index));
    expect(finding).toMatchObject({ failures: { count: 98 } });
    expect(messageOf(finding)).toBe(
      '98 of 100 items are not between 0 and 1: 2 at 2, 3 at 3, 4 at 4, 5 at 5, 6 at 6, …',
    );
  });

  test('oneOf compares without conversion', () => {
    expect(oneOf(['a', 'b']).check(['a', null, 'b'])).toBe(true);
    expect(indicesOf(oneOf([1, 2]).check([1, '1', 3] as never))).toEqual([1, 2]);
    expect(oneOf([Number.NaN]).check(Number.NaN)).toBe(true);
  });

  test('ofType knows names and classes', () => {
    expect(ofType('number').check([1, Number.NaN, null])).toBe(true);
    expect(messageOf(ofType('string').check(['a', 1]))).toBe('1 of 2 items is not of type string: 1 at 1');
    expect(ofType(Date).check([new Date(0)])).toBe(true);
    expect(messageOf(ofType(Date).check(0))).toBe('0 is not an instance of Date');
    expect(ofType(Float64Array).check(new Float64Array(2))).toBe(true);
    expect(ofType(Array).check([1])).toBe(true);
  });

  test('notNull refuses null, undefined and holes, nothing else', () => {
    expect(notNull().check([0, '', false, Number.NaN])).toBe(true);
    // oxlint-disable-next-line no-sparse-arrays -- a hole is what is tested
    expect(indicesOf(notNull().check([null, 1, undefined, , 2]))).toEqual([0, 2, 3]);
    expect(messageOf(notNull().check(null))).toBe('null is null or undefined');
  });
});

describe('missing numbers', () => {
  test('noNaNs counts null and undefined as NaN', () => {
    expect(noNaNs().check([1, 2n])).toBe(true);
    expect(indicesOf(noNaNs().check([Number.NaN, 1, null, undefined]))).toEqual([0, 2, 3]);
  });

  test('maxNaNFraction is inclusive and passes on an empty array', () => {
    const half = [1, Number.NaN];
    expect(maxNaNFraction(0.5).check(half)).toBe(true);
    expect(messageOf(maxNaNFraction(0.4).check(half))).toBe(
      '1 of 2 items is NaN or missing (a fraction of 0.4 may be): NaN at 1',
    );
    expect(maxNaNFraction(0).check([])).toBe(true);
    expect(maxNaNFraction(1).check([null, null])).toBe(true);
  });
});

describe('mean and spread', () => {
  test('missing values do not count, NaN fails, nothing has no mean', () => {
    expect(meanInRange(2, 2).check([1, null, 3])).toBe(true);
    expect(messageOf(meanInRange(0, 9).check([1, Number.NaN]))).toBe('the mean is NaN, not between 0 and 9');
    expect(messageOf(meanInRange(0, 9).check([null]))).toBe('there are no numbers to take the mean of');
    expect(messageOf(maxStandardDeviation(9).check([1, Number.NaN]))).toBe(
      'the standard deviation is NaN, above 9',
    );
    expect(messageOf(maxStandardDeviation(9).check([Number.NaN]))).toBe(
      'the standard deviation is NaN, above 9',
    );
    expect(maxStandardDeviation(0).check([7])).toBe(true);
    expect(maxStandardDeviation(0).check([])).toBe(true);
  });

  test('a large offset costs no digits', () => {
    const offset = 1e9;
    expect(maxStandardDeviation(1).check([offset, offset + 1, offset + 2])).toBe(true);
    expect(meanInRange(0.1, 0.1).check([0.1, 0.1, 0.1])).toBe(true);
  });
});

describe('texts', () => {
  test('contains wants all, doesNotContain refuses any', () => {
    expect(contains(['a', 'b']).check('cab')).toBe(true);
    expect(messageOf(contains(['a', 'b']).check(['ab', 'a']))).toBe(
      '1 of 2 items does not contain all of "a", "b": "a" at 1',
    );
    expect(doesNotContain(['x', 'y']).check(['a', null])).toBe(true);
    expect(messageOf(doesNotContain(['x', 'y']).check('ay'))).toBe('"ay" contains "x" or "y"');
  });

  test('a global or sticky expression gives the same answer each time, and stays as it was', () => {
    const global = /a/g;
    global.lastIndex = 3;
    expect(matches(global).check(['a', 'a', 'a'])).toBe(true);
    expect(global.lastIndex).toBe(3);
    expect(indicesOf(matches(/a/y).check(['ab', 'ba', 'ab']))).toEqual([1]);
  });

  test('lengths include both ends', () => {
    expect(lengthInRange(1, 2).check(['a', 'ab'])).toBe(true);
    expect(indicesOf(lengthInRange(1, 2).check(['', 'a', 'abc']))).toEqual([0, 2]);
  });
});

describe('collections', () => {
  test('countInRange counts items, also missing ones', () => {
    expect(countInRange(2, 2).check([null, undefined])).toBe(true);
    expect(messageOf(countInRange(2, 3).check(new Int8Array(1)))).toBe(
      'there is 1 item, not between 2 and 3',
    );
  });

  test('unique reports repetitions; missing values may repeat', () => {
    expect(unique().check([null, null, 1, '1'])).toBe(true);
    expect(indicesOf(unique().check(['a', 'b', 'a', 'a']))).toEqual([2, 3]);
  });

  test('sorted allows equal neighbours and skips missing values', () => {
    expect(sorted().check([1, null, 1, 2])).toBe(true);
    expect(sorted('descending').check(['b', 'a', 'a'])).toBe(true);
    expect(messageOf(sorted().check([1, 5, 2, 6, 3]))).toBe(
      '2 of 5 items are out of ascending order: 2 at 2, 3 at 4',
    );
    expect(indicesOf(sorted().check([1, Number.NaN, 2]))).toEqual([1]);
  });
});

describe('columns', () => {
  const rows = [{ price: 3 }, { price: 12 }, { price: null }];

  test('a column is checked as an array of its values would be', () => {
    expect(messageOf(column('price', inRange(0, 9)).check(rows))).toBe(
      "1 of 3 items of 'price' is not between 0 and 9: 12 at 1",
    );
    expect(messageOf(column('price', meanInRange(0, 1)).check(rows))).toBe(
      "the mean of 'price' is 7.5, not between 0 and 1",
    );
    expect(column('price', inRange(0, 20)).check(rows)).toBe(true);
  });

  test('a column that no record has is not a success', () => {
    expect(messageOf(column('cost', inRange(0, 9)).check(rows as never))).toBe("no record has 'cost'");
    expect(messageOf(column('cost', inRange(0, 9)).check([null, 3] as never))).toBe("no record has 'cost'");
    expect(column('cost', inRange(0, 9)).check([])).toBe(true);
    expect(column('cost', inRange(0, 9)).check([{}, { cost: 1 }])).toBe(true);
  });

  test('columns nest, and a single record has columns too', () => {
    const nested = column('address', column('zip', matches(/^\d+$/)));
    expect(messageOf(nested.check([{ address: { zip: '1' } }, { address: { zip: 'x' } }]))).toBe(
      `1 of 2 items of 'address.zip' does not match /^\\d+$/: "x" at 1`,
    );
    expect(messageOf(column('price', inRange(0, 9)).check({ price: 12 }))).toBe(
      "12 of 'price' is not between 0 and 9",
    );
  });

  test('names hold no character that a node name cannot', () => {
    expect(column('unit price (€)', inRange(0, 1)).name).toBe('unit_price_____inRange');
  });

  test('each cell is read once, and no other', () => {
    let reads = 0;
    const row = (value: number) => ({
      get price() {
        reads++;
        return value;
      },
      get other(): number {
        throw new Error('read');
      },
    });
    expect(column('price', inRange(0, 9)).check([row(1), row(2), row(3)])).toBe(true);
    expect(reads).toBe(3);
  });
});

describe('custom checks', () => {
  test('rows are named with their values, at most five', () => {
    const check = defineCheck({
      name: 'none',
      check: (values: readonly string[]) => ({
        message: 'never good',
        rows: values.map((_, index) => index),
      }),
    });
    expect(messageOf(check.check(['a', 'b']))).toBe('never good: "a" at 0, "b" at 1');
    expect(check.check(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toMatchObject({
      message: 'never good: "a" at 0, "b" at 1, "c" at 2, "d" at 3, "e" at 4, …',
      failures: { count: 7, first: { length: 5 } },
    });
    expect(check.check([])).toEqual({ message: 'never good' });
  });

  test.each([false, undefined, 'bad', {}, { message: 3 }])('the verdict %j is refused', (verdict) => {
    const check = defineCheck({ name: 'odd', check: () => verdict as never });
    expect(() => check.check(1)).toThrow(expect.objectContaining({ code: 'FP_BAD_VERDICT' }));
  });
});

test('long and strange values are shortened, never thrown over', () => {
  const shown = (value: unknown) => {
    const finding = ofType('symbol').check([value]) as Exclude<Finding, true>;
    return finding.failures!.first[0]!.value;
  };
  expect(shown('x'.repeat(1000))).toBe(`"${'x'.repeat(38)}…`);
  expect(shown(`${'x'.repeat(38)}😀😀`)).toBe(`"${'x'.repeat(38)}…`);
  expect(shown(`${'x'.repeat(37)}😀😀`)).toBe(`"${'x'.repeat(37)}…`);
  expect(shown('a\nb')).toBe('"a\\nb"');
  expect(shown(5n)).toBe('5n');
  expect(shown(-0)).toBe('-0');
  expect(shown([1, [2], 3, 4, 5, 6])).toBe('[1, Array(1), 3, 4, 5, …]');
  expect(shown({ a: 1, b: { c: 2 } })).toBe('{ a: 1, b: {…} }');
  expect(shown(new Map())).toBe('[Map]');
  expect(shown(new Date(Number.NaN))).toBe('Invalid Date');
  expect(shown(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  expect(shown(cyclic)).toBe('{ self: {…} }');
  const trap = Object.defineProperty({}, 'a', {
    enumerable: true,
    get() {
      throw new Error('read');
    },
  });
  expect(shown(trap)).toBe('{ a: (getter) }');
  expect(shown(Object.create(null))).toBe('{}');
  expect(shown(Symbol)).toBe('[function Symbol]');
});

describe('laws', () => {
  const number = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }), fc.constant(Number.NaN));
  const gap = fc.constantFrom(null, undefined);
  const numbers = fc.array(fc.oneof({ weight: 5, arbitrary: number }, { weight: 1, arbitrary: gap }), {
    maxLength: 40,
  });
  const bounds = fc
    .tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([low, width]) => [low, low + width] as const);
  const refused = (finding: unknown) =>
    finding === true ? 0 : (finding as Exclude<Finding, true>).failures!.count;

  test('inRange, oneOf, notNull and noNaNs agree with a naive loop, item by item and on a column', () => {
    fc.assert(
      fc.property(numbers, bounds, (values, [low, high]) => {
        const bad = (accepts: (value: number | null | undefined) => boolean) =>
          values.flatMap((value, index) => (accepts(value) ? [] : [index]));
        const rows = values.map((price) => ({ price }));
        const cases = [
          [inRange(low, high), bad((v) => v === null || v === undefined || (low <= v && v <= high))],
          [oneOf([low, high]), bad((v) => v === null || v === undefined || v === low || v === high)],
          [notNull(), bad((v) => v !== null && v !== undefined)],
          [noNaNs(), bad((v) => v !== null && v !== undefined && !Number.isNaN(v))],
        ] as const;
        for (const [check, expected] of cases) {
          const alone = check.check(values);
          expect(alone === true).toBe(expected.length === 0);
          expect(refused(alone)).toBe(expected.length);
          expect(indicesOf(alone)).toEqual(expected.slice(0, 5));
          const ofColumn = column('price', check as ReturnType<typeof inRange>).check(rows);
          expect(refused(ofColumn)).toBe(expected.length);
          expect(indicesOf(ofColumn)).toEqual(expected.slice(0, 5));
        }
      }),
    );
  });

  test('maxNaNFraction agrees with counting', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (values, max) => {
        const missing = values.filter(
          (value) => value === null || value === undefined || Number.isNaN(value),
        );
        expect(maxNaNFraction(max).check(values) === true).toBe(missing.length <= max * values.length);
      }),
    );
  });

  test('mean and deviation agree with the textbook in two passes', () => {
    const finite = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(finite, (values) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const deviation = Math.sqrt(squares / (values.length - 1));
        const slack = 1e-6;
        expect(meanInRange(mean - slack, mean + slack).check(values)).toBe(true);
        expect(meanInRange(mean + slack, mean + 1).check(values)).not.toBe(true);
        expect(maxStandardDeviation(deviation + slack).check(values)).toBe(true);
        if (deviation > slack) {
          expect(maxStandardDeviation(deviation - slack).check(values)).not.toBe(true);
        }
      }),
    );
  });

  test('unique is a set of the same size; a sorted copy is sorted', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (values) => {
        expect(refused(unique().check(values))).toBe(values.length - new Set(values).size);
        const ordered = [...values].sort((a, b) => a - b);
        expect(sorted().check(ordered)).toBe(true);
        expect(sorted('descending').check([...ordered].reverse())).toBe(true);
        const isOrdered = values.every((value, index) => index === 0 || values[index - 1]! <= value);
        expect(sorted().check(values) === true).toBe(isOrdered);
      }),
    );
  });
});
