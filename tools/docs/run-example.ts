/** Runs an example as a reader would copy it, on the sources of this repository. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { vi } from 'vitest';

/**
 * @param sources - by the name of a package as the example imports it, the URL of its source.
 * @returns what it printed by `console.log`, a line for each call.
 */
export async function runExample(code: string, sources: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flowerpower-example-'));
  const printed: string[] = [];
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation(
      (...values) => void printed.push(`${formatWithOptions({}, ...(values as [unknown]))}\n`),
    );
  try {
    const file = join(folder, 'example.ts');
    await writeFile(
      file,
      code.replaceAll(/'(@flowerpower\/[\w/-]+)'/g, (_, name: string) => JSON.stringify(sources[name])),
    );
    await import(/* @vite-ignore */ pathToFileURL(file).href);
    return printed.join('');
  } finally {
    log.mockRestore();
    await rm(folder, { recursive: true });
  }
}
