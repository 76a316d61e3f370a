/** Everything happens in one temporary folder: the project is `shop` in it, `outside` what it must not reach. */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let folder: TempProject;
let shop: string;
let outside: string;

beforeEach(() => {
  folder = createTempProject({
    'shop/conf/project.yml': 'name: shop\n',
    'shop/conf/pipelines/p.yml': 'io: { save: { a: { type: json, path: ../outside/a.json } } }\n',
    'shop/pipelines/p.js': 'export const a = () => { console.error("ran"); return 1; };\n',
  });
  shop = join(folder.root, 'shop');
  outside = join(folder.root, 'outside');
  mkdirSync(outside);
});
afterEach(() => folder.remove());

const flowerpower = (args: readonly string[], cwd = shop) => folder.flowerpower(args, { cwd });

test('a saver outside of the project is refused with its place, its real path and the line that allows it', async () => {
  for (const command of [
    ['pipeline', 'run', 'p'],
    ['check', 'p'],
  ]) {
    const { status, stderr } = await flowerpower(command);
    expect(status).toBe(2);
    expect(stderr).toContain('FP_FS_OUTSIDE_ROOT');
    expect(stderr).toContain(`understood as ${outside}/a.json`);
    expect(stderr).toContain('conf/pipelines/p.yml:1:38');
    expect(stderr).toContain(`allowOutside: [${outside}]`);
    expect(stderr).not.toContain('ran');
  }
  expect(readdirSync(outside)).toEqual([]);
});

describe('--allow-outside', () => {
  test('opens a folder, relative to the working folder, for every command', async () => {
    expect(await flowerpower(['pipeline', 'run', 'p', '--allow-outside', '../outside'])).toMatchObject({
      status: 0,
    });
    expect(readdirSync(outside)).toEqual(['a.json']);
    const fromAbove = [
      'pipeline',
      'run',
      'p',
      '-d',
      'shop',
      '--allow-outside',
      'nothing',
      '--allow-outside',
      'outside',
    ];
    expect(await flowerpower(fromAbove, folder.root)).toMatchObject({ status: 0 });
    const doctor = await flowerpower(['doctor', '--allow-outside', outside]);
    expect(doctor.stdout).toMatch(/✓ pipeline p/);
  });

  test('refuses what is not a folder', async () => {
    const { status, stderr } = await flowerpower(['pipeline', 'run', 'p', '--allow-outside', '~/x']);
    expect(status).toBe(2);
    expect(stderr).toContain('home folder');
  });
});

test('pictures stay in the project, wherever the command is typed', async () => {
  symlinkSync('../outside', join(shop, 'out'));
  const refused: [string[], string?][] = [
    [['-p', join(outside, 'p.svg')]],
    [['-p', '../outside/p.svg']],
    [['-p', 'out/p.svg']],
    [['-p', `FILE://${outside}/p.svg`]],
    [['-d', 'shop'], folder.root],
    [['-d', 'shop', '-p', 'outside/p.svg'], folder.root],
  ];
  for (const [args, cwd] of refused) {
    const { status, stderr } = await flowerpower(
      ['pipeline', 'save-dag', 'p', '--allow-outside', join(shop, 'x'), ...args],
      cwd,
    );
    expect([status, stderr], args.join(' ')).toEqual([2, expect.stringContaining('FP_FS_OUTSIDE_ROOT')]);
  }
  expect(readdirSync(outside)).toEqual([]);
  const allowed = ['pipeline', 'save-dag', 'p', '-p', '../outside/p.svg', '--allow-outside', '../outside'];
  expect(await flowerpower(allowed)).toMatchObject({
    status: 0,
    stdout: "Saved the graph of 'p' to ../outside/p.svg\n",
  });
  expect(readdirSync(outside)).toEqual(['p.svg']);
});

test('init and --base-dir take folders that can be told', async () => {
  for (const dir of ['~/new', 'a\\new', 'C:new', 'file:new']) {
    expect(await flowerpower(['init', dir], folder.root), dir).toMatchObject({ status: 2 });
    expect(await flowerpower(['doctor', '-d', dir], folder.root), dir).toMatchObject({ status: 2 });
  }
  expect(readdirSync(folder.root).sort()).toEqual(['node_modules', 'outside', 'shop']);
});

test.each([
  ['cache', 'ls'],
  ['cache', 'prune'],
])('%s %s names the setting and the line of a cache outside of the project', async (...command) => {
  folder.write({
    'shop/conf/pipelines/p.yml': 'run:\n  cache:\n    dir: ../outside/cache\n',
    'shop/conf/pipelines/q.yml': 'run: { cache: { dir: /elsewhere } }\n',
  });
  const { status, stderr } = await flowerpower(command);
  expect(status).toBe(2);
  expect(stderr).toContain("FP_FS_OUTSIDE_ROOT run.cache.dir of the pipeline 'p': ");
  expect(stderr).toContain("run.cache.dir of the pipeline 'q': ");
  expect(stderr).toContain('at    conf/pipelines/p.yml:3:10');
  expect(stderr).toContain('at    conf/pipelines/q.yml:1:22');
});

test('doctor says the same, and goes on', async () => {
  folder.write({ 'shop/conf/pipelines/p.yml': 'run:\n  cache:\n    dir: ../outside/cache\n' });
  const { status, stdout, stderr } = await flowerpower(['doctor']);
  expect(status).toBe(2);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/✗ cache .*FP_FS_OUTSIDE_ROOT run\.cache\.dir of the pipeline 'p'/);
  expect(stdout).toContain('conf/pipelines/p.yml:3:10');
  expect(stdout).toContain('png pictures');
});

test('an environment is a name and no path', async () => {
  const { status, stderr } = await flowerpower(['check', '--env', '../x']);
  expect(status).toBe(2);
  expect(stderr).toContain('error FP_ENVIRONMENT_NAME "../x" is not the name of an environment');
});
