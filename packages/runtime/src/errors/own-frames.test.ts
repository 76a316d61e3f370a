import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isOwnFrame } from './own-frames.js';

const packages = fileURLToPath(new URL('../../../', import.meta.url));

test.each(readdirSync(packages))('the package %s, in this repository and installed', (name) => {
  const file = join(packages, name, 'dist', 'chunk-1.js');
  expect(isOwnFrame(`at run (${pathToFileURL(file).href}:1:2)`)).toBe(true);
  expect(isOwnFrame(`at ${file}:1:2`)).toBe(true);
  expect(isOwnFrame(`at run (file:///shop/node_modules/@flowerpower/${name}/dist/index.js:1:2)`)).toBe(true);
  // What is being written and tested is not.
  expect(isOwnFrame(`at run (${join(packages, name, 'src', 'index.ts')}:1:2)`)).toBe(false);
});

test('the package that asks may be known by a link to it', () => {
  const link = join(packages, 'cli', 'node_modules', '@flowerpower', 'runtime', 'package.json');
  const self = pathToFileURL(link.replace('package.json', 'src/index.ts')).href;
  expect(existsSync(link)).toBe(true);
  expect(isOwnFrame(`at run (${pathToFileURL(join(packages, 'cli/dist/x.js')).href}:1:2)`, self)).toBe(true);
});

describe('where the command is installed', () => {
  const self =
    'file:///shop/node_modules/.pnpm/@flowerpower+runtime@1/node_modules/@flowerpower/runtime/dist/index.js';
  test.each([
    [`at main (${self}:1:2)`, true],
    [
      'at run (file:///shop/node_modules/.pnpm/@flowerpower+io@1/node_modules/@flowerpower/io/dist/x.js:3:4)',
      true,
    ],
    ['at Command.parse (/shop/node_modules/commander/lib/command.js:1:2)', true],
    ['at process.processTicks (node:internal/process/task_queues:1:2)', true],
    ['at total (/shop/pipelines/prices.ts:1:2)', false],
    ['at sum (/shop/node_modules/lodash/dist/sum.js:1:2)', false],
    // A user's own packages may be called as ours are.
    ['at sum (/shop/packages/core/dist/sum.js:1:2)', false],
    ['at sum (/shop/flowerpower/dist/sum.js:1:2)', false],
  ])('%s', (frame, isOwn) => expect(isOwnFrame(frame, self)).toBe(isOwn));
});
