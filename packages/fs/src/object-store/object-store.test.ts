import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DriverFailure, type DriverRead } from '../contract/file-system-driver.js';
import { compareKeys } from '../paths/compare-keys.js';
import { filesFromKeys, type ListedKey } from './files-from-keys.js';
import { partBuffer } from './part-buffer.js';
import { answeredRange } from './answered-range.js';
import { rangeHeader } from './range-header.js';
import { type ObjectBody, resumingReader } from './resuming-reader.js';

const info = (path: string) => ({ path, type: 'file' as const });
const objects = (...keys: string[]): ListedKey[] => keys.map((key) => ({ key, info: info(key) }));

async function listed(
  keys: readonly ListedKey[],
  path = '',
  call: { readonly includeDirs?: boolean; readonly startAfter?: string } = {},
): Promise<string[]> {
  const { includeDirs = true, startAfter } = call;
  const found: string[] = [];
  for await (const file of filesFromKeys(keys, path, { includeDirs, startAfter })) {
    found.push(file.type === 'directory' ? `${file.path}/` : file.path);
  }
  return found;
}

describe('filesFromKeys', () => {
  test('an object that ends in a slash is a directory, also when nothing else is in it', async () => {
    expect(await listed(objects('a/', 'b/c/', 'b/c/d'))).toEqual(['a/', 'b/', 'b/c/', 'b/c/d']);
    expect(await listed(objects('a/', 'a/b'), 'a')).toEqual(['a/b']);
  });

  test('keys that no path can name are left out, and nothing else', async () => {
    const odd = objects('/', '/a', 'a//b', 'a/../b', 'a/./b', 'a\nb', 'ok', '\0');
    expect(await listed(odd)).toEqual(['ok']);
  });

  test('law: every directory comes once, in front of what it holds, in the order of keys', async () => {
    const segment = fc.constantFrom('a', 'b', 'a-', 'a.', 'é', '\ue000', '😀');
    const key = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const property = fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 12 }),
      key,
      async (keys, startAfter) => {
        const sorted = keys.sort(compareKeys);
        const all = await listed(objects(...sorted));
        const ancestors = sorted.flatMap((path) =>
          [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1)),
        );
        expect(all).toEqual([...new Set([...sorted, ...ancestors])].sort(compareKeys));
        expect(await listed(objects(...sorted), '', { startAfter })).toEqual(
          all.filter((path) => compareKeys(path, startAfter) > 0),
        );
      },
    );
    await fc.assert(property);
  });
});

test('law: parts hold the bytes of the chunks, in order, each as large as it was asked, whatever is given back', async () => {
  const chunk = fc.uint8Array({ maxLength: 30 });
  const property = fc.asyncProperty(
    fc.array(chunk),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
    async (chunks, first, growsEvery, keepsEvery) => {
      const partSize = (partNumber: number) => first + Math.floor(partNumber / growsEvery);
      const parts: Buffer[] = [];
      const buffer = partBuffer({
        partSize,
        async send(part, partNumber) {
          expect(part.byteLength).toBe(partSize(partNumber));
          expect(parts.push(Buffer.from(part))).toBe(partNumber);
          if (partNumber % keepsEvery === 0) return;
          buffer.giveBack(part.fill(0));
        },
      });
      for (const bytes of chunks) {
        const mine = Uint8Array.from(bytes);
        await buffer.write(mine);
        mine.fill(0);
      }
      const { part, partNumber } = buffer.last();
      expect(partNumber).toBe(parts.length + 1);
      expect(part.byteLength).toBeLessThanOrEqual(partSize(partNumber));
      expect(part.byteLength > 0 || parts.length === 0).toBe(true);
      expect(Buffer.concat([...parts, part]).equals(Buffer.concat(chunks))).toBe(true);
    },
  );
  await fc.assert(property);
});

test('what is given back is used again', async () => {
  const blocks = new Set<ArrayBufferLike>();
  const buffer = partBuffer({
    partSize: () => 100,
    async send(part) {
      blocks.add(part.buffer);
      buffer.giveBack(part);
    },
  });
  for (let written = 0; written < 1000; written++) await buffer.write(new Uint8Array(70));
  expect(blocks.size).toBeLessThanOrEqual(2);
});

