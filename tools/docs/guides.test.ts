/** Runs the examples of docs/guide; each prints the text that follows it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatWithOptions } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const guides = new URL('../../docs/guide/', import.meta.url);
const source = (name: string) => new URL(`../../packages/${name}/src/index.ts`, import.meta.url).href;

const pluginSource = (name: string) => new URL(`../../plugins/${name}/src/index.ts`, import.meta.url).href;

/** What authors of plugins write schemas with. */
const valibot = pathToFileURL(
  createRequire(new URL('../../packages/io/package.json', import.meta.url)).resolve('valibot'),
).href;

/** Pages whose examples are proved elsewhere, each by a test of its package. */
const others = [
  'command-line.md',
  'configuration.md',
  'data-quality.md',
  'first-hour.md',
  'from-flowerpower-python.md',
  'from-hamilton.md',
  'types.md',
];

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'flowerpower-guide-'));
});
afterAll(() => rm(directory, { recursive: true }));

const withoutTimes = (text: string) => text.replaceAll(/[\d.]+ ms/g, 'N ms');

for (const page of (await readdir(guides)).filter((name) => !others.includes(name))) {
  const text = await readFile(new URL(page, guides), 'utf8');
  const examples = [...text.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
    ([, code, output], index) => ({
      name: `example ${index + 1}`,
      code: code!,
      output: output!,
    }),
  );

  describe(page, () => {
    test('has examples, and every one has its output', () => {
      expect(examples.length).toBeGreaterThan(0);
      expect(examples).toHaveLength(text.match(/```ts\n/g)!.length);
    });

    test.each(examples)('$name prints what the guide says', async ({ name, code, output }) => {
      const file = join(directory, `${page}-${name.replace(' ', '-')}.ts`);
      await writeFile(
        file,
        code
          .replaceAll(/'@flowerpower\/plugin-([a-z]+)'/g, (_, name) => JSON.stringify(pluginSource(name)))
          .replaceAll(/'@flowerpower\/([a-z]+)'/g, (_, name) => JSON.stringify(source(name)))
          .replaceAll("'valibot'", JSON.stringify(valibot)),
      );
      const printed: string[] = [];
      const log = vi
        .spyOn(console, 'log')
        .mockImplementation(
          (...values) => void printed.push(formatWithOptions({}, ...(values as [unknown]))),
        );
      try {
        await import(/* @vite-ignore */ pathToFileURL(file).href);
      } finally {
        log.mockRestore();
      }
      expect(withoutTimes(`${printed.join('\n')}\n`)).toBe(withoutTimes(output));
    });
  });
}
