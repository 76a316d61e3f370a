import { describe, expect, test } from 'vitest';
import { readExplicit } from './named-inputs.js';
import { readParameters } from './read-parameters.js';
import { whyUnreadable } from './why-unreadable.js';

/** Functions are made from text, so that no compiler of the test rewrites them. */
function make(text: string): (...args: never[]) => unknown {
  return new Function(`return (${text})`)();
}

const positional: Record<string, [string, (string | [string])[]]> = {
  declaration: ['function f(a, b) {}', ['a', 'b']],
  arrow: ['(a, b) => a', ['a', 'b']],
  'arrow without parentheses': ['a => a', ['a']],
  'async arrow': ['async (a) => a', ['a']],
  'async arrow without parentheses': ['async a => a', ['a']],
  'parameter named async': ['async => async', ['async']],
  generator: ['function* f(a) {}', ['a']],
  'async generator': ['async function* f(a) {}', ['a']],
  method: ['({ m(a, b) {} }).m', ['a', 'b']],
  'async method': ['({ async m(a) {} }).m', ['a']],
  'method named async': ['({ async(a) {} }).async', ['a']],
  'computed method': ["({ ['x(y' + 1](a) {} })['x(y1']", ['a']],
  'quoted method': ["({ 'a(b'(c) {} })['a(b']", ['c']],
  'static method': ['(class { static m(a) {} }).m', ['a']],
  'default literal': ['(a, b = 1) => a', ['a', ['b']]],
  'default call': ['(a = f(1, 2), b) => a', [['a'], 'b']],
  'default object': ['(a = { b: [1, 2] }, c) => a', [['a'], 'c']],
  'default text': ['(a = \'),(\', b = "=>") => a', [['a'], ['b']]],
  'default template': ['(a = `${[1, `)`].join(",")}`, b) => a', [['a'], 'b']],
  'default arrow': ['(a = (x, y) => x, b) => a', [['a'], 'b']],
  'default regular expression': ['(a = /[)/,]\\//, b) => a', [['a'], 'b']],
  'default division': ['(a = 4 / 2, b = 8 / 2) => a', [['a'], ['b']]],
  comments: ['(/* x, */ a, // y,\n b /* = 1 */) => a', ['a', 'b']],
  'trailing comma': ['(a, b,) => a', ['a', 'b']],
  unicode: ['(größe, 名前, $x_1) => 1', ['größe', '名前', '$x_1']],
  'unicode escape': ['(\\u00F1, \\u{61}b) => 1', ['ñ', 'ab']],
  none: ['() => 1', []],
};

const destructured: Record<string, [string, (string | [string])[]]> = {
  keys: ['({ a, b }) => a', ['a', 'b']],
  declaration: ['function f({ a, b }) {}', ['a', 'b']],
  'async arrow': ['async ({ a }) => a', ['a']],
  rename: ['({ a: x, b: y }) => x', ['a', 'b']],
  defaults: ['({ a = 1, b: y = [2, 3], c }) => a', [['a'], ['b'], 'c']],
  nested: ['({ a: { b, c = 1 }, d: [e] }) => b', ['a', 'd']],
  'nested with default': ['({ a: { b } = { b: 1 } }) => b', [['a']]],
  'quoted key': ['({ \'a-b\': x, "c": y }) => x', ['a-b', 'c']],
  'default of the whole': ['({ a } = {}) => a', ['a']],
  comments: ['({ a, /* b, */ c // d\n }) => a', ['a', 'c']],
  'trailing comma': ['({ a, }) => a', ['a']],
  empty: ['({}) => 1', []],
};

const shape = (list: (string | [string])[]) =>
  list.map((entry) =>
    typeof entry === 'string' ? { name: entry, optional: false } : { name: entry[0], optional: true },
  );

describe('positional functions', () => {
  test.each(Object.entries(positional))('%s', (_, [text, names]) => {
    expect(readParameters(make(text))).toMatchObject({
      style: 'positional',
      parameters: shape(names),
      takesContext: false,
    });
  });

  test('a last parameter named ctx receives the context and is not an edge', () => {
    expect(readParameters(make('(a, ctx) => a'))).toMatchObject({
      parameters: [{ name: 'a' }],
      takesContext: true,
    });
  });
});

