import { describe, expect, test } from 'vitest';
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
});
