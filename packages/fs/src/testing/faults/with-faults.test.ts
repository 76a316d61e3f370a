import { expect, test } from 'vitest';
import type { FileSystem } from '../../contract/file-system.js';
import { createMemoryFileSystem } from '../../memory/create-memory-file-system.js';
import { collect, text } from '../assertions.js';
import type { Fault } from './fault.js';
import { withFaults } from './with-faults.js';

async function memoryWith(files: Readonly<Record<string, string>>): Promise<FileSystem> {
  const fs = createMemoryFileSystem();
  for (const [path, content] of Object.entries(files)) await fs.write(path, content);
  return fs;
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('the nth of all calls fails, chunks and calls of writers counted, and nothing stays open', async () => {
  for (let n = 1; n <= 6; n++) {
    const memory = await memoryWith({ x: 'old' });
    const faulty = withFaults(memory, [{ call: n, fail: 'Unavailable' }]);
    const work = async () => {
      const writer = await faulty.fs.openWrite('x');
      await writer.write('abc');
      await writer.close();
      for await (const _chunk of await faulty.fs.createReadStream('x'));
    };
    await expect(work(), `call ${n}`).rejects.toMatchObject({
      code: 'FP_FS_UNAVAILABLE',
      message: expect.stringContaining(`call ${n} was made to fail`),
    });
    // The caller forgets abort; a writer whose call has failed drops its file, as FileWriter promises.
    expect(faulty.openHandles).toBe(0);
    expect(faulty.unmet).toEqual([]);
    expect(await memory.readText('x')).toBe(n <= 3 ? 'old' : 'abc');
  }
});

test('calls of one method are counted apart, and each fault happens once', async () => {
  const faulty = withFaults(await memoryWith({ a: '1' }), [
    { call: 2, method: 'read', fail: 'Throttled' },
    { call: 1, method: 'stat', fail: 'PermissionDenied' },
  ]);
  await faulty.fs.read('a');
  await expect(faulty.fs.read('a')).rejects.toMatchObject({
    reason: 'Throttled',
    retryable: true,
    op: 'read',
    message: "read 'a' failed: call 2 of 'read' was made to fail (memory:///a).",
  });
  await faulty.fs.read('a');
  expect(faulty.unmet).toEqual([{ call: 1, method: 'stat', fail: 'PermissionDenied' }]);
  await expect(faulty.fs.stat('a')).rejects.toMatchObject({ reason: 'PermissionDenied' });
  await faulty.fs.stat('a');
  expect(faulty.unmet).toEqual([]);
});

test('every call is recorded as it was made, those of views by their full path', async () => {
  const { fs, calls } = withFaults(await memoryWith({ 'd/a': '1', 'd/b': '2' }));
  const view = fs.sub('d');
  await view.copy('a', 'c');
  expect((await collect(view.list(''))).length).toBe(3);
  for await (const _first of fs.glob('d/*')) break;
  await (await view.createReadStream('a')).toArray();
  await fs.close();
  expect(calls).toEqual([
    { method: 'copy', path: 'd/a', target: 'd/c' },
    { method: 'list', path: 'd' },
    ...Array.from({ length: 4 }, () => ({ method: 'entries.next', path: 'd' })),
    { method: 'glob', path: 'd/*' },
    { method: 'entries.next', path: 'd/*' },
    { method: 'createReadStream', path: 'd/a' },
    { method: 'stream.read', path: 'd/a' },
    { method: 'stream.read', path: 'd/a' },
    { method: 'close', path: '' },
  ]);
});

test('a delayed call waits until its promise resolves, and tells the test that it was reached', async () => {
  const reached = deferred<string>();
  const released = deferred<void>();
  const memory = await memoryWith({ a: '1' });
  const { fs } = withFaults(memory, [
    {
      call: 1,
      method: 'write',
      delay: ({ path }) => {
        reached.resolve(path);
        return released.promise;
      },
    },
  ]);
  const writing = fs.write('a', '2');
  expect(await reached.promise).toBe('a');
  expect(await memory.readText('a')).toBe('1');
  released.resolve();
  await writing;
  expect(await memory.readText('a')).toBe('2');
});

test('a delay ends when the signal of its call is aborted', async () => {
  const never = new Promise<never>(() => {});
  const memory = await memoryWith({ a: '1' });
  const methods = ['read', 'stream.read', 'entries.next', 'writer.write', 'writer.close'] as const;
  for (const method of methods) {
    const controller = new AbortController();
    const { signal } = controller;
    const faulty = withFaults(memory, [
      {
        call: 1,
        method,
        delay: () => {
          queueMicrotask(() => controller.abort());
          return never;
        },
      },
    ]);
    const work = async (fs: FileSystem) => {
      await fs.read('a', { signal });
      await (await fs.createReadStream('a', { signal })).toArray();
      await collect(fs.list('', { signal }));
      const writer = await fs.openWrite('a', { signal });
      await writer.write('2');
      await writer.close();
    };
    await expect(work(faulty.fs), method).rejects.toMatchObject({ code: 'FP_FS_ABORTED' });
    expect(faulty.openHandles, method).toBe(0);
    expect(await memory.readText('a')).toBe('1');
  }
});

test('a delay may abort the signal of its own call', async () => {
  const controller = new AbortController();
  const { fs } = withFaults(await memoryWith({ a: '1' }), [
    { call: 1, delay: () => (controller.abort(), new Promise(() => {})) },
  ]);
  await expect(fs.read('a', { signal: controller.signal })).rejects.toMatchObject({ reason: 'Aborted' });
});

test('a signal that was aborted before, and one with a time limit, end a delay too', async () => {
  const { fs } = withFaults(await memoryWith({ a: '1' }), [
    { call: 1, delay: new Promise(() => {}) },
    { call: 2, delay: new Promise(() => {}) },
  ]);
  await expect(fs.read('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({ reason: 'Aborted' });
  await expect(fs.read('a', { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({ reason: 'Timeout' });
});

test('calls of a writer keep their order, also when one of them waits', async () => {
  const released = deferred<void>();
  const memory = createMemoryFileSystem();
  const { fs } = withFaults(memory, [{ call: 1, method: 'writer.write', delay: released.promise }]);
  const writer = await fs.openWrite('a');
  const all = Promise.all([writer.write('1'), writer.write('2'), writer.close()]);
  released.resolve();
  await all;
  expect(await memory.readText('a')).toBe('12');
});

test('a delay comes before the failure of the same call, and what it rejects with is the cause', async () => {
  const order: string[] = [];
  const cause = new Error('the clock broke');
  const { fs } = withFaults(createMemoryFileSystem(), [
    { call: 1, delay: async () => order.push('waited'), fail: 'Unavailable' },
    { call: 2, delay: () => Promise.reject(cause) },
  ]);
  await expect(fs.stat('a')).rejects.toMatchObject({ reason: 'Unavailable' });
  expect(order).toEqual(['waited']);
  await expect(fs.stat('a')).rejects.toMatchObject({ reason: 'Unknown', cause });
});

test('a truncated read ends early, without an error', async () => {
  const faults = (truncateAfter: number): Fault[] => [
    { call: 1, method: 'read', truncateAfter },
    { call: 1, method: 'readText', truncateAfter },
    { call: 1, method: 'createReadStream', truncateAfter },
  ];
  for (const length of [0, 1, 3, 6, 100]) {
    const faulty = withFaults(await memoryWith({ a: 'abcdef' }), faults(length));
    const expected = 'abcdef'.slice(0, length);
    expect(text(await faulty.fs.read('a'))).toBe(expected);
    expect(await faulty.fs.readText('a')).toBe(expected);
    const chunks = await (await faulty.fs.createReadStream('a')).toArray();
    expect(Buffer.concat(chunks as Buffer[]).toString()).toBe(expected);
    expect(faulty.openHandles).toBe(0);
    expect(await faulty.fs.readText('a')).toBe('abcdef');
  }
  const { fs } = withFaults(await memoryWith({ a: 'é' }), faults(1));
  await expect(fs.readText('a')).rejects.toMatchObject({ reason: 'InvalidText' });
});

test('faults that could never happen are refused together', () => {
  const faults = [
    { call: 0, fail: 'NotFound' },
    { call: 1, method: 'sub', fail: 'NotFound' },
    { call: 1 },
    { call: 1, method: 'stat', truncateAfter: -1 },
    { call: 1, method: 'read', truncateAfter: 1, fail: 'NotFound' },
  ] as unknown as Fault[];
  expect(() => withFaults(createMemoryFileSystem(), faults)).toThrow(
    expect.objectContaining({
      code: 'FP_FS_BAD_OPTION',
      message: expect.stringMatching(
        /faults\[0\].*whole number from 1.*faults\[1\].*'sub' is not counted.*faults\[2\].*is needed.*faults\[3\].*from 0.*needs a method.*faults\[4\].*nothing that could be truncated/,
      ),
    }),
  );
});
