/** Runs the example of failures on purpose in the README of `@flowerpower/fs`. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runExample } from './run-example.js';

const fs = new URL('../../packages/fs/', import.meta.url);

test('the example of withFaults keeps what it asserts, and prints what it says', async () => {
  const readme = await readFile(new URL('README.md', fs), 'utf8');
  const [, code] = /### Failures on purpose.*?```ts\n(.*?)```/s.exec(readme)!;
  const printed = await runExample(code!, {
    '@flowerpower/fs': new URL('src/index.ts', fs).href,
    '@flowerpower/fs/testing': new URL('src/testing/index.ts', fs).href,
  });
  expect(printed).toBe('region\n');
});
