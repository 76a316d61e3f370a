/** What a store keeps is what a node gave, and a store that answers nonsense is a miss. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import { type CacheStore, createDriver, defineCacheStore, fingerprint, memoryCacheStore } from '../index.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

describe('a hit loses what was on the value', () => {
  const unit = Symbol.for('unit');
  const withProto: unknown[] = [];
  Object.defineProperty(withProto, '__proto__', {
    value: 1,
    enumerable: true,
    writable: true,
    configurable: true,
  });
  test.each<[string, object]>([
    ['symbols of an array', Object.assign([1], { [unit]: 'kg' })],
    ['symbols of a frozen array', Object.freeze(Object.assign([1], { [unit]: 'kg' }))],
    ['symbols of an empty array', Object.assign([], { [unit]: 'kg' })],
    ['a name that is that of the prototype', withProto],
    ['names of a small typed array', Object.assign(new Uint8Array([1]), { unit: 'kg' })],
    ['symbols of a large typed array', Object.assign(new Uint8Array(5000), { [unit]: 'kg' })],
    ['names of a DataView', Object.assign(new DataView(new ArrayBuffer(1)), { unit: 'kg' })],
    ['names of memory', Object.assign(new ArrayBuffer(1), { unit: 'kg' })],
  ])('%s', (_, value) => {
    const driver = createDriver({
      modules: [{ a: () => value }],
      cache: { store: memoryCacheStore() },
      log: quiet,
    });
    for (const _run of ['cold', 'warm']) {
      const { a } = driver.executeSync(['a']);
      expect(a).toStrictEqual(value);
      expect(Object.getOwnPropertyDescriptors(a)).toEqual(Object.getOwnPropertyDescriptors(value));
      expect(fingerprint(a)).toEqual(fingerprint(value));
    }
  });
});

describe('a cache store that answers nonsense fails the node, or makes its value undefined', () => {
  const key = { dataVersion: '0'.repeat(64) };
  const sound: CacheStore = {
    contractVersion: 1,
    name: 'odd',
    getVersion: () => key,
    getValue: () => undefined,
    set: () => undefined,
    delete() {},
    clear() {},
    size: () => ({ entries: 0, sizeBytes: 0 }),
  };
  const nonsense = [null, 5, 'text', {}, [], { dataVersion: 5 }];
  const cases = [
    ...nonsense.map((answer) => ['getVersion', { getVersion: () => answer }] as const),
    ...nonsense.map((answer) => ['getValue', { getValue: () => answer }] as const),
    ...[null, 5, {}].map((cached) => ['cached', { getVersion: () => ({ ...key, cached }) }] as const),
  ];
  test.each(cases)('%s answers %o', async (_, methods) => {
    const warnings: string[] = [];
    const log = { ...quiet, warn: (message: string) => void warnings.push(message) };
    for (const isAsync of [false, true]) {
      const answering = Object.fromEntries(
        Object.entries(methods).map(([name, give]) => [name, isAsync ? async () => give() : give]),
      );
      const store = defineCacheStore({ ...sound, ...answering });
      const driver = createDriver({ modules: [{ v: () => 42 }], cache: { store }, log });
      const run = await driver.run(['v']);
      expect([run.status, run.outputs]).toEqual(['success', { v: 42 }]);
      expect(driver.cache.explain()[0]).toMatchObject({ outcome: 'miss', reason: 'store-failed' });
    }
    expect(warnings[0]).toMatch(/could not be read for 'v', which is computed: get\w+ answered .+ is needed/);
  });

  test('set answers what a Map gives', () => {
    const warnings: string[] = [];
    const store = defineCacheStore({
      ...sound,
      getVersion: () => undefined,
      set: () => new Map() as never,
    });
    const log = { ...quiet, warn: (message: string) => void warnings.push(message) };
    const driver = createDriver({ modules: [{ v: () => 42 }], cache: { store }, log });
    expect(driver.executeSync(['v'])).toEqual({ v: 42 });
    expect(warnings).toEqual([]);
    expect(driver.cache.explain()[0]!.notStored).toBeUndefined();
  });
});
