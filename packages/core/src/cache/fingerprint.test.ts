import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyValue } from './copy-value.js';
import { fingerprintKey } from './describe-class.js';
import { fingerprint } from './fingerprint.js';

const hashOf = (value: unknown) => {
  const made = fingerprint(value);
  if (!('hash' in made)) throw new Error(made.uncacheable);
  return made.hash;
};

class Money {
  readonly #cents: number;
  constructor(cents: number) {
    this.#cents = cents;
  }
  [fingerprintKey]() {
    return this.#cents;
  }
}
const circle: Record<string, unknown> = {};
circle['self'] = circle;
const longer: Record<string, unknown> = { self: { self: null } };
(longer['self'] as Record<string, unknown>)['self'] = longer;
const shared = { a: 1 };
const named = Object.assign([1, 2], { extra: 3 });

const different: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  'true',
  0,
  -0,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1,
  1n,
  -1n,
  '1',
  '1n',
  '',
  'é',
  '\u{1F600}',
  '\uD83D',
  'a'.repeat(1024),
  'a'.repeat(1025),
  Symbol.for('a'),
  'a',
  [],
  [[]],
  [1, 2],
  [2, 1],
  named,
  ['1,2'],
  [undefined],
  [null],
  // A hole.
  Array.from({ length: 0 }).concat(new Array(1)),
  new Array(2),
  {},
  { a: 1 },
  { a: undefined },
  { a: { b: 1 } },
  { a: 1, b: 2 },
  { b: 2, a: 1 },
  { a: '1' },
  { [Symbol.for('a')]: 1 },
  Object.create(null),
  new Map(),
  new Map([['a', 1]]),
  new Map([
    ['a', 1],
    ['b', 2],
  ]),
  new Map([
    ['b', 2],
    ['a', 1],
  ]),
  new Set(),
  new Set(['a', 'b']),
  new Set(['b', 'a']),
  new Set([1]),
  new Set(['1']),
  ['a', 'b'],
  new Date(0),
  new Date(1),
  new Date(Number.NaN),
  new Date(0).toJSON(),
  new URL('file:///a'),
  new URL('file:///b'),
  'file:///a',
  /a/,
  /a/g,
  '/a/',
  new Uint8Array([1, 2]),
  new Uint8ClampedArray([1, 2]),
  new Int8Array([1, 2]),
  new Uint8Array([1, 2, 0, 0]),
  new Uint16Array([1, 2]),
  Buffer.from([1, 2]),
  new Uint8Array([1, 2]).buffer,
  new DataView(new Uint8Array([1, 2]).buffer),
  { x: 1 },
  Object.freeze({ x: 1 }),
  Object.freeze([1, 2]),
  new Money(1),
  new Money(2),
  new Error('a'),
  new TypeError('a'),
  new Error('a', { cause: 1 }),
  Object.assign(new Error('a'), { code: 'E' }),
  circle,
  longer,
  { self: circle },
  [shared, shared],
  [{ a: 1 }, { a: 1 }],
];

test('different values have different fingerprints', () => {
  const hashes = different.map(hashOf);
  expect(hashes.filter((hash, index) => hashes.indexOf(hash) !== index)).toEqual([]);
});

test('a fingerprint is the same on every machine and in every version', () => {
  // Stored keys depend on it: a change here makes every cache cold.
  expect(hashOf({ rows: [1, 'a', true, null], at: new Date(0) })).toBe(
    'b7ad8a01b0fb49e569d5344e1c95f71f46b47066cd9757b5bf8047dd09dbf322',
  );
});

test('a copy has the same fingerprint and shares nothing that can change', () => {
  for (const value of different) {
    const copy = copyValue(value);
    expect(hashOf(copy)).toBe(hashOf(value));
    const isShared = typeof value !== 'object' || value === null || value instanceof Money;
    expect(copy === value || Number.isNaN(value)).toBe(isShared);
  }
  const inner = { deep: { list: [1] } };
  const copy = copyValue(inner) as typeof inner;
  copy.deep.list.push(2);
  expect(inner.deep.list).toEqual([1]);
  const error = copyValue(new TypeError('x', { cause: shared })) as TypeError;
  expect(error).toBeInstanceOf(TypeError);
  expect(error.cause).toEqual(shared);
  expect(error.cause).not.toBe(shared);
  expect(Object.keys(error)).toEqual([]);
});

test('a property named __proto__ stays a property', () => {
  const value = JSON.parse('{"__proto__": {"a": 1}}') as object;
  expect(hashOf(copyValue(value))).toBe(hashOf(value));
  expect(hashOf(value)).not.toBe(hashOf({}));
  expect((copyValue(value) as { a?: number }).a).toBeUndefined();
});

