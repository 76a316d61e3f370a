import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DriverFailure } from '../contract/file-system-driver.js';
import { fsErrors } from '../errors/catalogue.js';
import {
  FileSystemError,
  type FileSystemErrorReason,
  isFileSystemError,
} from '../errors/file-system-error.js';
import { MemoryDriver } from '../memory/memory-driver.js';
import { cached } from '../cached/cached-file-system.js';
import { copyBetween } from './copy-between.js';
import { createFileSystem } from './create-file-system.js';
import { planBlocks, readRanges } from './read-ranges.js';

describe('errors', () => {
  test('carry the brand and the fields of every FlowerPower error', () => {
    const error = new FileSystemError({
      reason: 'Throttled',
      op: 'read',
      uri: 's3://b/k',
      backend: 's3',
      message: 'Slow down.',
      status: 503,
      cause: new RangeError('native'),
    });
    expect(Symbol.for('flowerpower.error') in error).toBe(true);
    expect(error).toMatchObject({
      name: 'FileSystemError',
      code: 'FP_FS_THROTTLED',
      places: [],
      problems: [],
      retryable: true,
      status: 503,
      context: { reason: 'Throttled', op: 'read', uri: 's3://b/k', backend: 's3' },
      cause: { message: 'native' },
    });
    expect(isFileSystemError(error)).toBe(true);
    expect(isFileSystemError(error, 'NotFound')).toBe(false);
    expect(isFileSystemError(new Error('plain'))).toBe(false);
  });

  test('have one code per reason, all in the catalogue', () => {
    const reasons = Object.keys(fsErrors).map((code) =>
      code
        .slice('FP_FS_'.length)
        .split('_')
        .map((word) => word[0] + word.slice(1).toLowerCase())
        .join(''),
    ) as FileSystemErrorReason[];
    for (const reason of reasons) {
      const error = new FileSystemError({ reason, op: 'x', uri: '', backend: '', message: 'x' });
      expect(Object.keys(fsErrors)).toContain(error.code);
      expect(error.code.replaceAll('_', '').toLowerCase()).toBe(`fpfs${reason.toLowerCase()}`);
    }
  });

  test('keep what the driver knows: reason, status, retryable and the native cause', async () => {
    class Flaky extends MemoryDriver {
      override stat(): Promise<never> {
        return Promise.reject(new RangeError('socket hang up'));
      }
      override classify(error: unknown) {
        return error instanceof RangeError
          ? ({ reason: 'Unavailable', status: 502, retryable: false } as const)
          : undefined;
      }
      override delete(): Promise<never> {
        return Promise.reject(new DriverFailure('NotEmpty', 'it holds three files', new Error('native')));
      }
    }
    const fs = createFileSystem(new Flaky('m'));
    await expect(fs.stat('a/b')).rejects.toMatchObject({
      reason: 'Unavailable',
      status: 502,
      retryable: false,
      op: 'stat',
      uri: 'memory://m/a/b',
      cause: { message: 'socket hang up' },
    });
    await expect(fs.delete('a')).rejects.toMatchObject({
      message: "delete 'a' failed: it holds three files (memory://m/a).",
      cause: { message: 'native' },
    });
  });
});

test('a move without the ability is a copy and a delete, and says so when the delete fails', async () => {
  class Sticky extends MemoryDriver {
    override delete(): Promise<never> {
      return Promise.reject(new DriverFailure('PermissionDenied'));
    }
  }
  const fs = createFileSystem(new Sticky('m'));
  await fs.write('x', 'x');
  await expect(fs.move('x', 'y')).rejects.toMatchObject({
    reason: 'PermissionDenied',
    message: expect.stringContaining("copied to 'y'"),
  });
});

