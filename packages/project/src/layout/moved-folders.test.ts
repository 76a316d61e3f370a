/** FP_CONFIG_DIR and FP_PIPELINES_DIR move the folders for everything that a project does. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';

const environment = { FP_CONFIG_DIR: 'settings/fp', FP_PIPELINES_DIR: 'src/flows' };
const files = {
  'settings/fp/project.yml': 'name: shop\n',
  'settings/fp/env/prod.yml': 'pipeline: { run: { inputs: { n: 5 } } }\n',
  'settings/fp/pipelines/a.yml': 'run: { inputs: { n: 2 }, additionalModules: [shared] }\n',
  'src/flows/a.ts': 'export const double = ({ one, n }: { one: number; n: number }) => one * n;\n',
  'src/flows/shared.ts': 'export const one = (): number => 1;\n',
  // Not a part of it now.
  'pipelines/b.ts': 'export const b = () => 1;\n',
};
let root: string;
const projects: FlowerPowerProject[] = [];
const load = async (...args: Parameters<typeof FlowerPowerProject.load>) => {
  const project = await FlowerPowerProject.load(...args);
  projects.push(project);
  return project;
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flowerpower-moved-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
});
afterEach(async () => {
  for (const project of projects.splice(0)) await project.close();
  rmSync(root, { recursive: true, force: true });
});

it('a project runs, with overlays and further modules', async () => {
  const project = await load(root, { environment, env: 'prod' });
  expect((await project.run('a')).outputs).toEqual({ double: 5 });
  expect((await project.pipelineManager.list()).map(({ name }) => name)).toEqual(['a']);
});

it('a pipeline is made, checked for, exported and deleted there', async () => {
  const project = await load(root, { environment });
  const { written } = await project.pipelineManager.create('fresh.one');
  expect(written).toEqual(['src/flows/fresh/one.ts', 'settings/fp/pipelines/fresh/one.yml']);
  expect((await project.run('fresh.one')).outputs).toHaveProperty('summary');
  const other = join(root, 'other');
  mkdirSync(join(other, 'settings/fp'), { recursive: true });
  writeFileSync(join(other, 'settings/fp/project.yml'), '');
  await project.pipelineManager.exportPipeline('fresh.one', other);
  expect(existsSync(join(other, 'src/flows/fresh/one.ts'))).toBe(true);
  await project.pipelineManager.delete('fresh.one', { module: true });
  expect(readdirSync(join(root, 'src/flows/fresh'))).toEqual([]);
});

it('nothing that runs writes there', async () => {
  writeFileSync(
    join(root, 'settings/fp/pipelines/a.yml'),
    'io: { save: { double: { type: json, path: settings/fp/x.json } } }\nrun: { inputs: { n: 2 }, additionalModules: [shared] }\n',
  );
  const project = await load(root, { environment });
  await expect(project.run('a')).rejects.toMatchObject({ code: 'FP_FS_PROTECTED' });
});

it('a project elsewhere has them, too', async () => {
  const fs = createMemoryFileSystem({ name: 'shop' });
  for (const [path, text] of Object.entries(files)) await fs.write(path, text);
  const project = await load('memory://shop', {
    environment: { ...environment, FP_CACHE_DIR: join(root, 'cache') },
    fs,
  });
  expect((await project.run('a')).outputs).toEqual({ double: 2 });
});

it('without the variables the project is not there', async () => {
  await expect(load(root, { environment: {} })).rejects.toMatchObject({ code: 'FP_PROJECT_NOT_FOUND' });
});