test('the order of keys, of elements and of symbols counts', () => {
  const [one, two] = [Symbol.for('one'), Symbol.for('two')];
  expect(hashOf({ a: 1, b: { c: 2, d: 3 } })).not.toBe(hashOf({ a: 1, b: { d: 3, c: 2 } }));
  expect(hashOf({ [one]: 1, [two]: 1 })).not.toBe(hashOf({ [two]: 1, [one]: 1 }));
  expect(Object.keys(copyValue({ b: 1, a: 2 }) as object)).toEqual(['b', 'a']);
});

test('a frozen value stays frozen in a copy, and everything in it as it was', () => {
  const inner = { free: [1] };
  const value = Object.freeze({ inner, list: Object.freeze([inner]) });
  const copy = copyValue(value) as typeof value;
  expect([copy, copy.list, copy.inner, copy.inner.free].map(Object.isFrozen)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(copy.list[0]).toBe(copy.inner);
});

test('a copy of an error has the same kinds of properties, in the same order', () => {
  const shapeOf = (error: Error) =>
    Object.entries(Object.getOwnPropertyDescriptors(error)).map(([key, { get, enumerable }]) => [
      key,
      get,
      enumerable,
    ]);
  const errors = [
    new Error('a', { cause: 1 }),
    new TypeError('a'),
    Object.assign(new Error('a'), { code: 'E' }),
  ];
  for (const error of [...errors, Object.freeze(new Error('a'))]) {
    expect(shapeOf(copyValue(error) as Error)).toEqual(shapeOf(error));
  }
});

test('an error keeps its stack, which counts', () => {
  const error = new TypeError('x');
  expect((copyValue(error) as Error).stack).toBe(error.stack);
  const other = new TypeError('x');
  other.stack = 'elsewhere';
  expect(hashOf(other)).not.toBe(hashOf(error));
});

test('views count by what they show, not by the memory around it', () => {
  const memory = new Uint8Array([9, 1, 2, 9]);
  expect(hashOf(memory.subarray(1, 3))).toBe(hashOf(new Uint8Array([1, 2])));
});

test('values of another realm count as ours', () => {
  expect(hashOf(runInNewContext('({ a: [1] }).a[0]'))).toBe(hashOf(1));
  expect(hashOf(runInNewContext('({ a: 1 })'))).toBe(hashOf({ a: 1 }));
});

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
});

test('equal values agree: a structured clone and a copy', () => {
  fc.assert(
    fc.property(anything, (value) => {
      const hash = hashOf(value);
      expect(hashOf(structuredClone(value))).toBe(hash);
      expect(hashOf(copyValue(value))).toBe(hash);
    }),
    { numRuns: 500 },
  );
});

test('differing values differ: one changed leaf', () => {
  const withoutSharing = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(withoutSharing, withoutSharing, (one, other) => {
      // JSON tells these values apart except for -0.
      const isSame = canonical(one) === canonical(other);
      expect(hashOf(one) === hashOf(other)).toBe(isSame);
      expect(hashOf({ rows: [1, { value: one }] }) === hashOf({ rows: [1, { value: other }] })).toBe(isSame);
    }),
    { numRuns: 500 },
  );
});

function canonical(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as never)[key])}`).join()}}`;
}

