import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CacheStore, fingerprint } from '@flowerpower/core';
import { cacheStoreContract } from '@flowerpower/core/testing';
import { createLocalFileSystem, createMemoryFileSystem, isFileSystemError, tempName } from '@flowerpower/fs';
import { withFaults } from '@flowerpower/fs/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runTogether } from '../__fixtures__/built-script.js';
import { fileCacheStore } from './file-cache-store.js';
import { decodeValue, encodeValue } from './value-codec.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'flowerpower-cache-'));
});
afterEach(() => rm(directory, { recursive: true }));

cacheStoreContract(
  { describe, test },
  { name: 'files in memory', create: () => fileCacheStore({ fs: createMemoryFileSystem(), dir: 'a/cache' }) },
);
cacheStoreContract(
  { describe, test },
  {
    name: 'local files, never inline',
    create: () =>
      fileCacheStore({ fs: createLocalFileSystem({ root: directory }), dir: 'cache', inlineSizeBytes: 0 }),
  },
);

const key = (digit: string) => digit.repeat(64);
const put = async (store: CacheStore, at: string, value: unknown) => {
  const made = fingerprint(value) as { hash: string; sizeBytes: number; rich?: string };
  const { hash, ...more } = made;
  const refusal = await store.set(at, { dataVersion: hash, value, ...more });
  return refusal?.refused ?? hash;
};
const take = async (store: CacheStore, at: string): Promise<unknown> => {
  const found = await store.getVersion(at);
  if (found === undefined) return 'nothing';
  return (found.cached ?? (await store.getValue(found.dataVersion)))?.value;
};
const local = (options: object = {}) =>
  fileCacheStore({ fs: createLocalFileSystem({ root: directory }), dir: 'cache', ...options });
const filesOf = async () =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('small values take one file and one read, others two', async () => {
  const fs = withFaults(createMemoryFileSystem());
  const store = fileCacheStore({ fs: fs.fs, dir: 'c', inlineSizeBytes: 1000 });
  await put(store, key('a'), 'small');
  await put(store, key('b'), 'large'.repeat(1000));
  const before = fs.calls.length;
  expect(await take(store, key('a'))).toBe('small');
  expect(fs.calls.length - before).toBe(1);
  expect(await take(store, key('b'))).toHaveLength(5000);
  expect(fs.calls.length - before).toBe(3);
});

test('what would lose its class is refused, naming the part', async () => {
  const store = local();
  expect(await put(store, key('a'), { rows: [new TypeError('x')] })).toBe(
    '`rows[0]` is an instance of TypeError, which a file cannot keep',
  );
  expect(await put(store, key('a'), { rows: Object.freeze([1]) })).toBe(
    '`rows` is frozen, which a file cannot keep',
  );
  expect(await put(store, key('a'), new URL('file:///'))).toContain('which a file cannot keep');
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level++) deep = [deep];
  expect(await put(store, key('a'), deep)).toContain('it cannot be serialised');
  expect(await filesOf()).toEqual([]);
});

test('law: every plain value round-trips exactly', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      expect(fingerprint(decodeValue(encodeValue(value)))).toEqual(fingerprint(value));
    }),
    { numRuns: 300 },
  );
});

test('typed arrays and buffers come back with memory of their own', () => {
  const value = {
    floats: Float64Array.of(1, 2),
    bytes: Buffer.from('xyz'),
    view: new DataView(new ArrayBuffer(2)),
  };
  const read = decodeValue(encodeValue(value)) as typeof value;
  expect(read).toEqual(value);
  expect(Buffer.isBuffer(read.bytes)).toBe(true);
  for (const part of Object.values(read)) expect(part.buffer.byteLength).toBe(part.byteLength);
});

