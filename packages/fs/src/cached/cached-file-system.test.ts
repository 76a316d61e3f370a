import { describe, expect, test, vi } from 'vitest';
import { cached, createMemoryFileSystem, type FileSystem } from '../index.js';
import { withFaults, fileSystemContract } from '../testing/index.js';

fileSystemContract(
  { describe, test },
  {
    name: 'memory, behind copies',
    create: async () => cached(createMemoryFileSystem(), { store: createMemoryFileSystem(), dir: 'copies' }),
  },
);

/** A source that counts how often whole contents or ranges were asked of it. */
function counted(fs: FileSystem): { readonly fs: FileSystem; reads: number } {
  const count = { fs: undefined as unknown as FileSystem, reads: 0 };
  count.fs = new Proxy(fs, {
    get(target, key) {
      if (key === 'createReadStream' || key === 'read' || key === 'readRanges' || key === 'readText')
        count.reads++;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return count;
}

describe('cached', () => {
  async function setUp() {
    const origin = createMemoryFileSystem();
    await origin.write('x', 'content');
    const source = counted(origin);
    const store = createMemoryFileSystem();
    return { origin, source, store, fs: cached(source.fs, { store }) };
  }

  test('a version is fetched once, also by readers at the same time, and a new one is seen at once', async () => {
    const { origin, source, fs } = await setUp();
    await Promise.all([fs.readText('x'), fs.read('x'), fs.readText('x')]);
    await fs.readText('x');
    expect(source.reads).toBe(1);
    await origin.write('x', 'newer');
    expect(await fs.readText('x')).toBe('newer');
    expect(await fs.readText('x')).toBe('newer');
    expect(source.reads).toBe(2);
  });

  test('a range reads only itself, or from a copy that is there', async () => {
    const { source, store, fs } = await setUp();
    expect(Buffer.from(await fs.read('x', { range: { start: 0, end: 3 } })).toString()).toBe('con');
    for await (const { path } of store.list('')) expect.unreachable(path);
    await fs.read('x');
    expect(source.reads).toBe(2);
    await fs.readRanges('x', [{ start: 1, end: 2 }]);
    expect(source.reads).toBe(2);
  });

  test('a store that fails at any call only costs time', async () => {
    for (let nth = 1; ; nth++) {
      const { origin, store } = await setUp();
      const faulty = withFaults(store, [{ call: nth, fail: 'Unavailable' }]);
      const fs = cached(origin, { store: faulty.fs });
      for (let reads = 0; reads < 3; reads++) expect(await fs.readText('x')).toBe('content');
      if (faulty.calls.length < nth) break;
    }
  });

  test('two sources of one name share no copy', async () => {
    const store = createMemoryFileSystem();
    for (const content of ['one', 'two']) {
      const origin = createMemoryFileSystem();
      await origin.write('x', content);
      expect(await cached(origin, { store }).readText('x')).toBe(content);
    }
  });

  test('a copy that was cut off is made anew', async () => {
    const { source, store, fs } = await setUp();
    await fs.read('x');
    for await (const { path } of store.list('', { recursive: true })) await store.write(path, 'con');
    expect(await fs.readText('x')).toBe('content');
    expect(await fs.readText('x')).toBe('content');
    expect(source.reads).toBe(2);
  });

  test('who does not wait any longer is let go, and the others still get the file', async () => {
    const { origin, store } = await setUp();
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = withFaults(origin, [{ call: 1, method: 'stream.read', delay: released }]);
    const fs = cached(slow.fs, { store });
    const patient = fs.readText('x');
    const controller = new AbortController();
    const impatient = fs.readText('x', { signal: controller.signal });
    await vi.waitFor(() => expect(slow.unmet).toEqual([]));
    controller.abort();
    await expect(impatient).rejects.toMatchObject({
      code: 'FP_FS_ABORTED',
      message: expect.stringContaining("'x'") as unknown,
    });
    release();
    expect(await patient).toBe('content');
    expect(slow.calls.filter(({ method }) => method === 'createReadStream')).toHaveLength(1);
  });

  test('a fetch for which nobody waits ends, and leaves no copy', async () => {
    const { origin, store } = await setUp();
    const slow = withFaults(origin, [{ call: 1, method: 'stream.read', delay: new Promise(() => {}) }]);
    const controller = new AbortController();
    const read = cached(slow.fs, { store }).readText('x', { signal: controller.signal });
    await vi.waitFor(() => expect(slow.unmet).toEqual([]));
    controller.abort();
    await expect(read).rejects.toMatchObject({ code: 'FP_FS_ABORTED' });
    await vi.waitFor(() => expect(slow.openHandles).toBe(0));
    for await (const { path } of store.list('', { recursive: true })) expect.unreachable(path);
  });
});
