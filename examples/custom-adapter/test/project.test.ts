/** The project beside the package uses it as any project uses a plugin: by its name, from what was built. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalFileSystem } from '@flowerpower/fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zipFileSystem } from '../src/index.js';

const project = join(import.meta.dirname, '..', 'project');
const bin = join(import.meta.dirname, '..', '..', '..', 'packages', 'cli', 'bin.mjs');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-legacy-'));
  for (const part of ['conf', 'pipelines', 'data', 'package.json', 'tsconfig.json', 'plugins.d.ts']) {
    cpSync(join(project, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(project, 'node_modules'), join(root, 'node_modules'), 'junction');
});
afterEach(() => rmSync(root, { recursive: true }));

function flowerpower(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const archive = (name: string) =>
  zipFileSystem.create({ folder: 'data' }, name, {
    resolve: (path) => ({ fs: createLocalFileSystem({ root }), path }),
  });

test('it loads from one archive, by YAML and in code, and saves into another', async () => {
  expect(flowerpower('pipeline', 'run', 'totals', '--json')).toMatchObject({ status: 0 });
  expect(await archive('results').readText('totals.dat')).toBe(
    'North           129.95\nSouth          1075.50\n',
  );
});

test('the types of what the plugin loads and saves are judged', () => {
  expect(flowerpower('check')).toMatchObject({ status: 0 });
  const module = join(root, 'pipelines', 'totals.ts');
  const code = readFileSync(module, 'utf8');
  writeFileSync(
    module,
    code
      .replace('readonly amount: string', 'readonly amount: Date')
      .replace('Number(amount)', 'amount.getTime()'),
  );
  expect(flowerpower('check')).toMatchObject({ status: 1, stderr: expect.stringMatching(/amount/) });
  writeFileSync(module, code.replace('width: 4', 'wdith: 4'));
  expect(flowerpower('check')).toMatchObject({
    status: expect.toSatisfy((code) => code !== 0),
    stderr: expect.stringContaining('wdith'),
  });
});

test('what is mistyped in YAML is found before anything runs, with the nearest name', () => {
  const file = join(root, 'conf', 'pipelines', 'totals.yml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('columns:', 'colums:'));
  expect(flowerpower('check')).toMatchObject({
    status: expect.toSatisfy((code) => code !== 0),
    stderr: expect.stringContaining("fixedWidth has no option 'colums'. Did you mean 'columns'?"),
  });
});

test('an error of the plugin tells code, hint and place, to people and to programs', async () => {
  await archive('may').write('payments.dat', 'A-1041  N       120.00\nA-1042  S        75.50 EUR\n');
  const human = flowerpower('pipeline', 'run', 'totals');
  expect(human).toMatchObject({ status: 1 });
  for (const part of ['LEGACY_LINE_TOO_LONG', 'line 2', 'payments.dat:2', 'Compare the widths'])
    expect(human.stderr).toContain(part);
  const machine = flowerpower('pipeline', 'run', 'totals', '--json');
  expect(machine).toMatchObject({ status: 1 });
  expect(JSON.parse(machine.stdout)).toMatchObject({
    error: {
      code: 'FP_NODE_FAILED',
      causes: [
        {
          code: 'LEGACY_LINE_TOO_LONG',
          hint: 'Compare the widths of the columns with the description of the file.',
          places: [{ line: 2, column: 23 }],
        },
      ],
    },
  });
});
