/** Runs the example of failures on purpose in the README of `@flowerpower/fs`. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';

const fs = new URL('../../packages/fs/', import.meta.url);
const sources: Readonly<Record<string, string>> = {
  '@flowerpower/fs': new URL('src/index.ts', fs).href,
  '@flowerpower/fs/testing': new URL('src/testing/index.ts', fs).href,
};

let directory: string | undefined;
afterEach(async () => {
  if (directory !== undefined) await rm(directory, { recursive: true });
});

test('the example of withFaults keeps what it asserts, and prints what it says', async () => {
  directory = await mkdtemp(join(tmpdir(), 'flowerpower-readme-'));
  const readme = await readFile(new URL('README.md', fs), 'utf8');
  const [, code] = /### Failures on purpose.*?```ts\n(.*?)```/s.exec(readme)!;
  const file = join(directory, 'example.ts');
  await writeFile(
    file,
    code!.replaceAll(/'(@flowerpower\/[a-z/]+)'/g, (_, name: string) => JSON.stringify(sources[name])),
  );
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
    expect(log.mock.calls).toEqual([['region']]);
  } finally {
    log.mockRestore();
  }
});
