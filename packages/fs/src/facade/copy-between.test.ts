import { expect, test } from 'vitest';
import { createMemoryFileSystem, type FileSystem } from '../index.js';
import { withFaults } from '../testing/index.js';
import { copyBetween } from './copy-between.js';

async function twoStores(): Promise<[FileSystem, FileSystem]> {
  const [from, to] = [createMemoryFileSystem({ name: 'from' }), createMemoryFileSystem({ name: 'to' })];
  await from.write('a/x', 'content', { contentType: 'text/csv', metadata: { owner: 'growth' } });
  return [from, to];
}

test('bytes, content type and metadata arrive', async () => {
  const [from, to] = await twoStores();
  const info = await copyBetween({ fs: from, path: 'a/x' }, { fs: to, path: 'b/y' });
  expect(info).toMatchObject({ path: 'b/y', size: 7 });
  expect(await to.readText('b/y')).toBe('content');
  expect(await to.stat('b/y')).toMatchObject({ contentType: 'text/csv', metadata: { owner: 'growth' } });
  await copyBetween({ fs: from, path: 'a/x' }, { fs: from, path: 'a/z' });
  expect(await from.readText('a/z')).toBe('content');
});

test('conditions of the target are judged, and a directory is none to copy', async () => {
  const [from, to] = await twoStores();
  await to.write('y', 'old');
  const copy = (path: string) =>
    copyBetween({ fs: from, path }, { fs: to, path: 'y' }, { ifNotExists: true });
  await expect(copy('a/x')).rejects.toMatchObject({ reason: 'AlreadyExists' });
  await expect(copy('a')).rejects.toMatchObject({ reason: 'IsDirectory' });
  await expect(copy('absent')).rejects.toMatchObject({ reason: 'NotFound' });
  expect(await to.readText('y')).toBe('old');
});

test('whichever call fails, the target is old or new, and no stream stays open', async () => {
  for (const failing of ['from', 'to'] as const) {
    for (let nth = 1; ; nth++) {
      const [from, to] = await twoStores();
      await to.write('y', 'old');
      const faulty = withFaults(failing === 'from' ? from : to, [{ call: nth, fail: 'Unavailable' }]);
      const ends = failing === 'from' ? [faulty.fs, to] : [from, faulty.fs];
      const copied = copyBetween({ fs: ends[0]!, path: 'a/x' }, { fs: ends[1]!, path: 'y' });
      const failed = await copied.then(
        () => false,
        () => true,
      );
      expect(await to.readText('y')).toBe(failed ? 'old' : 'content');
      expect(faulty.openHandles).toBe(0);
      if (faulty.calls.length < nth) break;
      expect(failed).toBe(true);
    }
  }
});