describe('readRanges', () => {
  const range = fc
    .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 100_000 }))
    .map(([start, length]) => ({ start, end: start + length }));

  test('plans blocks that cover every range once, are apart, and are in order', () => {
    fc.assert(
      fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
        const blocks = planBlocks(ranges);
        const members = blocks.flatMap((block) => block.members);
        expect([...members].sort((a, b) => a - b)).toEqual(ranges.map((_, index) => index));
        for (const [index, block] of blocks.entries()) {
          for (const member of block.members) {
            expect(ranges[member]!.start).toBeGreaterThanOrEqual(block.start);
            expect(ranges[member]!.end).toBeLessThanOrEqual(block.end);
          }
          const next = blocks[index + 1];
          if (next !== undefined) expect(next.start - block.end).toBeGreaterThanOrEqual(64 * 1024);
        }
      }),
    );
  });

  test('runs at most 8 requests at once and starts none after a failure', async () => {
    const far = Array.from({ length: 40 }, (_, index) => ({ start: index * 1e6, end: index * 1e6 + 1 }));
    let running = 0;
    let peak = 0;
    let started = 0;
    const read = async (fails: boolean) => {
      started++;
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      if (fails) throw new Error('down');
      return new Uint8Array(1);
    };
    await readRanges(far, () => read(false));
    expect(peak).toBe(8);
    started = 0;
    await expect(readRanges(far, () => read(true))).rejects.toThrow('down');
    expect(started).toBe(8);
    expect(running).toBe(0);
  });
});

describe('what somebody else writes meanwhile', () => {
  test('to the source of a move stays, and is said', async () => {
    const driver = new MemoryDriver('m');
    const fs = createFileSystem(driver);
    await fs.write('a', 'one');
    const { copy } = MemoryDriver.prototype;
    driver.copy = async (...args) => {
      const info = await copy.apply(driver, args);
      await createFileSystem(driver).write('a', 'two');
      return info;
    };
    await expect(fs.move('a', 'b')).rejects.toMatchObject({
      code: 'FP_FS_PRECONDITION_FAILED',
      message: expect.stringContaining("it was copied to 'b', but the source stays") as unknown,
    });
    expect(await fs.readText('a')).toBe('two');
    expect(await fs.readText('b')).toBe('one');
  });

  test('is in no range of several, or in all of them', async () => {
    const driver = new MemoryDriver('m');
    const fs = createFileSystem(driver);
    await fs.write('x', '1'.repeat(300_000));
    const { openRead } = MemoryDriver.prototype;
    // The file is replaced between the first block and the others.
    let replaced: Promise<unknown> | undefined;
    driver.openRead = async (...args) => {
      const before = replaced;
      replaced ??= openRead.apply(driver, args).then(() => createFileSystem(driver).write('x', 'new'));
      await before;
      return openRead.apply(driver, args);
    };
    const ranges = [
      { start: 0, end: 4 },
      { start: 200_000, end: 200_004 },
    ];
    await expect(fs.readRanges('x', ranges)).rejects.toMatchObject({ code: 'FP_FS_PRECONDITION_FAILED' });
  });
});

describe('arguments that are none are named', () => {
  const fs = createFileSystem(new MemoryDriver('m'));
  test.each<[string, () => Promise<unknown>]>([
    ['ranges', () => fs.readRanges('x', [null] as never)],
    ['method', () => createFileSystem(new MemoryDriver('m')).signedUrl('x', undefined as never)],
    ['expiresInS', () => fs.signedUrl('x', { method: 'GET', expiresInS: 1.5 })],
    ['expiresInS', () => fs.signedUrl('x', { method: 'GET', expiresInS: 604_801 })],
    ['source', () => copyBetween(undefined as never, { fs, path: 'x' })],
    ['target', () => copyBetween({ fs, path: 'x' }, { path: 'x' } as never)],
    ['source', async () => cached(null as never, { store: fs })],
    ['store', async () => cached(fs, {} as never)],
    ['folder', async () => cached(fs, { store: fs, folder: 'x' } as never)],
  ])('%s', async (name, call) => {
    await expect(call()).rejects.toMatchObject({
      code: 'FP_FS_BAD_OPTION',
      message: expect.stringContaining(name) as unknown,
    });
  });
});
