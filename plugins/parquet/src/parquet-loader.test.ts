import { createMemoryFileSystem, isFileSystemError } from '@flowerpower/fs';
import { parseOptions } from '@flowerpower/io';
import { loaderContract } from '@flowerpower/io/testing';
import { describe, expect, test } from 'vitest';
import { goldenFile, goldenFileSystem } from './__fixtures__/golden.js';
import { sampleRows } from './__fixtures__/sample.js';
import { parquetLoader } from './parquet-loader.js';

const content = await goldenFile('ours');
const sample = { loader: parquetLoader, path: 'a.parquet', content, malformed: content.subarray(0, -9) };

loaderContract({ describe, test }, { ...sample, expected: sampleRows });
loaderContract(
  { describe, test },
  {
    ...sample,
    name: 'parquet, batches',
    options: { as: 'batches', batchRows: 2 },
    expected: [sampleRows.slice(0, 2), sampleRows.slice(2)],
  },
);

const context = async (name: string) => {
  const fs = await goldenFileSystem(name);
  return { resolve: (path: string) => ({ fs, path }) };
};

test('batches end with their row group', async () => {
  const options = parseOptions(parquetLoader, { path: 'years.parquet', as: 'batches', batchRows: 3 });
  const { value } = await parquetLoader.load(options, await context('years'));
  const sizes: number[] = [];
  for await (const batch of value as AsyncIterable<unknown[]>) sizes.push(batch.length);
  expect(sizes).toEqual([3, 1, 3, 1, 3, 1]);
});

test('the facts tell the columns that were loaded; of a part of the file there is no digest', async () => {
  const load = async (given: object) => {
    const options = parseOptions(parquetLoader, { path: 'years.parquet', ...given });
    return (await parquetLoader.load(options, await context('years'))).metadata;
  };
  expect(await load({})).toMatchObject({ rows: 12, sha256: expect.stringMatching(/^[\da-f]{64}$/) });
  const part = await load({ columns: ['id', 'amount', 'at'], filter: { year: 2024 } });
  expect(part).toEqual({
    uri: 'memory:///years.parquet',
    format: 'parquet',
    bytes: content.byteLength > 0 ? (await goldenFile('years')).byteLength : 0,
    rows: 4,
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'amount', type: 'decimal' },
      { name: 'at', type: 'timestamp' },
    ],
  });
});

test('a look tells columns and types from the footer', async () => {
  const options = parseOptions(parquetLoader, {
    path: 'years.parquet',
    columns: ['region', 'id', 'at'],
    as: 'batches',
  });
  expect(await parquetLoader.look!(options, await context('years'))).toEqual({
    columns: ['region', 'id', 'at'],
    valueType:
      'AsyncIterable<OpenRecord<{ "region": string | null; "id": number | null; "at": Date | null }, never>[]>',
  });
  const wrong = parseOptions(parquetLoader, { path: 'years.parquet', columns: ['reigon'] });
  await expect(parquetLoader.look!(wrong, await context('years'))).rejects.toMatchObject({
    code: 'FP_IO_COLUMNS',
  });
});

test('a file that changes while it is read is an error', async () => {
  const fs = createMemoryFileSystem();
  await fs.write('a.parquet', await goldenFile('years'));
  const options = parseOptions(parquetLoader, { path: 'a.parquet', as: 'batches' });
  const { value } = await parquetLoader.load(options, { resolve: (path) => ({ fs, path }) });
  await fs.write('a.parquet', await goldenFile('zstd'));
  const read = async () => {
    for await (const batch of value as AsyncIterable<unknown[]>) expect(batch).toEqual([]);
  };
  const error: unknown = await read().catch((reason: unknown) => reason);
  expect(isFileSystemError(error, 'PreconditionFailed')).toBe(true);
});