test.each<[string, unknown, string]>([
  ['a function', () => 1, 'the value is a function'],
  ['one inside', { rows: [0, { client: () => 1 }] }, '`rows[1].client` is a function'],
  ['one in a map', new Map([['a b', { f: Math.abs }]]), '`get("a b").f` is a function'],
  ['one in a set', { s: new Set([1, () => 1]) }, '`s.values()[1]` is a function'],
  [
    'a key with a space',
    { 'a b': Symbol('x') },
    '`["a b"]` is the symbol Symbol(x), which is not from Symbol.for',
  ],
  ['a promise', [Promise.resolve()], '`[0]` is a Promise, whose state cannot be seen'],
  ['a weak map', { w: new WeakMap() }, '`w` is a WeakMap, whose state cannot be seen'],
  ['a generator', { g: (function* () {})() }, '`g` is an object whose prototype belongs to no class'],
  ['an iterator', { g: [1].values() }, '`g` is an object whose prototype belongs to no class'],
  ['shared memory', new Uint8Array(new SharedArrayBuffer(1)), 'the value is a view on shared memory'],
  [
    'a private field',
    {
      p: new (class Secret {
        #x = 1;
        get() {
          return this.#x;
        }
      })(),
    },
    '`p` is an instance of the class Secret, which does not say what it stands for',
  ],
  [
    'an accessor',
    {
      a: {
        get b() {
          return 1;
        },
      },
    },
    "`a` has the accessor 'b'",
  ],
  [
    'a hidden property',
    { a: Object.defineProperty({}, 'b', { value: 1 }) },
    "`a` has the hidden property 'b'",
  ],
  [
    'a hidden symbol',
    Object.defineProperty([1], Symbol.for('b'), { value: 1 }),
    "the value has the hidden property 'Symbol(b)'",
  ],
  [
    'a read-only property',
    Object.defineProperty({}, 'b', { value: 1, enumerable: true, configurable: true }),
    "the value has the read-only property 'b'",
  ],
  ['a sealed object', { a: Object.seal({ b: 1 }) }, '`a` is sealed or cannot be extended'],
  [
    'a hidden element of a map',
    Object.defineProperty(new Map(), 'x', {}),
    "the value has the hidden property 'x'",
  ],
  [
    'what only looks like an array',
    Object.create(Array.prototype),
    'the value has a prototype that is not its own',
  ],
  ['an array in disguise', Object.setPrototypeOf([1], null), 'the value has a prototype that is not its own'],
  [
    'an error whose message is an accessor',
    Object.defineProperty(new Error('a'), 'message', { get: () => 'b' }),
    "the value has the accessor 'message'",
  ],
  [
    'an error whose stack is an accessor of its own',
    Object.defineProperty(new Error('a'), 'stack', { get: () => 'b', configurable: true }),
    "the value has the accessor 'stack'",
  ],
  [
    'an error with an enumerable message',
    Object.defineProperty(new Error('a'), 'message', { enumerable: true }),
    "the value has the enumerable property 'message'",
  ],
  [
    'an error with a read-only cause',
    Object.defineProperty(new Error('a'), 'cause', { value: 1 }),
    "the value has the read-only property 'cause'",
  ],
  ['what only looks like an error', Object.create(Error.prototype), 'the value is not an error of its own'],
  [
    'resizable memory',
    new (ArrayBuffer as unknown as new (size: number, options: object) => ArrayBuffer)(1, {
      maxByteLength: 2,
    }),
    'the value is memory that can be resized',
  ],
  [
    'two views on the same memory',
    ((memory) => [memory.subarray(0, 2), memory.subarray(1)])(new Uint8Array(4)),
    '`[1]` shares its memory with another part',
  ],
  [
    'a symbol as a key',
    { a: { [Symbol('k')]: 1 } },
    '`a[Symbol(k)]` has a key that is the symbol Symbol(k), which is not from Symbol.for',
  ],
])('%s has no fingerprint, and the reason names it', (_, value, reason) => {
  expect(fingerprint(value)).toEqual({ uncacheable: reason });
});

test('streams, readers and a revoked proxy have none', async () => {
  const { Readable } = await import('node:stream');
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const subjects = [
    Readable.from([1]),
    new ReadableStream(),
    new AbortController().signal,
    proxy,
    new Blob([]),
  ];
  for (const value of subjects) expect(fingerprint({ value })).toHaveProperty('uncacheable');
});

test('what structured serialisation would change is named', () => {
  const richOf = (value: unknown) => (fingerprint(value) as { rich?: string }).rich;
  expect(richOf({ a: [1, new Map([[1, new Date()]])], b: Buffer.from('x') })).toBeUndefined();
  expect(richOf({ a: [0, new Money(1)] })).toBe('`a[1]` is an instance of Money Object');
  expect(richOf({ a: Object.freeze([]) })).toBe('`a` is frozen');
  expect(richOf({ a: Object.assign(new Map(), { b: 1 }) })).toBe('`a` has properties of its own');
  expect(richOf({ e: new TypeError('x') })).toBe('`e` is an instance of TypeError');
  expect(richOf([Object.create(null)])).toBe('`[0]` has no prototype');
  expect(richOf({ u: new URL('file:///') })).toBe('`u` is an instance of URL');
  expect(richOf([Symbol.for('a')])).toBe('`[0]` is a symbol');
});

test('values of any depth and width are read', () => {
  let deep: unknown = 1;
  for (let level = 0; level < 200_000; level++) deep = level % 2 === 0 ? [deep] : { deep };
  expect(hashOf(deep)).toMatch(/^[\da-f]{64}$/);
  expect(hashOf(copyValue(deep))).toBe(hashOf(deep));
  let wide: unknown[] = [];
  for (let level = 0; level < 64; level++) wide = [wide, wide];
  expect(hashOf(wide)).toMatch(/^[\da-f]{64}$/);
  const sparse: unknown[] = [];
  sparse[2 ** 32 - 2] = 'end';
  expect(hashOf(copyValue(sparse))).toBe(hashOf(sparse));
});

test('a protocol method may itself ask for fingerprints', () => {
  const outer = { [fingerprintKey]: () => hashOf({ inner: 1 }), noise: () => 1 };
  expect(hashOf([outer, 1])).toBe(hashOf([outer, 1]));
  expect(hashOf([outer, 1])).not.toBe(hashOf([outer, 2]));
});
