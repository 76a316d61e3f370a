/** The suites that FlowerPower's own formats and filesystems pass, and what no suite can know of ours. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { fileSystemContract } from '@flowerpower/fs/testing';
import { parseOptions } from '@flowerpower/io';
import { loaderContract, saverContract } from '@flowerpower/io/testing';
import { describe, expect, test } from 'vitest';
import { fixedWidthLoader, fixedWidthSaver, legacyError, zipFileSystem } from '../src/index.js';

const options = {
  columns: [
    { name: 'account', width: 6 },
    { name: 'amount', width: 8, align: 'right' },
  ],
};
const rows = [
  { account: 'A-17', amount: '12.50' },
  { account: 'B-9', amount: '' },
];
const content = 'A-17     12.50\nB-9           \n';

for (const as of ['records', 'batches']) {
  loaderContract(
    { describe, test },
    {
      name: `fixedWidth as ${as}`,
      loader: fixedWidthLoader,
      path: 'sample.dat',
      content,
      options: { ...options, as },
      expected: as === 'records' ? rows : [rows],
      malformed: `${content}A-17    1000000.50\n`,
    },
  );
}

saverContract(
  { describe, test },
  {
    saver: fixedWidthSaver,
    path: 'sample.dat',
    value: () => rows,
    options,
    expected: content,
    refused: [
      () => 'no table',
      () => [{ account: 'far too long', amount: '1' }],
      () => [{ account: 'A-17', amuont: '1' }],
      () => [{ account: 'A\n17' }],
      () => [{ account: ' A-17' }],
      () => [{ amount: Number.NaN }],
      () => [{ amount: new Date() }],
    ],
  },
);

const zip = (fs = createMemoryFileSystem()) =>
  zipFileSystem.create({ folder: 'archives' }, '2024', { resolve: (path) => ({ fs, path }) });
fileSystemContract({ describe, test }, { name: 'zip', create: async () => zip() });

test('a line that is too long is refused at its place, by an error of our own that no retry mends', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('may.dat', `${content}A-17    1000000.50\n`);
  const given = parseOptions(fixedWidthLoader, { ...options, path: 'may.dat' });
  const error: unknown = await fixedWidthLoader
    .load(given, { resolve: (path) => ({ fs, path }) })
    .catch((thrown: unknown) => thrown);
  expect(legacyError.is(error, 'LEGACY_LINE_TOO_LONG')).toBe(true);
  expect(error).toMatchObject({ places: [{ file: 'may.dat', line: 3 }], retryable: false });
});

test('an archive is one file beside others, and is read back by whoever opens it next', async () => {
  const fs = createMemoryFileSystem();
  await Promise.all(['a', 'b', 'c'].map((name) => zip(fs).write(`in/${name}.dat`, name.repeat(9))));
  const names = [];
  for await (const { path } of fs.list('', { recursive: true })) names.push(path);
  expect(names).toEqual(['archives/2024.zip']);
  expect(await zip(fs).readText('in/b.dat')).toBe('bbbbbbbbb');
});

/** Made by another program: a directory `in/`, and in it a deflated `a.txt`. */
const foreign =
  'UEsDBBQAAAAAAABgoVgAAAAAAAAAAAAAAAADAAAAaW4vUEsDBBQAAAAIAABgoVgAiFkLCwAAABgAAAAIAAAAaW4vYS50eHTLSM3JyVfIQCe5AFBLAQIUAxQAAAAAAABgoVgAAAAAAAAAAAAAAAADAAAAAAAAAAAAAACAAQAAAABpbi9QSwECFAMUAAAACAAAYKFYAIhZCwsAAAAYAAAACAAAAAAAAAAAAAAAgAEhAAAAaW4vYS50eHRQSwUGAAAAAAIAAgBnAAAAUgAAAAAA';

test('an archive of another program is read', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('archives/2024.zip', Buffer.from(foreign, 'base64'));
  expect(await zip(fs).readText('in/a.txt')).toBe('hello hello hello hello\n');
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, -30)],
  ['changed in the middle', (bytes: Buffer) => Buffer.from(bytes).fill(0, 72, 80)],
  ['no archive', () => Buffer.from('plain text that is long enough for the end of an archive')],
  ['empty', () => Buffer.alloc(0)],
])('an archive that is %s is an error of our own behind that of the filesystem', async (_name, damage) => {
  const fs = createMemoryFileSystem();
  await fs.write('archives/2024.zip', damage(Buffer.from(foreign, 'base64')));
  const error: unknown = await zip(fs)
    .read('in/a.txt')
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'FP_FS_UNKNOWN',
    retryable: false,
    hint: expect.stringContaining('pack it anew'),
  });
  expect(legacyError.is((error as Error).cause, 'LEGACY_ZIP')).toBe(true);
});
