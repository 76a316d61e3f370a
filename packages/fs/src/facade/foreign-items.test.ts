import { Readable } from 'node:stream';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createMemoryFileSystem } from '../memory/create-memory-file-system.js';
import { foreignItems } from './foreign-items.js';

test('gives the items, and closes what is not read to its end', async () => {
  const closed = vi.fn();
  async function* numbers() {
    try {
      yield* [1, 2, 3];
    } finally {
      closed();
    }
  }
  const seen: number[] = [];
  for await (const { item } of foreignItems(numbers())) {
    seen.push(item);
    if (item === 2) break;
  }
  expect(seen).toEqual([1, 2]);
  expect(closed).toHaveBeenCalledTimes(1);
});

test('does not touch the items, and does not close what has failed', async () => {
  const hostile = Object.defineProperty({}, 'then', {
    get() {
      throw new Error('looked at');
    },
  });
  const close = vi.fn(async () => ({ done: true as const, value: undefined }));
  const steps = [{ done: false as const, value: hostile }];
  const failing: AsyncIterable<object> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => steps.shift() ?? Promise.reject(new Error('no more')),
      return: close,
    }),
  };
  const seen: object[] = [];
  const read = async () => {
    for await (const { item } of foreignItems(failing)) seen.push(item);
  };
  await expect(read()).rejects.toThrow('no more');
  expect(seen[0]).toBe(hostile);
  expect(close).not.toHaveBeenCalled();
});

test.each([
  ['hangs', () => new Promise<never>(() => {})],
  ['rejects', () => Promise.reject(new Error('cannot be closed'))],
  [
    'throws',
    () => {
      throw new Error('cannot be closed');
    },
  ],
])('a write that fails does not wait for a return() that %s', async (_, close) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const fs = createMemoryFileSystem();
  const chunks: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: 5 as never }), return: close }),
  };
  const writing = fs.write('a.txt', chunks).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await writing).toMatchObject({ name: 'FileSystemError' });
  expect(await fs.exists('a.txt')).toBe(false);
});

test('a stream that fails while the file is opened fails the write, and nothing else', async () => {
  const fs = createMemoryFileSystem();
  const stream = new Readable({ read() {} });
  const writing = fs.write('a.txt', stream);
  stream.destroy(new Error('gone'));
  await expect(writing).rejects.toThrow('gone');
  expect(await fs.exists('a.txt')).toBe(false);
});
