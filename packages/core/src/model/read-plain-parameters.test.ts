import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readThoroughly } from './read-parameters.js';
import { readPlainParameters } from './read-plain-parameters.js';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z$_][\w$]{0,8}$/), { maxLength: 5 });
const values = fc.constantFrom(
  '1',
  '"a, b)"',
  "'}'",
  '`${[1, ")"]}`',
  'f(1, { a: [2] })',
  '(x, y) => ({ x })',
  '/[)},]\\//',
  '8 / 2 / 1',
  '/* = 1, */ 2',
);
const space = fc.constantFrom('', ' ', '\n\t', '/* x, } ) */', '// y)\n');
const targets = fc.constantFrom('', ': x', ': { y, z = 1 }', ': [q = "}"]');

/** Parameter lists as they may stand in any code, inside each form of function. */
const texts = fc
  .record({
    parts: names.chain((list) =>
      fc.tuple(
        ...list.map((name) =>
          fc.record({ name: fc.constant(name), target: targets, value: fc.option(values), space }),
        ),
      ),
    ),
    isObject: fc.boolean(),
    context: fc.constantFrom('', ', ctx', ', { log }', ', context = {}', ', ...rest', ', '),
    whole: fc.constantFrom('', ' = {}'),
    form: fc.constantFrom(
      '(@) => 1',
      'async (@) => 1',
      'function f(@) {}',
      'async function* (@) {}',
      'm(@) {}',
    ),
  })
  .map(({ parts, isObject, context, whole, form }) => {
    const list = parts
      .map(({ name, target, value, space: gap }) => {
        const written = value === null ? '' : ` = ${value}`;
        return `${gap}${name}${isObject ? target : ''}${gap}${written}`;
      })
      .join(',');
    return form.replace('@', () => (isObject ? `{${list}}${whole}${context}` : `${list}${context}`));
  });

test('what the quick reading reads, the thorough one reads alike', () => {
  let read = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const plain = readPlainParameters(text);
      if (plain === undefined) return;
      read++;
      expect({ ok: true, ...plain }).toEqual(readThoroughly(text));
    }),
    { numRuns: 2000 },
  );
  expect(read).toBeGreaterThan(100);
});

test.each([
  '({ a, b: c, d = 1, e: f = g(2) }) => a',
  'async function f({ a }, { log }) {}',
  '(a, b = 1, ctx) => a',
  'm() {}',
  'async value => value',
])('%s is read quickly', (text) => {
  expect({ ok: true, ...readPlainParameters(text) }).toEqual(readThoroughly(text));
});

test.each([
  '(größe) => 1',
  '({ größe }) => 1',
  '({ \\u0061 }) => 1',
  "({ 'a': b }) => 1",
  '(...rest) => 1',
  '({ a, ...rest }) => 1',
  '(a, { b }) => 1',
  '(ctx, a) => 1',
  '({ a /* the first */ }) => 1',
  'no function',
  '',
])('%s is left to the thorough reading', (text) => {
  expect(readPlainParameters(text)).toBeUndefined();
});
