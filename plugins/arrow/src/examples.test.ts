/** Runs the example of the README, and holds its YAML to the options. */
import { readFile } from 'node:fs/promises';
import { parseOptions } from '@flowerpower/io';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { runExample } from '../../../tools/docs/run-example.js';
import { arrowLoader } from './arrow-loader.js';
import { arrowSaver } from './arrow-saver.js';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');

test('the example prints what the README says', async () => {
  const [, code, output] = /```ts\n(.*?)```\n\n```text\n(.*?)```/s.exec(readme)!;
  const printed = await runExample(code!, {
    '@flowerpower/plugin-arrow': new URL('index.ts', import.meta.url).href,
    '@flowerpower/fs': new URL('../../../packages/fs/src/index.ts', import.meta.url).href,
    '@flowerpower/io': new URL('../../../packages/io/src/index.ts', import.meta.url).href,
  });
  expect(printed).toBe(output);
});

test('the entries of the YAML are valid', () => {
  const [, text] = /```yaml\n(io:.*?)```/s.exec(readme)!;
  const { io } = parse(text!) as { io: { load: { sales: object }; save: { totals: object } } };
  const { type: loaded, ...load } = io.load.sales as { type: string };
  const { type: saved, ...save } = io.save.totals as { type: string };
  expect([loaded, saved]).toEqual([arrowLoader.type, arrowSaver.type]);
  expect(parseOptions(arrowLoader, load)).toMatchObject(load);
  expect(parseOptions(arrowSaver, save)).toMatchObject(save);
});
