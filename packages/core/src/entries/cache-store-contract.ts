/** The rules that every cache store keeps, as tests. Imports no test runner and no assertion library. */
import { type CacheEntry, type CacheStore, fingerprint } from '../index.js';

/** The two functions of a test runner that a suite needs. */
export interface TestRegistrar {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => Promise<void>) => unknown;
}

export interface CacheStoreCase {
  /** The title of the suite. */
  readonly name: string;
  /** A new, empty store that holds at least a few megabytes. */
  readonly create: () => CacheStore | Promise<CacheStore>;
  /** Removes what a store has left. */
  readonly remove?: (store: CacheStore) => unknown;
}

const key = (digit: string) => digit.repeat(64);

function entryOf(value: unknown): CacheEntry {
  const made = fingerprint(value);
  assert('hash' in made, 'the value has a fingerprint');
  return { dataVersion: made.hash, value, sizeBytes: made.sizeBytes, rich: made.rich };
}

/** Stores, and asserts that it was not refused. */
async function put(store: CacheStore, at: string, value: unknown): Promise<string> {
  const entry = entryOf(value);
  const refusal = await store.set(at, entry);
  assert(refusal === undefined, `refused, because ${refusal?.refused}`);
  return entry.dataVersion;
}

/** Asserts that a value comes back with its types, from the key and from the data version. */
async function returns(store: CacheStore, at: string, value: unknown): Promise<void> {
  const { dataVersion } = entryOf(value);
  const found = await store.getVersion(at);
  assert(found !== undefined, 'the key is found');
  assert(found.dataVersion === dataVersion, 'the key leads to the data version');
  const cached = found.cached ?? (await store.getValue(dataVersion));
  assert(cached !== undefined, 'the value is found');
  assert(entryOf(cached.value).dataVersion === dataVersion, 'the value is the one that was stored');
}

class Custom {
  readonly field = 1;
  [Symbol.for('flowerpower.fingerprint')]() {
    return this.field;
  }
}

const plainValues: readonly unknown[] = [
  undefined,
  null,
  false,
  0,
  -0,
  Number.NaN,
  12n,
  '',
  'é\uD83D\uDE00',
  Object.assign([1], { 2: 3 }),
  Object.assign([1, 2], { extra: 3 }),
  { b: 1, a: 2 },
  new Set(['b', 'a']),
  { a: { b: [undefined, null] } },
  new Date(5),
  new Map<unknown, unknown>([[{ k: 1 }, new Set([1, '1'])]]),
  /a+/gu,
  Uint8Array.from([1, 2, 3]),
  Float64Array.from([-0, Number.NaN]),
  new DataView(new ArrayBuffer(3)),
  'large '.repeat(100_000),
  Array.from({ length: 5000 }, (_, id) => ({ id, name: `row ${id}` })),
];

