import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valueLiteral } from './value-literal.js';

const plain = { isSecret: () => false, isUnknown: () => false, allowExtraKeys: false };

test('every JSON value is an expression of that value, on one line', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, allowExtraKeys) => {
      const text = valueLiteral(value, { ...plain, allowExtraKeys })!;
      expect(text).not.toMatch(/[\n\r]/);
      const made: unknown = new Function(`return (${text});`)();
      expect(JSON.stringify(made)).toBe(JSON.stringify(value));
    }),
  );
});

test('a key that would set the prototype stays a key', () => {
  expect(valueLiteral(JSON.parse('{"__proto__":1}'), plain)).toBe('{ ["__proto__"]: 1 }');
});

test('what JSON cannot express has no literal, wherever it stands', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  for (const value of [
    new Date(),
    () => 1,
    1n,
    Symbol('s'),
    new Map(),
    new (class A {})(),
    circle,
    new Array(1),
  ]) {
    expect(valueLiteral(value, plain)).toBeUndefined();
    expect(valueLiteral({ deep: [value] }, plain)).toBeUndefined();
  }
});

test('the same object twice is not a circle; undefined is left out as JSON does; numbers may be infinite', () => {
  const shared = { a: 1 };
  expect(valueLiteral([shared, shared], plain)).toBe('[{ "a": 1 }, { "a": 1 }]');
  expect(valueLiteral({ a: undefined, b: null }, plain)).toBe('{ "b": null }');
  expect(valueLiteral(undefined, plain)).toBe('undefined');
  expect(valueLiteral(Number.NaN, plain)).toBe('(given as number)');
});

test('secrets are known by type only, at every depth', () => {
  const isSecret = (value: string | number) => value === 'pw';
  expect(valueLiteral({ a: ['pw', 'x'] }, { ...plain, isSecret })).toBe('{ "a": [(given as string), "x"] }');
});
