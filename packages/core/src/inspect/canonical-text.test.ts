import { expect, test } from 'vitest';
import { canonicalText } from './canonical-text.js';

class Point {
  readonly x = 1;
}

const different = [
  undefined,
  null,
  true,
  'true',
  0,
  -0,
  Number.NaN,
  1,
  1n,
  '1',
  '1n',
  'null',
  Symbol('a'),
  [],
  [[]],
  [1, 2],
  ['1,2'],
  [1, [2]],
  [undefined],
  [null],
  {},
  { a: 1 },
  { a: undefined },
  { a: { b: 1 } },
  { 'a:1': 1 },
  new Map([['a', 1]]),
  new Map([['b', 1]]),
  new Set(['a']),
  new Set(['a', 'b']),
  ['a', 'b'],
  new Date(0),
  new Date(1),
  new Date(0).toJSON(),
  new URL('file:///a'),
  new URL('file:///b'),
  /a/,
  /a/g,
  '/a/',
  new Uint8Array([1, 2]),
  new Uint16Array([1, 2]),
  { x: 1 },
  new Point(),
  (a: number) => a,
  (a: number) => a + 1,
];

test('different values have different texts', () => {
  const texts = different.map(canonicalText);
  expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
});

test('the order of keys, and formatting of functions, change nothing', () => {
  expect(canonicalText({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(canonicalText({ b: [{ d: 3, c: 2 }], a: 1 }));
  const [one, other] = ['(a) => a + 1', '( a )=>a+1 /* next */'].map((text) =>
    new Function(`return ${text}`)(),
  );
  expect(canonicalText({ next: one })).toBe(canonicalText({ next: other }));
});

test('circles end, and are told apart by where they lead', () => {
  const self: Record<string, unknown> = {};
  self['inner'] = { to: self };
  const inner: Record<string, unknown> = {};
  inner['to'] = inner;
  expect(canonicalText(self)).toBe('{"inner":{"to":circle 2}}');
  expect(canonicalText({ inner })).toBe('{"inner":{"to":circle 1}}');
});
