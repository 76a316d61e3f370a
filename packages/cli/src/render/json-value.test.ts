/** Values as JSON, and as people see them: whatever a value does when it is looked at. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonText, toJsonValue } from './json-value.js';
import { renderOutputs } from './outputs.js';

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const cyclic: { name: string; self?: unknown; list?: unknown } = { name: 'a' };
cyclic.self = cyclic;
cyclic.list = [cyclic];

let deep: unknown = 1;
for (let level = 0; level < 20_000; level++) deep = [deep];

const broken = {
  fine: 1,
  get x(): never {
    throw new TypeError('do not look');
  },
};

test.each<[string, unknown, unknown]>([
  ['bigint', 12345678901234567890n, '12345678901234567890'],
  [
    'what is still to be read',
    [(function* () {})(), [1].values(), (async function* () {})(), new Map([[1, 2]]).keys()],
    ['<iterable>', '<iterable>', '<async iterable>', '<iterable>'],
  ],
  ['NaN and infinities', [Number.NaN, Infinity, -Infinity, -0], ['NaN', 'Infinity', '-Infinity', -0]],
  ['undefined', { a: undefined }, { a: null }],
  ['dates', [new Date(0), new Date(Number.NaN)], ['1970-01-01T00:00:00.000Z', 'Invalid Date']],
  ['a map of texts, and another', [new Map([['a', 1n]]), new Map([[1, 2]])], [{ a: '1' }, [[1, 2]]]],
  [
    'sets and typed arrays',
    [new Set([1, 'a']), new Uint8Array([1, 2])],
    [
      [1, 'a'],
      [1, 2],
    ],
  ],
  ['functions and symbols', [() => 1, Symbol('s')], ['<function anonymous>', '<Symbol(s)>']],
  ['a circle', cyclic, { name: 'a', self: '<circular>', list: ['<circular>'] }],
  ['the same value twice', (([a]) => [a, a])([{ x: 1 }]), [{ x: 1 }, { x: 1 }]],
  ['a getter that throws', broken, { fine: 1, x: '<cannot be read: TypeError: do not look>' }],
  ['a revoked proxy', { a: revoked(), b: 1 }, { a: expect.stringMatching(/^<cannot be read: /), b: 1 }],
  ['toJSON that throws', { toJSON: () => broken.x }, '<cannot be read: TypeError: do not look>'],
  ['a key __proto__', JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}')],
  [
    'an array with a getter',
    Object.defineProperty([1, 2], 0, { get: () => broken.x }),
    ['<cannot be read: TypeError: do not look>', 2],
  ],
])('%s', (_, value, expected) => {
  expect(toJsonValue(value)).toEqual(expected);
  expect(renderOutputs({ value }, { columns: 80 }).join('\n')).toContain('value');
});

test('what is nested deeper than 500 levels is cut there, and says so', () => {
  expect(jsonText(toJsonValue(deep))).toContain('"<nested deeper than 500 levels>"');
  expect(renderOutputs({ deep }, { columns: 80 }).join('\n').length).toBeLessThan(200);
});

test('values that hold each other twice, sixty levels high, are an error and no endless run', () => {
  let twice: unknown = 1;
  for (let level = 0; level < 60; level++) twice = [twice, twice];
  expect(() => toJsonValue(twice)).toThrow(expect.objectContaining({ code: 'FP_CLI_OUTPUT' }));
});

test('law: any value becomes JSON, and plain data the same JSON as ever', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withUnboxedSymbol: true,
  } as never);
  fc.assert(
    fc.property(anything, (value) => {
      expect(() => JSON.parse(jsonText(toJsonValue(value)))).not.toThrow();
      renderOutputs({ value }, { columns: 80 });
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonText(toJsonValue(value))).toBe(JSON.stringify(value, undefined, 2));
    }),
  );
});
