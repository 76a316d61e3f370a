/** Runs the examples of docs/guide/adapters.md; each prints the text that follows it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const guide = await readFile(new URL('../../../../docs/guide/adapters.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
  ([, code, output], index) => ({
    name: `example ${index + 1}`,
    code: code!,
    output: output!,
  }),
);

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'flowerpower-guide-'));
});
afterAll(() => rm(directory, { recursive: true }));

const withoutTimes = (text: string) => text.replaceAll(/[\d.]+ ms/g, 'N ms');

test('every example has its output', () => {
  expect(examples).toHaveLength(guide.match(/```ts\n/g)!.length);
});

test.each(examples)('$name prints what the guide says', async ({ name, code, output }) => {
  const core = new URL('../index.js', import.meta.url).href.replace(/\.js$/, '.ts');
  const file = join(directory, `${name.replace(' ', '-')}.ts`);
  await writeFile(file, code.replaceAll("'@flowerpower/core'", JSON.stringify(core)));
  const printed: string[] = [];
  const log = vi
    .spyOn(console, 'log')
    .mockImplementation((...values) => void printed.push(formatWithOptions({}, ...(values as [unknown]))));
  try {
    await import(/* @vite-ignore */ pathToFileURL(file).href);
  } finally {
    log.mockRestore();
  }
  expect(withoutTimes(`${printed.join('\n')}\n`)).toBe(withoutTimes(output));
});
