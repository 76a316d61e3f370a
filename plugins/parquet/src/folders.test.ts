/** Folders of Parquet files as one source, and their columns. */
import { createMemoryFileSystem } from '@flowerpower/fs';
import { parseOptions } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { loadRows } from './__fixtures__/golden.js';
import { parquetLoader } from './parquet-loader.js';
import { parquetSaver } from './parquet-saver.js';

const rows = [
  { year: 2024, region: 'north', id: 9007199254740993n, at: new Date(0) },
  { year: 2024, region: 'south', id: 2n, at: null },
  { year: 2025, region: 'north', id: 3n, at: new Date(1) },
];

async function savedFolder(options: object = {}) {
  const fs = createMemoryFileSystem();
  const context = { resolve: (path: string) => ({ fs, path }) };
  const parsed = parseOptions(parquetSaver, { path: 'sales/', by: ['year'], ...options });
  const metadata = await parquetSaver.save(rows, parsed, context);
  return { fs, context, metadata };
}

test('what is saved into folders comes back as one', async () => {
  const { fs, metadata } = await savedFolder();
  expect(metadata.rows).toBe(3);
  const paths: string[] = [];
  for await (const { path } of fs.glob('sales/**/*.parquet')) paths.push(path.replace(/part-.*/, '…'));
  expect(paths).toEqual(['sales/year=2024/…', 'sales/year=2025/…']);
  const loaded = await loadRows(fs, 'sales/', { int64: 'bigint' });
  expect(loaded).toEqual(rows.map(({ year, ...row }) => ({ ...row, year })));
});

test('of files that are columns of folders nothing but their footers is read', async () => {
  const { fs } = await savedFolder();
  expect(await loadRows(fs, 'sales/', { columns: ['year', 'region'] })).toEqual(
    rows.map(({ year, region }) => ({ year, region })),
  );
  expect(await loadRows(fs, 'sales/', { columns: ['year'] })).toEqual(rows.map(({ year }) => ({ year })));
});

test('a filter holds for every file of the folder', async () => {
  const { fs } = await savedFolder();
  expect(
    await loadRows(fs, 'sales/', { columns: ['id'], filter: { region: 'north', id: { gt: 3 } } }),
  ).toEqual([{ id: 9007199254740993n }]);
});

test('declared columns may be those of folders', async () => {
  const columns = { year: 'integer', id: 'bigint' };
  const { fs } = await savedFolder({ columns });
  expect(await loadRows(fs, 'sales/', { int64: 'string' })).toEqual(
    rows.map(({ year, id }) => ({ id: String(id), year })),
  );
});

test('a look tells the columns of files and folders', async () => {
  const { context } = await savedFolder();
  const look = await parquetLoader.look!(parseOptions(parquetLoader, { path: 'sales/' }), context);
  expect(look?.columns).toEqual(['region', 'id', 'at', 'year']);
});