test.each([0, 1_000_000])(
  'a truncated file or a flipped byte is raised once, deleted, and then a miss (%i inline)',
  async (inlineSizeBytes) => {
    const value = { text: 'x'.repeat(200) };
    for (const damage of ['truncate', 'flip', 'empty', 'foreign'] as const) {
      const store = local({ inlineSizeBytes });
      await put(store, key('a'), value);
      const files = await filesOf();
      expect(files).toHaveLength(inlineSizeBytes === 0 ? 2 : 1);
      for (const file of files) {
        await put(store, key('a'), value);
        const bytes = await readFile(file);
        const steps = damage === 'flip' ? bytes.length : 1;
        for (let step = 0; step < steps; step += 41) {
          const broken = Buffer.from(bytes);
          broken[step]! ^= 0x40;
          const damaged = {
            truncate: bytes.subarray(0, bytes.length - 1),
            flip: broken,
            empty: Buffer.alloc(0),
            foreign: Buffer.from('{"some": "json"}'.repeat(20)),
          }[damage];
          await writeFile(file, damaged);
          await expect(take(store, key('a'))).rejects.toMatchObject({ code: 'FP_CACHE_ENTRY_DAMAGED' });
          expect(await filesOf()).not.toContain(file);
          expect(await take(store, key('a'))).toBe(file.includes('values') ? undefined : 'nothing');
          await put(store, key('a'), value);
          expect(await take(store, key('a'))).toEqual(value);
        }
      }
    }
  },
);

test('a value file in the place of another, or of a key, is damage', async () => {
  const store = local({ inlineSizeBytes: 0 });
  await put(store, key('a'), 'one');
  const [one] = (await filesOf()).filter((file) => file.includes('values'));
  const bytes = await readFile(one!);
  await put(store, key('b'), 'two');
  const [two] = (await filesOf()).filter((file) => file.includes('values') && file !== one);
  await writeFile(two!, bytes);
  await expect(take(store, key('b'))).rejects.toThrow('it is another value');
  const ofKey = (await filesOf()).find((file) => file.endsWith(key('a')))!;
  await writeFile(ofKey, bytes);
  await expect(take(store, key('a'))).rejects.toThrow('it is a value');
});

test('the size limit holds, and the oldest go first', async () => {
  const store = local({ maxSizeBytes: 20_000 });
  for (let index = 0; index < 40; index++) {
    await put(store, String(index).padStart(64, '0'), `${index}${'x'.repeat(1000)}`);
    for (const file of await filesOf()) {
      const age = Number(/(\d+)$/.exec(file)![1]!.slice(-3));
      await utimes(file, 1000 + age, 1000 + age);
    }
    expect((await store.size()).sizeBytes).toBeLessThanOrEqual(20_000);
  }
  expect(await take(store, '39'.padStart(64, '0'))).toContain('39x');
  expect(await take(store, '0'.padStart(64, '0'))).toBe('nothing');
  expect((await store.size()).entries).toBeGreaterThan(10);
  expect(await put(store, key('a'), 'x'.repeat(30_000))).toContain('and the store holds 20000');
});

test('what is too old is not found, and goes', async () => {
  let now = Date.now();
  const store = local({ maxAgeMs: 10_000, nowMs: () => now });
  await put(store, key('a'), 1);
  now += 9_000;
  expect(await take(store, key('a'))).toBe(1);
  now += 2_000;
  expect(await take(store, key('a'))).toBe('nothing');
  expect(await filesOf()).toEqual([]);
  now = Date.now();
  await put(store, key('b'), 2);
  now += 100_000;
  expect(await store.prune()).toMatchObject({ deletedFiles: 1, sizeBytes: 0 });
});

test('what a killed process left unfinished is counted, and goes with the first value that is stored', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const dead = tempName('value').replace(`.${process.pid}.`, `.${pid}.`);
  const leave = async () => {
    await mkdir(join(directory, 'cache', 'values', 'ab'), { recursive: true });
    await writeFile(join(directory, 'cache', 'values', 'ab', dead), 'half');
  };
  await leave();
  const store = local();
  expect(await store.size()).toMatchObject({ entries: 0, abandonedFiles: 1, abandonedBytes: 4 });
  await put(store, key('a'), 1);
  expect(await filesOf()).toHaveLength(1);
  await leave();
  expect(await store.prune()).toMatchObject({ deletedFiles: 0, abandonedFiles: 1, freedBytes: 4 });
  expect(await store.size()).toMatchObject({ entries: 1, abandonedFiles: 0 });
});

