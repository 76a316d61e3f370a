/** What the compiler refuses, and JavaScript lets through: each call of a filesystem names the option that is wrong. */
import { describe, expect, test } from 'vitest';
import type { FileSystem } from '../contract/file-system.js';
import { createMemoryFileSystem } from '../memory/create-memory-file-system.js';
import { callOptions } from './call-options.js';
import { createFileSystem } from './create-file-system.js';

type Call = (fs: FileSystem, options: never) => unknown;

async function all(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

const calls: Readonly<Record<string, Call>> = {
  stat: (fs, options) => fs.stat('x', options),
  exists: (fs, options) => fs.exists('x', options),
  read: (fs, options) => fs.read('x', options),
  readRanges: (fs, options) => fs.readRanges('x', [{ start: 0, end: 1 }], options),
  readText: (fs, options) => fs.readText('x', options),
  createReadStream: async (fs, options) => (await fs.createReadStream('x', options)).destroy(),
  checksum: (fs, options) => fs.checksum('x', 'md5', options),
  write: (fs, options) => fs.write('y', 'y', options),
  openWrite: async (fs, options) => (await fs.openWrite('y', options)).abort(),
  append: (fs, options) => fs.append('x', 'y', options),
  list: (fs, options) => all(fs.list('', options)),
  glob: (fs, options) => all(fs.glob('*', options)),
  copy: (fs, options) => fs.copy('x', 'y', options),
  move: (fs, options) => fs.move('x', 'y', options),
  delete: (fs, options) => fs.delete('x', options),
  deleteDir: (fs, options) => fs.deleteDir('d', options),
  listUnfinished: (fs, options) => all(fs.listUnfinished('', options)),
  deleteUnfinished: (fs, options) => fs.deleteUnfinished('', options),
  ensureDir: (fs, options) => fs.ensureDir('d', options),
  signedUrl: (fs, options) => fs.signedUrl('x', options),
};

const withFile = async () => {
  const fs = createMemoryFileSystem();
  await fs.write('x', 'content');
  return fs;
};
const badOption = (message: string) => ({
  code: 'FP_FS_BAD_OPTION',
  message: expect.stringContaining(message),
});

test('every call is tried', () => {
  expect(Object.keys(calls).toSorted()).toEqual(Object.keys(callOptions).toSorted());
});

describe.each(Object.entries(calls))('%s', (op, call) => {
  test.each<[unknown, string]>([
    [null, 'The options must be an object, not null.'],
    [5, 'The options must be an object, not number.'],
    [{ sginal: undefined }, "There is no option 'sginal'"],
    ...Object.entries(callOptions[op]!).map(([name, [kind]]): [unknown, string] => [
      { [name]: Symbol('x') },
      `${name} must be ${kind}.`,
    ]),
  ])('%s', async (options, message) => {
    const fs = await withFile();
    await expect(async () => call(fs, options as never)).rejects.toMatchObject(
      badOption(`${op}: ${message}`),
    );
    expect(await fs.readText('x')).toBe('content');
  });

  // It has no URLs to sign.
  if (op === 'signedUrl') return;
  test('with a signal', async () => {
    await call(await withFile(), { signal: new AbortController().signal } as never);
  });
});

test.each<[string, Call]>([
  ['checksum: algorithm must be', (fs) => fs.checksum('x', 'sha1' as never)],
  ['checksum: algorithm must be', (fs) => fs.checksum('x', undefined as never)],
  ['readRanges: ranges must be a list', (fs) => fs.readRanges('x', null as never)],
  ['createFileSystem: The driver must be', () => createFileSystem(null as never)],
  ['createFileSystem: The driver must be', () => createFileSystem({} as never)],
])('%s', async (message, call) => {
  const fs = await withFile();
  await expect(async () => call(fs, {} as never)).rejects.toMatchObject(badOption(message));
});

test.each<[string, Call]>([
  ['a range', (fs) => fs.readRanges('x', [null as never])],
  ['data', (fs) => fs.write('y', null as never)],
  ['data of a number', (fs) => fs.write('y', 5 as never)],
  ['appended data', (fs) => fs.append('x', null as never)],
  ['a path', (fs) => fs.read(null as never)],
  ['a target', (fs) => fs.copy('x', undefined as never)],
  ['a folder', (fs) => fs.sub(5 as never)],
  ['a pattern', (fs) => all(fs.glob(null as never))],
  ['a place', (fs) => fs.uri(null as never)],
])('%s that is none is no bare TypeError', async (_, call) => {
  const fs = await withFile();
  await expect(async () => call(fs, {} as never)).rejects.toMatchObject({
    code: expect.stringMatching(/^FP_FS_/),
  });
});
