import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cacheVersion } from './cache-version.js';

test('names the transformer that is installed, pinned to one version', () => {
  const require = createRequire(import.meta.url);
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const installed = read(join(dirname(require.resolve('oxc-transform')), 'package.json'))[
    'version'
  ] as string;
  const { dependencies } = read(new URL('../../package.json', import.meta.url).pathname) as {
    dependencies: Record<string, string>;
  };
  expect(cacheVersion.transformer).toBe(`oxc-transform@${installed}`);
  for (const name of ['oxc-transform', 'oxc-parser', '@oxc-project/runtime']) {
    expect(dependencies[name], name).toBe(installed);
  }
  // The names of its cache entries are relied upon.
  expect(dependencies['get-tsconfig']).toMatch(/^\d+\.\d+\.\d+$/);
});