describe('destructured functions', () => {
  test.each(Object.entries(destructured))('%s', (_, [text, names]) => {
    expect(readParameters(make(text))).toMatchObject({
      style: 'object',
      parameters: shape(names),
      takesContext: false,
    });
  });

  test('a second parameter of any name receives the context', () => {
    expect(readParameters(make('({ a }, { log }) => a'))).toMatchObject({
      parameters: [{ name: 'a' }],
      takesContext: true,
    });
  });
});

test.each([
  ['(...rest) => 1', 'rest parameter'],
  ['({ a, ...rest }) => 1', 'rest element'],
  ["({ ['a']: b }) => 1", 'computed key'],
  ['(a, { b }) => 1', 'parameter 2 is destructured'],
  ['([a]) => 1', 'parameter 1 is destructured'],
  ['(ctx, a) => 1', 'must come last'],
  ['({ a }, b, c) => 1', 'at most one more parameter'],
  ['({ a }, ...rest) => 1', 'a rest parameter'],
  ['({ 1: a }) => 1', "the key '1' cannot be read"],
  ['function f() {}.bind(null)', 'bound or native'],
  ['Math.max', 'bound or native'],
])('%s is refused with a reason', (text, reason) => {
  expect(readParameters(make(text))).toBeUndefined();
  expect(whyUnreadable(make(text))).toContain(reason);
});

describe('a slash divides or starts a regular expression', () => {
  test.each([
    '4 / 2',
    '(1 + 2) / 3',
    'min / 2 / max',
    'list[0] / f(1) / `${1 / 2}`',
    '{ a: 1 / 3, b: (1 + 1) / 3 }',
    '(x) => { const half = x / 2; return half / 2; }',
    '/[)/,]\\//g.flags',
    '[/,/, /\\)/]',
    'x ? /,/ : !/[}]/.test(x) && /=/',
    '/* / */ 4 / 2 // /',
  ])('which %s does is told', (value) => {
    expect(readParameters(make(`(a = ${value}\n, b) => a`))).toMatchObject({
      parameters: shape([['a'], 'b']),
    });
    expect(readParameters(make(`({ a = ${value}\n, b }) => a`))).toMatchObject({
      parameters: shape([['a'], 'b']),
    });
  });

  test.each([
    '(x) => { if (x) /[,]/.test(x); }',
    '(x) => { do x--; while (x) /,/.test(x); }',
    '(x) => { switch (x) { case /,/: return typeof /,/; } }',
    '(x) => { for (const y of /,/.exec(x)) throw /,/; }',
    '(x) => { let y\n/,/.test(x); }',
    '(x) => { function f() {} /,/.test(x); }',
    'async (x) => await /,/.test(x)',
    'function* (x) { yield /,/; }',
    '(x) => x++ / 2, c = 1 / 2',
    '{ a: 1 } / 2, c = 1 / 2',
    'x.in / 2, c = 1 / 2',
    'x.if(1) / 2, c = 1 / 2',
  ])('where only a parser could tell, as in %s, the function is refused', (value) => {
    const fn = make(`(a = ${value}, b) => a`);
    expect(readParameters(fn)).toBeUndefined();
    expect(whyUnreadable(fn)).toBe('its parameter list cannot be read');
  });
});

test('what is not the text of a function, and what is not a function, is refused too', () => {
  for (const text of ['', 'no function']) expect(readParameters(() => 1, text)).toBeUndefined();
  expect(whyUnreadable('f')).toBe('it is not a function');
});

test.each([
  ['(a, b) => 1', 2, [], false],
  ['(a, b, context) => 1', 2, [], true],
  ['(a, b = 1) => 1', 2, [false, true], false],
  ['({ a }, [b] = [], context) => 1', 2, [false, true, false], true],
  ['(a = 1, ...rest) => 1', 1, [true, false], false],
  ['(a = 1, b = 2) => 1', 1, [true, true], false],
])('explicit inputs of %s', (text, count, optional, takesContext) => {
  expect(readExplicit(make(text), count)).toEqual({ optional, takesContext });
});
