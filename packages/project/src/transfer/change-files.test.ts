import { createMemoryFileSystem, createView, type FileSystem, FileSystemError } from '@flowerpower/fs';
import { beforeEach, expect, test } from 'vitest';
import { changeFiles, existingFile } from './change-files.js';

let store: FileSystem;
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(async () => {
  store = createMemoryFileSystem({ name: 'store' });
  await store.write('old', 'as it was');
});

async function files(): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const { path } of store.list('', { recursive: true }))
    found.push([path, await store.readText(path)]);
  return Object.fromEntries(found);
}

const unavailable = (op: string, path: string) =>
  new FileSystemError({
    reason: 'Unavailable',
    op,
    uri: store.uri(path),
    backend: 'memory',
    message: 'no answer',
  });

/** `old` is replaced, `new` is made. */
const both = async () => [
  { path: 'old', content: bytes('ours'), before: await existingFile(store, 'old') },
  { path: 'new', content: bytes('ours'), before: undefined },
];

test.each(['old', 'new'])('a write whose answer was lost stayed: %s', async (lost) => {
  const changes = await both();
  let isLost = false;
  const fs: FileSystem = {
    ...createView(store),
    async write(path, data, options) {
      const info = await store.write(path, data, options);
      if (path !== lost || isLost) return info;
      isLost = true;
      throw unavailable('write', path);
    },
  };
  await expect(changeFiles(fs, changes)).rejects.toMatchObject({ code: 'FP_FS_UNAVAILABLE' });
  expect(await files()).toEqual({ old: 'as it was' });
});

test('a deletion whose answer was lost is taken back', async () => {
  const fs: FileSystem = {
    ...createView(store),
    async delete(path) {
      await store.delete(path);
      throw unavailable('delete', path);
    },
  };
  const changes = [{ path: 'old', before: await existingFile(store, 'old') }];
  await expect(changeFiles(fs, changes)).rejects.toMatchObject({ code: 'FP_FS_UNAVAILABLE' });
  expect(await files()).toEqual({ old: 'as it was' });
});

test.each(['old', 'new'])('taking back ran over what somebody else wrote meanwhile: %s', async (edited) => {
  const fs: FileSystem = {
    ...createView(store),
    async write(path, data, options) {
      if (path !== 'last') return store.write(path, data, options);
      await store.write(edited, 'theirs');
      throw unavailable('write', path);
    },
  };
  const changes = [...(await both()), { path: 'last', content: bytes('x'), before: undefined }];
  await expect(changeFiles(fs, changes)).rejects.toMatchObject({
    code: 'FP_FILES_LEFT',
    places: [{ file: store.uri(edited) }],
    cause: { code: 'FP_FS_UNAVAILABLE' },
  });
  expect(await files()).toEqual({ old: 'as it was', [edited]: 'theirs' });
});

test('a file was deleted that had changed since it was looked at', async () => {
  const changes = [{ path: 'old', before: await existingFile(store, 'old') }];
  await store.write('old', 'theirs');
  await expect(changeFiles(store, changes)).rejects.toMatchObject({ code: 'FP_FS_PRECONDITION_FAILED' });
  expect(await files()).toEqual({ old: 'theirs' });
});

test('a file that somebody else made first was deleted', async () => {
  const changes = await both();
  await store.write('new', 'ours');
  await expect(changeFiles(store, changes)).rejects.toMatchObject({ code: 'FP_FS_ALREADY_EXISTS' });
  expect(await files()).toEqual({ old: 'as it was', new: 'ours' });
});

test.each(['before', 'in'])(
  'a signal ends it %s a file, and what was changed is taken back',
  async (when) => {
    const stop = new AbortController();
    const changes = [...(await both()), { path: 'last', content: bytes('x'), before: undefined }];
    const fs: FileSystem = {
      ...createView(store),
      async write(path, data, options) {
        if (path === 'new' && when === 'before') stop.abort();
        const info = await store.write(path, data, options);
        if (path === 'new') stop.abort();
        return info;
      },
    };
    await expect(changeFiles(fs, changes, stop.signal)).rejects.toMatchObject({ code: 'FP_FS_ABORTED' });
    expect(await files()).toEqual({ old: 'as it was' });
  },
);

test('what cannot be looked at any more is named', async () => {
  const changes = await both();
  const fs: FileSystem = {
    ...createView(store),
    async write(path, data, options) {
      if (path === 'new') throw unavailable('write', path);
      return store.write(path, data, options);
    },
    exists: async (path) => {
      throw unavailable('exists', path);
    },
  };
  await expect(changeFiles(fs, changes)).rejects.toMatchObject({
    code: 'FP_FILES_LEFT',
    places: [{ file: store.uri('new') }, { file: store.uri('old') }],
  });
});
