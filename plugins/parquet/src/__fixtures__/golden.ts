/** Files of another writer (see make_golden.py), loaded from memory. */
import { readFile } from 'node:fs/promises';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { parseOptions, type Row } from '@flowerpower/io';
import { parquetLoader } from '../parquet-loader.js';

export async function goldenFile(name: string): Promise<Uint8Array> {
  return readFile(new URL(`golden/${name}.parquet`, import.meta.url));
}

export async function goldenFileSystem(name: string): Promise<FileSystem> {
  const fs = createMemoryFileSystem();
  await fs.write(`${name}.parquet`, await goldenFile(name));
  return fs;
}

export async function loadRows(fs: FileSystem, path: string, options: object = {}): Promise<Row[]> {
  const parsed = parseOptions(parquetLoader, { ...options, path });
  const { value } = await parquetLoader.load(parsed, { resolve: (given) => ({ fs, path: given }) });
  if (Array.isArray(value)) return value;
  const rows: Row[] = [];
  for await (const batch of value) rows.push(...batch);
  return rows;
}

export async function loadGolden(name: string, options: object = {}): Promise<Row[]> {
  return loadRows(await goldenFileSystem(name), `${name}.parquet`, options);
}
