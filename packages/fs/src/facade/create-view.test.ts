import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { FileSystem } from '../contract/file-system.js';
import { createMemoryFileSystem } from '../memory/create-memory-file-system.js';
import { fileSystemContract, withFaults } from '../testing/index.js';
import { createView } from './create-view.js';

fileSystemContract(
  { describe, test },
  {
    name: 'a view of memory',
    create: async () => createView(createMemoryFileSystem(), { signal: new AbortController().signal }),
  },
);

const changes: readonly ((fs: FileSystem) => Promise<unknown>)[] = [
  (fs) => fs.write('x', 'new'),
  (fs) => fs.openWrite('x'),
  (fs) => fs.append('x', 'new'),
  (fs) => fs.copy('y', 'x'),
  (fs) => fs.move('y', 'x'),
  (fs) => fs.move('x', 'z'),
  (fs) => fs.delete('x'),
  (fs) => fs.deleteDir('x'),
  (fs) => fs.ensureDir('x'),
  (fs) => fs.signedUrl('x', { method: 'PUT', expiresInS: 1 }),
];

test('what may not change does not, by any call, also through a view of a view', async () => {
  const memory = createMemoryFileSystem();
  const asked: string[] = [];
  const watched = withFaults(memory);
  const view = createView(watched.fs, {
    beforeChange(path, reach) {
      asked.push(`${reach} ${path}`);
      if (path === 'd/x') throw new Error('it is protected');
    },
  });
  await memory.write('d/x', 'x');
  await memory.write('d/y', 'y');
  for (const change of changes) {
    await expect(change(view.sub('./d/'))).rejects.toThrow('it is protected');
  }
  expect(asked).toContain('tree d/x');
  expect(await memory.readText('d/x')).toBe('x');
  expect(await memory.readText('d/y')).toBe('y');
  const source = Readable.from(['new']);
  await expect(view.write('d/x', source)).rejects.toThrow('it is protected');
  expect(source.destroyed).toBe(true);
  expect(watched.calls).toEqual([]);
});

test('the signal of a view ends its calls, and so does that of a call', async () => {
  const never = new Promise<never>(() => {});
  const delayed = () =>
    withFaults(createMemoryFileSystem(), [
      { call: 1, delay: never },
      { call: 2, delay: never },
    ]).fs;
  const ofView = new AbortController();
  const ofCall = new AbortController();
  const view = createView(delayed(), { signal: ofView.signal });
  const first = view.exists('x', { signal: ofCall.signal });
  const second = view.sub('d').exists('x');
  ofCall.abort();
  await expect(first).rejects.toMatchObject({ code: 'FP_FS_ABORTED' });
  ofView.abort();
  await expect(second).rejects.toMatchObject({ code: 'FP_FS_ABORTED' });
});

test('to close a view closes nothing', async () => {
  const { fs, calls } = withFaults(createMemoryFileSystem());
  const view = createView(fs);
  await view.close();
  await view.write('x', 'x');
  expect(calls.map(({ method }) => method)).toEqual(['write']);
});
