/** Runs the example of the README, and holds its YAML to the options. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { parseOptions } from '@flowerpower/io';
import { expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { parquetLoader } from './parquet-loader.js';
import { parquetSaver } from './parquet-saver.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the example prints what the README says', async () => {
  const [, code, output] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(readme)!;
  const sources: Record<string, string> = {
    'plugin-parquet': new URL('index.ts', import.meta.url).href,
    fs: new URL('../../../packages/fs/src/index.ts', import.meta.url).href,
    io: new URL('../../../packages/io/src/index.ts', import.meta.url).href,
  };
  const folder = await mkdtemp(join(tmpdir(), 'flowerpower-readme-'));
  const printed: string[] = [];
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((...values) => void printed.push(formatWithOptions({}, ...(values as [unknown]))));
  try {
    const file = join(folder, 'example.ts');
    await writeFile(
      file,
      code!.replaceAll(/'@flowerpower\/([\w-]+)'/g, (_, name: string) => JSON.stringify(sources[name])),
    );
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
  expect(`${printed.join('\n')}\n`).toBe(output);
});

test('the entries of the YAML are valid', () => {
  const [, text] = /```yaml\n(io:.*?)```/s.exec(readme)!;
  const { io } = parse(text!) as { io: { load: { sales: object }; save: { totals: object } } };
  const { type: loaded, ...load } = io.load.sales as { type: string };
  const { type: saved, ...save } = io.save.totals as { type: string };
  expect([loaded, saved]).toEqual([parquetLoader.type, parquetSaver.type]);
  expect(parseOptions(parquetLoader, load)).toMatchObject(load);
  expect(parseOptions(parquetSaver, save)).toMatchObject(save);
});
