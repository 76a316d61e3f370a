import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DriverFailure, type DriverRead } from '../contract/file-system-driver.js';
import { compareKeys } from '../paths/compare-keys.js';
import { filesFromKeys, type ListedKey } from './files-from-keys.js';
import { partBuffer } from './part-buffer.js';
import { rangeHeader, rangeStart } from './range-header.js';
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

test('law: parts hold the bytes of the chunks, in order, each as large as it was asked', () => {
  const chunk = fc.uint8Array({ maxLength: 30 });
  const property = fc.property(fc.array(chunk), fc.integer({ min: 1, max: 20 }), (chunks, size) => {
    const buffer = partBuffer();
    const parts: Buffer[] = [];
    for (const bytes of chunks) {
      const mine = Uint8Array.from(bytes);
      buffer.add(mine);
      mine.fill(0);
      while (buffer.size > size) parts.push(buffer.take(size));
    }
    expect(parts.every((part) => part.byteLength === size)).toBe(true);
    const rest = buffer.take(buffer.size);
    expect(rest.byteLength).toBeLessThanOrEqual(size);
    expect(buffer.size).toBe(0);
    expect(Buffer.concat([...parts, rest]).equals(Buffer.concat(chunks))).toBe(true);
  });
  fc.assert(property);
});

test('a range as HTTP writes it, and back', () => {
  expect(rangeHeader({ start: 0, end: 1 })).toBe('bytes=0-0');
  expect(rangeHeader({ start: 5 })).toBe('bytes=5-');
  expect(rangeHeader({ suffix: 3 })).toBe('bytes=-3');
  expect(rangeStart('bytes 5-9/10')).toBe(5);
  expect(rangeStart(undefined)).toBe(0);
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
        const arrives = left === undefined ? whole : whole.subarray(0, left);
        for (let at = 0; at < arrives.length; at += 3) yield arrives.subarray(at, at + 3);
        if (left !== undefined) throw broken;
      }
      return { chunks: chunks(), destroy: () => {}, length: end - start, start, version };
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
});
