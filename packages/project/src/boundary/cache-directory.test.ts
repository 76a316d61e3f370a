/** A cache in a folder that is somebody else's, whose files its `.gitignore` then hid from git. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isFlowerPowerError } from '@flowerpower/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FlowerPowerProject } from '../index.js';

let base: string;
let root: string;
const open: FlowerPowerProject[] = [];

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-cache-dir-')));
  root = join(base, 'project');
  write({
    'conf/project.yml': 'name: p\nallowOutside: [../shared]\n',
    'pipelines/p.js': 'export const a = () => 1;\n',
    'package.json': '{}',
    'data/sales.csv': 'a\n1\n',
    '.git/HEAD': 'ref',
    '.flowerpower/check/x.mts': '',
    'node_modules/pkg/package.json': '{}',
    '../shared/theirs.txt': 'text',
  });
  symlinkSync(join(root, 'conf'), join(root, 'link'));
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(base, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

async function load(dir: string): Promise<FlowerPowerProject> {
  write({ 'conf/pipelines/p.yml': `run:\n  cache:\n    dir: ${JSON.stringify(dir)}\n` });
  const project = await FlowerPowerProject.load(root, { environment: {} });
  open.push(project);
  return project;
}

/** Without the modules that were transformed to be imported. */
const filesOf = () =>
  readdirSync(base, { recursive: true })
    .map(String)
    .filter((path) => !path.includes('node_modules/.cache'))
    .sort();

test.each<[dir: string, code: string, says: string]>([
  ['conf', 'FP_FS_PROTECTED', "'conf' is a part of the project itself"],
  ['Conf/pipelines', 'FP_FS_PROTECTED', "'conf' is a part of the project itself"],
  ['link/x', 'FP_FS_PROTECTED', "'conf' is a part of the project itself"],
  ['pipelines', 'FP_FS_PROTECTED', "'pipelines' is a part of the project itself"],
  ['.git', 'FP_FS_PROTECTED', "'.git' is a part of the project itself"],
  ['.git/cache', 'FP_FS_PROTECTED', "'.git' is a part of the project itself"],
  ['package.json', 'FP_FS_PROTECTED', "'package.json' is a part of the project itself"],
  ['.flowerpower', 'FP_FS_PROTECTED', "'.flowerpower' is a part of the project itself"],
  ['node_modules', 'FP_FS_PROTECTED', "'node_modules' is a part of the project itself"],
  ['node_modules/pkg', 'FP_CACHE_DIRECTORY', "holds something else: 'package.json'"],
  ['data', 'FP_CACHE_DIRECTORY', "holds something else: 'sales.csv'"],
  ['data/sales.csv', 'FP_CACHE_DIRECTORY', 'is not a folder'],
  ['.', 'FP_CACHE_DIRECTORY', "holds something else: '.flowerpower'"],
  ['../shared', 'FP_CACHE_DIRECTORY', "holds something else: 'theirs.txt'"],
])('%s is refused before anything runs, in run, check and the list of caches', async (dir, code, says) => {
  const project = await load(dir);
  const before = filesOf();
  for (const use of [
    () => project.run('p'),
    () => project.pipelineManager.check('p'),
    () => project.pipelineManager.caches(),
  ]) {
    const error = await use().catch((thrown: unknown) => thrown);
    if (!isFlowerPowerError(error)) throw new Error(`It was not refused: ${dir}`);
    expect(error).toMatchObject({
      code,
      places: [{ file: expect.stringContaining('conf/pipelines/p.yml') as string, line: 3 }],
    });
    expect(error.message).toContain('run.cache.dir');
    expect(error.message).toContain(says);
  }
  expect(filesOf()).toEqual(before);
});

test.each(['.flowerpower/cache', 'node_modules/.cache/values', 'kept', '../shared/cache', 'data/cache'])(
  'a new folder may hold a cache, which is told from git, and is known again: %s',
  async (dir) => {
    for (const cached of [undefined, true]) {
      const project = await load(dir);
      const { nodes } = await project.run('p');
      expect(nodes['a']?.cached).toBe(cached);
      expect(readdirSync(join(root, dir)).sort()).toEqual(['.gitignore', 'keys', 'last', 'locks']);
    }
  },
);

test('an empty folder may hold a cache, but was not made for it, so nothing in it is hidden from git', async () => {
  mkdirSync(join(root, 'output'));
  const project = await load('output');
  for (const cached of [undefined, true]) expect((await project.run('p')).nodes['a']?.cached).toBe(cached);
  expect(existsSync(join(root, 'output/.gitignore'))).toBe(false);
});

test('the folder that allowOutside names may be the cache itself', async () => {
  rmSync(join(root, '../shared/theirs.txt'));
  const project = await load('../shared');
  for (const cached of [undefined, true]) expect((await project.run('p')).nodes['a']?.cached).toBe(cached);
});
