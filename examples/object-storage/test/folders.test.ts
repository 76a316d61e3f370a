/** Folders that are saved as one, on a real server of each kind. */
import { type FileSystem, isFileSystemError } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers, parseOptions, type Row } from '@flowerpower/io';
import { describe, expect, test } from 'vitest';
import { areMissing, startStores } from './stores.js';

describe.skipIf(areMissing).each(['s3', 'gs'] as const)('folders on %s', (scheme) => {
  const store = startStores()[scheme];

  async function bucket() {
    const name = `folders-${Math.random().toString(36).slice(2)}`;
    await store.newBucket(name);
    const fs = store.open(name);
    const context = { resolve: (path: string) => ({ fs, path }) };
    const { csv: saver } = builtinSavers;
    const { csv: loader } = builtinLoaders;
    return {
      fs,
      save: (rows: readonly Row[], more: object = {}) =>
        saver.save(rows, parseOptions(saver, { path: 'out/', by: ['k'], ...more }), context),
      async numbers(path = 'out/') {
        const options = parseOptions(loader, { path, types: path === 'out/' ? {} : { n: 'integer' } });
        const { value } = await loader.load(options, context);
        return (value as Row[]).map(({ n }) => n as number).sort((a, b) => a - b);
      },
    };
  }

  async function keys(fs: FileSystem): Promise<string[]> {
    const found: string[] = [];
    for await (const { path } of fs.list('', { recursive: true })) found.push(path);
    return found;
  }

  const rows = (...numbers: number[]) => numbers.map((n) => ({ n, k: `${n % 3}/ü` }));

  test('come back as they were, and only the last save is there', async () => {
    const { fs, save, numbers } = await bucket();
    await save(rows(1, 2, 3, 4));
    const facts = await save(rows(5, 6));
    expect(facts).toMatchObject({ uri: expect.stringMatching(`^${scheme}://`), rows: 2, files: 2 });
    expect(await numbers()).toEqual([5, 6]);
    expect(await numbers('out/**/*.csv')).toEqual([5, 6]);
    expect(await keys(fs)).toHaveLength(3);
    await expect(save(rows(1), { mode: 'error' })).rejects.toMatchObject({ code: 'FP_IO_EXISTS' });
    await fs.close();
  });

  test('of saves at once one wins, or all add', async () => {
    const { fs, save, numbers } = await bucket();
    await save(rows(0));
    const results = await Promise.allSettled([save(rows(1, 2)), save(rows(3, 4))]);
    expect(results.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'FP_IO_CONFLICT' } },
    ]);
    const [first] = await numbers();
    expect([1, 3]).toContain(first);
    await Promise.all([10, 11, 12, 13].map((n) => save(rows(n), { mode: 'append' })));
    expect(await numbers()).toEqual([first, first! + 1, 10, 11, 12, 13]);
    expect(await keys(fs)).toHaveLength(7);
    await fs.close();
  });

  test('a save that fails leaves nothing', async () => {
    const { fs, save } = await bucket();
    await save(rows(1, 2));
    const before = await keys(fs);
    await expect(save([...rows(3, 4, 5), { n: Number.NaN, k: 'a' }])).rejects.toMatchObject({
      code: 'FP_IO_VALUE',
    });
    expect(await keys(fs)).toEqual(before);
    const missing: unknown = await fs.stat('out/absent').catch((error: unknown) => error);
    expect(isFileSystemError(missing, 'NotFound')).toBe(true);
    await fs.close();
  });
});