test('no part keeps the memory of a large chunk', async () => {
  const kept: number[] = [];
  const buffer = partBuffer({
    partSize: () => 100,
    send: async (part) => void kept.push(part.buffer.byteLength),
  });
  await buffer.write(new Uint8Array(1000));
  expect(kept).toEqual(Array.from({ length: 9 }, () => 100));
});

test('a range as HTTP writes it', () => {
  expect(rangeHeader({ start: 0, end: 1 })).toBe('bytes=0-0');
  expect(rangeHeader({ start: 5 })).toBe('bytes=5-');
  expect(rangeHeader({ suffix: 3 })).toBe('bytes=-3');
});

describe('answeredRange', () => {
  const whole = { length: 100, contentRange: undefined };
  const part = (contentRange: string, length?: number) => ({ contentRange, length });

  test('what is asked for is cut out of a whole object that was sent instead', () => {
    expect(answeredRange({ start: 10, end: 20 }, whole)).toEqual({
      start: 10,
      length: 10,
      skip: 10,
      goesOn: true,
    });
    expect(answeredRange({ start: 90, end: 200 }, whole)).toEqual({
      start: 90,
      length: 10,
      skip: 90,
      goesOn: false,
    });
    expect(answeredRange({ suffix: 3 }, whole)).toEqual({ start: 97, length: 3, skip: 97, goesOn: false });
    expect(() => answeredRange({ start: 100 }, whole)).toThrow('RangeNotSatisfiable');
    expect(() => answeredRange({ suffix: 3 }, { ...whole, length: 0 })).toThrow('RangeNotSatisfiable');
    expect(() => answeredRange({ suffix: 3 }, part('bytes 0--1/0', 0))).toThrow('RangeNotSatisfiable');
  });

  test.each([
    ['a part instead of the whole', undefined, part('bytes 0-9/100')],
    ['bytes from elsewhere', { start: 10, end: 20 }, part('bytes 20-29/100')],
    ['too few', { start: 10, end: 20 }, part('bytes 10-18/100')],
    ['fewer than to the end', { start: 10 }, part('bytes 10-18/100')],
    ['another suffix', { suffix: 3 }, part('bytes 0-2/100')],
    ['a length that is not that of the range', { start: 10, end: 20 }, part('bytes 10-19/100', 9)],
    ['no range that could be understood', { start: 10, end: 20 }, part('bytes 10-19/*')],
    ['a whole of unknown length', { start: 10, end: 20 }, { length: undefined, contentRange: undefined }],
  ] as const)('%s is refused', (_what, range, body) => {
    expect(() => answeredRange(range, body)).toThrow(/^asked for .*, what answered sent /);
  });
});