const rules = {
  async 'an empty store finds nothing'(store) {
    assert((await store.getVersion(key('0'))) === undefined, 'no version');
    assert((await store.getValue(key('0'))) === undefined, 'no value');
    assert((await store.size()).entries === 0, 'no entries');
  },
  async 'every plain value comes back as it was'(store) {
    for (const value of plainValues) {
      await put(store, key('1'), value);
      await returns(store, key('1'), value);
    }
    const circle: { self?: unknown } = {};
    circle.self = circle;
    await put(store, key('2'), circle);
    await returns(store, key('2'), circle);
  },
  async 'what serialisation would change comes back as it was, or is refused with a reason'(store) {
    for (const value of [
      { inner: new Custom() },
      Object.create(null),
      new TypeError('x'),
      Object.freeze({ a: [1] }),
      Object.assign(new Map([[1, 2]]), { extra: 1 }),
      new URL('file:///a'),
    ]) {
      const refusal = await store.set(key('3'), entryOf(value));
      if (refusal === undefined) await returns(store, key('3'), value);
      else {
        assert(refusal.refused.length > 0, 'a refusal has a reason');
        assert((await store.getVersion(key('3'))) === undefined, 'a refused entry is not found');
      }
    }
  },
  async 'a key can be given another value'(store) {
    await put(store, key('4'), 'old');
    await put(store, key('4'), ['new']);
    await returns(store, key('4'), ['new']);
    assert((await store.size()).entries === 1, 'it is one entry');
  },
  async 'two keys may lead to one value, and deleting one keeps the other'(store) {
    for (const value of ['shared', 'large '.repeat(50_000)]) {
      await put(store, key('5'), value);
      await put(store, key('6'), value);
      await store.delete(key('5'));
      assert((await store.getVersion(key('5'))) === undefined, 'the deleted key is gone');
      await returns(store, key('6'), value);
    }
    await store.delete(key('5'));
  },
  async 'what a caller does to a value changes nothing in the store'(store) {
    const value = { list: [1] };
    await put(store, key('7'), value);
    value.list.push(2);
    const { dataVersion } = entryOf({ list: [1] });
    for (let time = 0; time < 2; time++) {
      await returns(store, key('7'), { list: [1] });
      const cached = (await store.getVersion(key('7')))?.cached ?? (await store.getValue(dataVersion));
      assert(cached !== undefined, 'the value is found');
      (cached.value as { list: number[] }).list.push(3);
    }
  },
  async 'clear leaves nothing'(store) {
    await put(store, key('8'), 1);
    await put(store, key('9'), 'large '.repeat(50_000));
    assert((await store.size()).entries === 2, 'two entries');
    assert((await store.size()).sizeBytes > 50_000, 'their size counts');
    await store.clear();
    assert((await store.getVersion(key('8'))) === undefined, 'no version');
    const { entries, sizeBytes } = await store.size();
    assert(entries === 0 && sizeBytes === 0, 'no size');
  },
  async 'many at once'(store) {
    const keys = Array.from({ length: 40 }, (_, index) => index.toString(16).padStart(64, 'a'));
    await Promise.all(keys.map((at, index) => put(store, at, { index: index % 7 })));
    await Promise.all(keys.map((at, index) => returns(store, at, { index: index % 7 })));
    assert((await store.size()).entries === keys.length, 'all are there');
  },
  async 'of those who compute one key at once, one does, where the store sees to it'(store) {
    if (store.computeOnce === undefined) return;
    const found = new Map<string, number>();
    let computed = 0;
    const one = (at: string, value: number) =>
      store.computeOnce!(at, {
        signal: new AbortController().signal,
        find: async () => found.get(at),
        compute: async () => {
          computed++;
          await Promise.resolve();
          found.set(at, value);
          return value;
        },
      });
    const results = await Promise.all([one(key('1'), 1), one(key('1'), 2), one(key('2'), 3)]);
    assert(computed === 2, 'each key is computed once');
    assert(results[0] === results[1] && results[2] === 3, 'all of a key have one value');
    const failed = await store
      .computeOnce(key('3'), {
        signal: new AbortController().signal,
        find: async () => undefined,
        compute: () => Promise.reject(new Error('no')),
      })
      .catch((error: unknown) => error);
    assert(failed instanceof Error && failed.message === 'no', 'it rejects as computing did');
  },
} satisfies Record<string, (store: CacheStore) => Promise<void>>;

/** The name of a rule, to be used as a key of deviations. */
export type CacheStoreRule = keyof typeof rules;

/**
 * Registers the rules of a cache store as tests. A rule listed in `deviations` with its reason is expected to fail,
 * and its test fails when it does not.
 *
 * @example
 * ```ts
 * import { memoryCacheStore } from '@flowerpower/core';
 * import { cacheStoreContract } from '@flowerpower/core/testing';
 * import { describe, test } from 'vitest';
 *
 * cacheStoreContract({ describe, test }, { name: 'memory', create: () => memoryCacheStore() });
 * ```
 */
export function cacheStoreContract(
  { describe, test }: TestRegistrar,
  { name, create, remove }: CacheStoreCase,
  deviations: Partial<Readonly<Record<CacheStoreRule, string>>> = {},
): void {
  for (const [rule, reason] of Object.entries(deviations)) {
    assert(Object.hasOwn(rules, rule), `'${rule}' is not a rule of cache stores.`);
    assert(reason !== '', `The deviation '${rule}' needs a reason.`);
  }
  const run = async (rule: CacheStoreRule) => {
    const store = await create();
    try {
      assert(store.contractVersion === 1, 'the contract version is 1');
      await rules[rule](store);
    } finally {
      await remove?.(store);
    }
  };
  describe(`cache store: ${name}`, () => {
    for (const rule of Object.keys(rules) as CacheStoreRule[]) {
      const reason = deviations[rule];
      if (reason === undefined) test(rule, () => run(rule));
      else
        test(`${rule} (deviates: ${reason})`, async () => {
          const kept = await run(rule).then(
            () => true,
            () => false,
          );
          assert(!kept, 'The deviation is no longer needed.');
        });
    }
  });
}

function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
