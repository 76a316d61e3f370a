/** Files of another writer (see make_golden.py), loaded from memory. */
import { readFile } from 'node:fs/promises';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { parseOptions, type Row } from '@flowerpower/io';
import { arrowLoader } from '../arrow-loader.js';

export async function goldenFile(name: string): Promise<Uint8Array> {
  return readFile(new URL(`golden/${name}`, import.meta.url));
}

export async function loadFrom(fs: FileSystem, path: string, options: object = {}): Promise<unknown> {
  const parsed = parseOptions(arrowLoader, { ...options, path });
  const { value } = await arrowLoader.load(parsed, { resolve: (given) => ({ fs, path: given }) });
  if (!(Symbol.asyncIterator in value)) return value;
  const rows: Row[] = [];
  for await (const batch of value) rows.push(...batch);
  return rows;
}

export async function loadBytes(content: Uint8Array, options: object = {}): Promise<unknown> {
  const fs = createMemoryFileSystem();
  await fs.write('a.arrow', content);
  return loadFrom(fs, 'a.arrow', options);
}

export async function loadGolden(name: string, options: object = {}): Promise<Row[]> {
  return (await loadBytes(await goldenFile(name), options)) as Row[];
}
