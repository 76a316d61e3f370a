import { describe, expect, test } from 'vitest';
import { cacheStoreContract } from '../entries/testing.js';
import { fingerprintKey } from './describe-class.js';
import { fingerprint } from './fingerprint.js';
import { memoryCacheStore } from './memory-cache-store.js';

cacheStoreContract({ describe, test }, { name: 'memory', create: () => memoryCacheStore() });

const put = (store: ReturnType<typeof memoryCacheStore>, key: string, value: unknown) => {
  const { hash, ...more } = fingerprint(value) as { hash: string; sizeBytes: number };
  return store.set(key, { dataVersion: hash, value, ...more });
};

test('what was used least recently goes first', () => {
  const store = memoryCacheStore({ maxEntries: 2 });
  put(store, 'a', 1);
  put(store, 'b', 2);
  expect(store.getVersion('a')).toBeDefined();
  put(store, 'c', 3);
  expect(['a', 'b', 'c'].map((key) => store.getVersion(key) !== undefined)).toEqual([true, false, true]);
  expect(store.size().entries).toBe(2);
});

test('the size limit holds, and counts shared values once', () => {
  const store = memoryCacheStore({ maxSizeBytes: 10_000 });
  const text = (char: string) => char.repeat(3000);
  put(store, 'a', text('a'));
  put(store, 'b', text('a'));
  expect(store.size().sizeBytes).toBeLessThan(4000);
  put(store, 'c', text('c'));
  put(store, 'd', text('d'));
  expect(store.size().sizeBytes).toBeLessThanOrEqual(10_000);
  expect(store.getVersion('d')).toBeDefined();
  put(store, 'e', text('e'));
  expect(store.getVersion('a')).toBeUndefined();
  expect(put(store, 'f', 'f'.repeat(10_000))).toHaveProperty('refused');
  expect(store.getVersion('f')).toBeUndefined();
});

test('a value that is stored twice under one key stays', () => {
  const store = memoryCacheStore();
  put(store, 'a', 'x');
  put(store, 'a', 'x');
  expect(store.getValue(store.getVersion('a')!.dataVersion)).toEqual({ value: 'x' });
  store.delete('a');
  expect(store.size()).toEqual({ entries: 0, sizeBytes: 0 });
});

test('an object that states its own fingerprint is handed out as it is', () => {
  const store = memoryCacheStore();
  class Opaque {
    readonly #state = 1;
    [fingerprintKey]() {
      return this.#state;
    }
  }
  const value = new Opaque();
  put(store, 'a', [value]);
  expect((store.getValue(store.getVersion('a')!.dataVersion)!.value as unknown[])[0]).toBe(value);
});

test('impossible limits are refused together', () => {
  expect(() => memoryCacheStore({ maxEntries: 0, maxSizeBytes: Number.NaN })).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_CACHE_OPTION',
      problems: expect.objectContaining({ length: 2 }),
    }),
  );
});