test('where nothing is left no folders are left, but for what somebody else put there', async () => {
  const store = local();
  await put(store, key('a'), 'v'.repeat(3000));
  await put(store, key('b'), 1);
  expect(await store.prune({ maxSizeBytes: 0 })).toMatchObject({ sizeBytes: 0 });
  expect(await readdir(join(directory, 'cache'))).toEqual([]);
  await put(store, key('a'), 1);
  await writeFile(join(directory, 'cache', 'keys', 'readme.txt'), 'mine');
  await store.prune({ maxSizeBytes: 0 });
  expect(await readdir(join(directory, 'cache'))).toEqual(['keys']);
  expect(await put(store, key('b'), 2)).not.toContain('refused');
  expect(await take(store, key('b'))).toBe(2);
});

test('a file that is not an entry stays', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('c/keys/readme.txt', 'mine');
  const store = fileCacheStore({ fs, dir: 'c', maxAgeMs: 1, nowMs: () => Date.now() + 1e9 });
  await store.prune();
  expect(await fs.exists('c/keys/readme.txt')).toBe(true);
  expect(await store.size()).toEqual({ entries: 0, sizeBytes: 0, abandonedFiles: 0, abandonedBytes: 0 });
});

test('when the nth call of the filesystem fails, nothing half-written is found and the next try works', async () => {
  const value = ['v'.repeat(3000)];
  for (let n = 1; ; n++) {
    const memory = createMemoryFileSystem();
    const faulty = withFaults(memory, [{ call: n, fail: 'Unavailable' }]);
    const store = fileCacheStore({ fs: faulty.fs, dir: 'c', inlineSizeBytes: 100, maxSizeBytes: 10_000 });
    let failures = 0;
    const attempt = (step: () => Promise<unknown>) =>
      step().catch((error: unknown) => {
        expect(isFileSystemError(error, 'Unavailable')).toBe(true);
        failures++;
      });
    for (const digit of ['a', 'b', 'a']) await attempt(() => put(store, key(digit), value));
    for (const digit of ['a', 'b']) {
      await attempt(async () => expect([value, 'nothing']).toContainEqual(await take(store, key(digit))));
    }
    await attempt(() => store.size());
    expect(failures).toBe(faulty.calls.length >= n ? 1 : 0);
    expect(faulty.openHandles).toBe(0);
    const sound = fileCacheStore({ fs: memory, dir: 'c' });
    await put(sound, key('a'), value);
    expect(await take(sound, key('a'))).toEqual(value);
    if (faulty.calls.length < n) break;
  }
});

test('several processes share one cache', async () => {
  const outputs = await runTogether(
    new URL('./__fixtures__/share-cache.ts', import.meta.url),
    ['0', '1', '2'].map((position) => [directory, position]),
  );
  expect(outputs).toHaveLength(3);
  // The limit is less than all values need, so every process also evicts what others read.
  for (const output of outputs) expect(output).toMatch(/^ok [1-9]\d*$/);
  const { entries, sizeBytes } = await local().size();
  expect(entries).toBeGreaterThan(0);
  expect(sizeBytes).toBeLessThan(300_000);
});

test('impossible limits are refused together', () => {
  expect(() => local({ maxSizeBytes: 0, maxAgeMs: Number.NaN, inlineSizeBytes: -1 })).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_CACHE_STORE',
      message: 'The cache store cannot be made: maxSizeBytes is 0, maxAgeMs is NaN, inlineSizeBytes is -1.',
    }),
  );
});
