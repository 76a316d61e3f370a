/** Ids that would lead out of the directory of a cache: whoever calls a store decides them. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { expect, test } from 'vitest';
import { fileCacheStore } from './file-cache-store.js';

test.each(['../../conf/project.yml', '..', 'ab/../../../x', '/abs/x', 'a\0b', 'a//b'])(
  'the id %j reads, writes and deletes nothing outside',
  async (id) => {
    const fs = createMemoryFileSystem();
    const outside = ['conf/project.yml', 'x', 'abs/x', 'cache-of-others/x'];
    for (const path of outside) await fs.write(path, 'theirs');
    const store = fileCacheStore({ fs, dir: 'cache' });
    await expect(store.getVersion(id)).rejects.toMatchObject({ code: 'FP_FS_INVALID_PATH' });
    await expect(store.getValue(id)).rejects.toMatchObject({ code: 'FP_FS_INVALID_PATH' });
    await expect(store.delete(id)).rejects.toMatchObject({ code: 'FP_FS_INVALID_PATH' });
    await expect(
      store.set(id, { dataVersion: '0'.repeat(64), value: 'mine', sizeBytes: 4 }),
    ).rejects.toMatchObject({
      code: 'FP_FS_INVALID_PATH',
    });
    const found: string[] = [];
    for await (const { path } of fs.list('', { recursive: true })) found.push(path);
    expect(found.sort()).toEqual([...outside].sort());
    for (const path of outside) expect(await fs.readText(path)).toBe('theirs');
  },
);
