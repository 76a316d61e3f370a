import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { columnMap } from './column-map.js';

const names = fc.oneof(fc.constantFrom('constructor', 'prototype', '__proto__', 'toString'), fc.string());

describe('a map by names of columns', () => {
  it('is no list, also no empty one', () => {
    for (const list of [[], ['a']]) {
      expect(v.safeParse(columnMap(v.string()), list).issues).toMatchObject([
        { kind: 'schema', expected: 'Object', received: 'Array' },
      ]);
      expect(columnMap(v.string())['~standard'].validate(list)).toHaveProperty('issues');
    }
  });

  it('keeps every name, those that objects inherit as well', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.integer())), (pairs) => {
        const given: object = Object.fromEntries(pairs);
        const kept = v.parse(columnMap(v.number()), given);
        expect(Object.entries(kept)).toEqual(Object.entries(given));
        expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
      }),
    );
  });

  it('judges the values of those names too, and says where they stand', () => {
    const given = Object.fromEntries([
      ['constructor', ['a']],
      ['__proto__', [1, 'b']],
      ['x', [2]],
    ]);
    for (const result of [
      v.safeParse(columnMap(v.array(v.number())), given),
      columnMap(v.array(v.number()))['~standard'].validate(given) as { issues: [v.BaseIssue<unknown>] },
    ])
      expect(result.issues?.map((issue) => v.getDotPath(issue))).toEqual(['constructor.0', '__proto__.1']);
  });

  it('is a map in words too', () => {
    const wrong = (given: unknown) => v.safeParse(columnMap(v.number()), given).issues?.[0].message;
    expect(wrong('x')).toBe(v.safeParse(v.record(v.string(), v.number()), 'x').issues?.[0].message);
    expect(wrong(null)).toBe(v.safeParse(v.record(v.string(), v.number()), null).issues?.[0].message);
  });
});