describe('resumingReader', () => {
  const broken = new DriverFailure('Unavailable');

  /** A store of one object whose bodies break as told: each number is how many bytes arrive before the next break. */
  function store(content: Buffer, breaks: readonly number[], versions: readonly string[] = []) {
    const asked: { readonly start: number; readonly ifMatch: string | undefined }[] = [];
    const open = async (range: DriverRead['range'], ifMatch: string | undefined): Promise<ObjectBody> => {
      const start = range !== undefined && 'start' in range ? range.start : 0;
      const end = range !== undefined && 'start' in range ? (range.end ?? content.length) : content.length;
      const version = versions[asked.length] ?? 'v';
      asked.push({ start, ifMatch });
      if (ifMatch !== undefined && ifMatch !== version) throw new DriverFailure('PreconditionFailed');
      const left = breaks[asked.length - 1];
      async function* chunks() {
        const whole = content.subarray(start, end);
        const arrives = whole.subarray(0, left);
        for (let at = 0; at < arrives.length; at += 3) yield arrives.subarray(at, at + 3);
        if (arrives.length < whole.length) throw broken;
      }
      const contentRange = range && `bytes ${start}-${end - 1}/${content.length}`;
      return { chunks: chunks(), destroy: () => {}, length: end - start, contentRange, version };
    };
    return { asked, options: { open, readable: (error: unknown) => error } };
  }

  async function readAll(
    { options }: ReturnType<typeof store>,
    range?: DriverRead['range'],
  ): Promise<Buffer> {
    const reader = await resumingReader({ range, ifMatch: undefined, signal: undefined }, options);
    const chunks: Uint8Array[] = [];
    for (let chunk = await reader.read(); chunk !== undefined; chunk = await reader.read())
      chunks.push(chunk);
    await reader.close();
    return Buffer.concat(chunks);
  }

  test('law: whatever breaks, the bytes are those of the object, none twice', async () => {
    const breaks = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 });
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), breaks, async (bytes, each) => {
      const content = Buffer.from(bytes);
      expect((await readAll(store(content, each))).equals(content)).toBe(true);
      if (content.length < 3) return;
      const part = await readAll(store(content, each), { start: 1, end: content.length - 1 });
      expect(part.equals(content.subarray(1, -1))).toBe(true);
    });
    await fc.assert(property);
  });

  test('the next request asks for the same version, behind the last byte', async () => {
    const objects = store(Buffer.from('0123456789'), [4]);
    await readAll(objects);
    expect(objects.asked).toEqual([
      { start: 0, ifMatch: undefined },
      { start: 4, ifMatch: 'v' },
    ]);
  });

  test('another version is refused, and so is a body that never gives a byte', async () => {
    const content = Buffer.from('0123456789');
    await expect(readAll(store(content, [4], ['v', 'w']))).rejects.toMatchObject({
      failure: { reason: 'PreconditionFailed' },
    });
    const hopeless = store(
      content,
      Array.from({ length: 20 }, () => 0),
    );
    await expect(readAll(hopeless)).rejects.toBe(broken);
    expect(hopeless.asked.length).toBe(5);
  });

  test('bytes that do not match their digest are refused', async () => {
    const { options } = store(Buffer.from('0123'), []);
    const open = async (...args: Parameters<typeof options.open>) => ({
      ...(await options.open(...args)),
      digest: { update: () => {}, matches: () => false },
    });
    await expect(readAll({ asked: [], options: { ...options, open } })).rejects.toMatchObject({
      failure: { reason: 'ChecksumMismatch' },
    });
  });

  test('a failure behind the last byte is a failure', async () => {
    const content = Buffer.from('0123');
    const damaged = new DriverFailure('ChecksumMismatch');
    for (const failure of [damaged, broken]) {
      const { asked, options } = store(content, []);
      const open: typeof options.open = async (...args) => {
        async function* chunks() {
          yield content;
          throw failure;
        }
        return { ...(await options.open(...args)), chunks: chunks() };
      };
      await expect(readAll({ asked, options: { ...options, open } })).rejects.toBe(failure);
      expect(asked.length).toBe(1);
    }
  });

  test('law: a store that ignores ranges gives the same bytes, also when its bodies break', async () => {
    const breaks = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 3 });
    const range = fc.oneof(
      fc.record({ start: fc.nat(59), end: fc.integer({ min: 60, max: 70 }) }),
      fc.record({ start: fc.nat(20), end: fc.integer({ min: 21, max: 59 }) }),
      fc.record({ suffix: fc.integer({ min: 1, max: 70 }) }),
    );
    const content = Buffer.from(Array.from({ length: 60 }, (_, i) => i));
    const property = fc.asyncProperty(range, breaks, async (asked, each) => {
      const { options } = store(content, each);
      const open: typeof options.open = (_range, ifMatch) => options.open(undefined, ifMatch);
      const expected =
        'suffix' in asked ? content.subarray(-asked.suffix) : content.subarray(asked.start, asked.end);
      const read = await readAll({ asked: [], options: { ...options, open } }, asked);
      expect(read.equals(expected)).toBe(true);
    });
    await fc.assert(property);
  });

  test('another version than the one asked for is refused, also when the store does not look', async () => {
    const { options } = store(Buffer.from('0123'), []);
    const open: typeof options.open = (range) => options.open(range, undefined);
    const call = { range: undefined, ifMatch: 'w', signal: undefined };
    await expect(resumingReader(call, { ...options, open })).rejects.toMatchObject({
      failure: { reason: 'PreconditionFailed' },
    });
  });
});
