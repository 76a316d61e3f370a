/** The rule that imports point down is itself tested: files that break it, in the right place, must be refused. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let temp: string;

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 'flowerpower-imports-'));
});
afterEach(() => rmSync(temp, { recursive: true, force: true }));

/** What the repository's lint configuration says of one file at that place. */
function lint(file: string, content: string): string {
  const path = join(temp, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const bin = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  // The configuration's patterns are relative to the folder that holds it.
  cpSync(join(root, '.oxlintrc.json'), join(temp, '.oxlintrc.json'));
  return spawnSync(process.execPath, [bin, '--format', 'unix', '.'], { cwd: temp, encoding: 'utf8' }).stdout;
}

test.each([
  ['core', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;"],
  ['core', "export { a } from '@flowerpower/fs';"],
  ['fs', "export { a } from '@flowerpower/core';"],
  ['yaml', "export { a } from '@flowerpower/core';"],
  ['core', "export { a } from '@flowerpower/yaml';"],
  ['io', "export { a } from '@flowerpower/config';"],
  ['io', "export { a } from '@flowerpower/runtime';"],
  ['plugin', "export { a } from '@flowerpower/runtime';"],
  ['runtime', "export { a } from '@flowerpower/config';"],
  ['visualize', "export { a } from '@flowerpower/project';"],
  ['project', "export { a } from 'flowerpower';"],
  ['runtime', "export { a } from '@flowerpower/project/testing';"],
])('packages/%s may not hold %j', (name, content) => {
  expect(lint(`packages/${name}/src/a.ts`, content)).toContain('no-restricted-imports');
});

test.each(['@flowerpower/runtime', '@flowerpower/config', '@flowerpower/project', 'flowerpower'])(
  'plugins/s3 may not import %s',
  (name) => {
    expect(lint('plugins/s3/src/a.ts', `export { a } from '${name}';`)).toContain('no-restricted-imports');
  },
);

test.each(['opentelemetry', 'openlineage', 'mlflow'])(
  'plugins/%s may import the types of events, and nothing above them',
  (plugin) => {
    const file = `plugins/${plugin}/src/a.ts`;
    const said = (name: string) => lint(file, `export { a } from '${name}';`);
    expect(said('@flowerpower/runtime')).not.toContain('no-restricted-imports');
    expect(said('@flowerpower/config')).toContain('no-restricted-imports');
    expect(said('flowerpower')).toContain('no-restricted-imports');
  },
);

test.each(['@flowerpower/plugin', '@flowerpower/fs', '@flowerpower/io'])(
  'plugins/s3 may import %s',
  (name) => {
    expect(lint('plugins/s3/src/a.ts', `export { a } from '${name}';`)).not.toContain(
      'no-restricted-imports',
    );
  },
);

test.each([
  ['project', "export { a } from '@flowerpower/runtime';"],
  ['runtime', "export { a } from '@flowerpower/plugin';"],
  ['io', "export { a } from '@flowerpower/fs/testing';"],
  ['io', "export { a } from '@flowerpower/yaml';"],
  ['cli', "export { a } from '@flowerpower/core';"],
])('packages/%s may hold %j', (name, content) => {
  expect(lint(`packages/${name}/src/a.ts`, content)).not.toContain('no-restricted-imports');
});
