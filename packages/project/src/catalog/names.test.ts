/** One rule for the names of pipelines, in every place where one stands. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject } from '../flowerpower-project.js';
import { findProjectRoot } from '../layout/find-project-root.js';

let root: string;
const opened: FlowerPowerProject[] = [];
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'flowerpower-names-'))));
afterEach(async () => {
  for (const project of opened.splice(0)) await project.close();
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries({ 'conf/project.yml': '', ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

async function load(env?: string): Promise<FlowerPowerProject> {
  const project = await FlowerPowerProject.load(root, { environment: {}, env });
  opened.push(project);
  return project;
}

const one = 'export const one = ({ x = 1 }: { x?: number }) => x;\n';

describe('a name with a dash', () => {
  test.each([
    ['conf/pipelines/my_pipeline.yml', 'name: my-pipeline\n'],
    ['conf/pipelines/my_pipeline.yml', ''],
    ['conf/pipelines/my-pipeline.yaml', ''],
    ['conf/pipelines/my-pipeline.yml', 'name: my_pipeline\n'],
    ['conf/pipelines/other.yml', 'name: my-pipeline\n'],
    ['conf/my_pipeline.yml', ''],
  ])('%s with %j is found under both spellings, with its configuration', async (file, name) => {
    write({ [file]: `${name}run: { inputs: { x: 7 } }\n`, 'pipelines/my_pipeline.ts': one });
    const project = await load();
    expect(await project.pipelineManager.list()).toHaveLength(1);
    for (const asked of ['my-pipeline', 'my_pipeline'])
      expect((await project.run(asked)).outputs).toEqual({ one: 7 });
  });

  test('is one name in the overlay too', async () => {
    write({
      'conf/pipelines/my_pipeline.yml': 'name: my-pipeline\n',
      'pipelines/my_pipeline.ts': one,
      'conf/env/prod.yml': 'pipelines: { my_pipeline: { run: { inputs: { x: 8 } } } }\n',
    });
    expect((await (await load('prod')).run('my-pipeline')).outputs).toEqual({ one: 8 });
    write({ 'conf/env/prod.yml': 'pipelines:\n  my_pipeline: {}\n  my-pipeline: {}\n' });
    await expect((await load('prod')).run('my-pipeline')).rejects.toMatchObject({
      code: 'FP_CONFIG_KEY_CONFLICT',
      places: [{ line: 3 }, { line: 2 }],
    });
  });

  test('is one name for an additional module, for runSync and for a new pipeline', async () => {
    write({
      'conf/pipelines/p.yml': 'run: { additionalModules: [my-shared] }\n',
      'pipelines/p.ts': 'export const two = ({ one }: { one: number }) => 2 * one;\n',
      'pipelines/my_shared.ts': one,
      'conf/pipelines/my-pipeline.yml': '',
      'pipelines/my-pipeline.ts': one,
    });
    const project = await load();
    expect((await project.run('p')).outputs).toEqual({ two: 2 });
    await project.pipelineManager.load('my-pipeline');
    expect(project.runSync('my_pipeline').outputs).toEqual({ one: 1 });
    await expect(project.pipelineManager.create('my_pipeline')).rejects.toMatchObject({
      code: 'FP_PIPELINE_EXISTS',
      message: expect.stringContaining('conf/pipelines/my-pipeline.yml'),
    });
    expect((await project.pipelineManager.create('new-one')).written).toEqual([
      'pipelines/new_one.ts',
      'conf/pipelines/new_one.yml',
    ]);
  });
});

describe('two files that claim one name', () => {
  test.each([
    [{ 'conf/pipelines/a.yml': 'name: p\n', 'conf/pipelines/p.yml': '' }],
    [{ 'conf/pipelines/p.yml': '', 'conf/pipelines/p.yaml': '' }],
    [{ 'conf/pipelines/p.yml': '', 'conf/p.yml': '' }],
    [{ 'conf/pipelines/a.yml': 'name: p-1\n', 'conf/pipelines/p_1.yml': '' }],
  ])('%j is an error that names both', async (files) => {
    write({ ...files, 'pipelines/p.ts': one, 'pipelines/p_1.ts': one, 'pipelines/fine.ts': one });
    const project = await load();
    const name = 'conf/pipelines/p_1.yml' in files ? 'p_1' : 'p';
    const places = Object.keys(files).map((file) => ({ file: expect.stringContaining(file) as string }));
    const error = { code: 'FP_PIPELINE_AMBIGUOUS', places: expect.arrayContaining(places) as unknown[] };
    await expect(project.run(name)).rejects.toMatchObject(error);
    await expect(project.pipelineManager.list()).rejects.toMatchObject(error);
    expect((await project.run('fine')).outputs).toEqual({ one: 1 });
  });

  test('modules in two spellings, two project files, two overlays', async () => {
    write({ 'conf/pipelines/my-p.yml': '', 'pipelines/my-p.ts': one, 'pipelines/my_p.ts': one });
    await expect((await load()).run('my-p')).rejects.toMatchObject({ code: 'FP_PIPELINE_AMBIGUOUS' });
    write({ 'conf/env/prod.yml': '', 'conf/env/prod.yaml': '' });
    await expect(load('prod')).rejects.toMatchObject({ code: 'FP_ENVIRONMENT_AMBIGUOUS' });
    write({ 'conf/project.yaml': '' });
    await expect(load()).rejects.toMatchObject({ code: 'FP_PROJECT_AMBIGUOUS' });
  });
});

test('conf/project.yaml makes a project as conf/project.yml does', async () => {
  write({ 'conf/project.yaml': 'name: shop\n', 'pipelines/p.ts': one });
  rmSync(join(root, 'conf/project.yml'));
  expect(findProjectRoot(join(root, 'pipelines'))).toBe(root);
  const project = await load();
  expect(project.name).toBe('shop');
  expect((await project.run('p')).outputs).toEqual({ one: 1 });
  await expect(FlowerPowerProject.new({ dir: root })).rejects.toMatchObject({ code: 'FP_PROJECT_EXISTS' });
});

test('list has every pipeline that run accepts', async () => {
  write({
    'conf/logging.yml': '',
    'conf/old.yml': '',
    'pipelines/old.ts': one,
    'pipelines/solo.ts': one,
    'pipelines/group/inner.mts': one,
    'pipelines/_private.ts': one,
    'pipelines/solo.test.ts': '',
    'pipelines/types.d.ts': '',
  });
  const project = await load();
  const listed = await project.pipelineManager.list();
  expect(listed).toEqual([
    { name: 'group.inner', file: 'pipelines/group/inner.mts', configured: false },
    { name: 'old', file: 'conf/old.yml', configured: true },
    { name: 'solo', file: 'pipelines/solo.ts', configured: false },
  ]);
  for (const { name } of listed) expect((await project.run(name)).outputs).toEqual({ one: 1 });
  await expect(project.run('logging')).rejects.toMatchObject({ code: 'FP_UNKNOWN_PIPELINE' });
});
