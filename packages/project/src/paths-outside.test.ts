/** Everything happens below one temporary folder: `project` in it is the project, `outside` what it must not reach. */
import {
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
import { pathToFileURL } from 'node:url';
import { isFlowerPowerError } from '@flowerpower/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions, newProject } from './index.js';

let base: string;
let root: string;
let outside: string;
const open: FlowerPowerProject[] = [];

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'fp-project-paths-')));
  root = join(base, 'project');
  outside = join(base, 'outside');
  write(outside, { 'in.txt': 'text' });
  write(root, {
    'conf/project.yml': 'name: p\n',
    'conf/pipelines/p.yml': '',
    'pipelines/p.js': 'export const a = () => 1;\n',
  });
});
afterEach(async () => {
  for (const project of open.splice(0)) await project.close();
  rmSync(base, { recursive: true, force: true });
});

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

async function load(options: LoadProjectOptions = {}): Promise<FlowerPowerProject> {
  const project = await FlowerPowerProject.load(root, { environment: {}, ...options });
  open.push(project);
  return project;
}

async function refusal(run: () => Promise<unknown>) {
  const error = await run().then(
    () => new Error('It was not refused.'),
    (error: unknown) => error,
  );
  if (!isFlowerPowerError(error)) throw error;
  return error;
}

const untouched = () => expect(readdirSync(outside)).toEqual(['in.txt']);

test('loads, saves and the cache are refused together, each with its place in the YAML file', async () => {
  write(root, {
    'conf/pipelines/p.yml': `run:
  cache: { dir: ../cache }
io:
  load:
    x: { type: text, path: ${join(outside, 'in.txt')} }
  save:
    a: { type: json, path: 'FILE://${outside}/a.json' }
`,
  });
  const project = await load();
  const at = (line: number, column: number) => [{ file: 'conf/pipelines/p.yml', line, column }];
  for (const start of [
    () => project.run('p'),
    () => project.pipelineManager.load('p'),
    () => project.pipelineManager.check('p'),
  ]) {
    expect(await refusal(start)).toMatchObject({
      code: 'FP_INVALID_PIPELINE',
      problems: [
        {
          code: 'FP_FS_OUTSIDE_ROOT',
          places: at(5, 28),
          message: expect.stringContaining(`${outside}/in.txt`),
        },
        {
          code: 'FP_FS_OUTSIDE_ROOT',
          places: at(7, 28),
          message: expect.stringContaining(`understood as ${outside}/a.json`),
        },
        {
          code: 'FP_FS_OUTSIDE_ROOT',
          places: at(2, 17),
          hint: expect.stringContaining(`allowOutside: [${base}/cache]`),
        },
      ],
    });
  }
  untouched();
});

describe('allowOutside', () => {
  const yaml = `io: { load: { x: { type: text, path: ../outside/in.txt } }, save: { x: { type: text, path: ../outside/new/x.txt } } }\n`;

  test('in conf/project.yml opens its folders', async () => {
    write(root, { 'conf/project.yml': 'allow_outside: [../outside]\n', 'conf/pipelines/p.yml': yaml });
    await (await load()).run('p');
    expect(readdirSync(join(outside, 'new'))).toEqual(['x.txt']);
  });

  test('as an option opens its folders, besides those of the file', async () => {
    write(root, { 'conf/project.yml': 'allowOutside: [../other]\n', 'conf/pipelines/p.yml': yaml });
    expect((await refusal(async () => (await load()).run('p'))).code).toBe('FP_INVALID_PIPELINE');
    untouched();
    await (await load({ allowOutside: ['../outside'] })).run('p');
    expect(readdirSync(join(outside, 'new'))).toEqual(['x.txt']);
  });

  test('that names no folder, and plugins and hooks outside, are reported together with their places', async () => {
    write(root, {
      'conf/project.yml': `hooksDir: ../outside/hooks
allowOutside: [../outside/in.txt, ~/x]
plugins: [./plugins/x.js, ../outside/p.js, 'dep/../../../outside/p.js']
`,
    });
    const at = (line: number, column: number) => [{ file: 'conf/project.yml', line, column }];
    expect(await refusal(() => load())).toMatchObject({
      code: 'FP_PROJECT_LOCATIONS',
      problems: [
        {
          code: 'FP_FS_INVALID_PATH',
          places: at(2, 16),
          message: expect.stringMatching(/^allowOutside: .*file/),
        },
        { code: 'FP_FS_INVALID_PATH', places: at(2, 35), message: expect.stringContaining('home folder') },
        { code: 'FP_FS_OUTSIDE_ROOT', places: at(1, 11), message: expect.stringMatching(/^hooksDir: /) },
        { code: 'FP_FS_OUTSIDE_ROOT', places: at(3, 27), message: expect.stringMatching(/^plugins: /) },
        { code: 'FP_FS_OUTSIDE_ROOT', places: at(3, 44) },
      ],
    });
  });
});

describe('plugins', () => {
  const plugin = `globalThis.fpPluginRan = true; export default { name: 'p', apiVersion: 1 };\n`;

  test('in the project are imported, by a relative path, an absolute one or a file URI', async () => {
    write(root, { 'plugins/x.mjs': plugin });
    const file = join(root, 'plugins', 'x.mjs');
    for (const specifier of ['./plugins/x.mjs', 'plugins/x.mjs', file, pathToFileURL(file).href]) {
      write(root, { 'conf/project.yml': `plugins: ['${specifier}']\n` });
      if (specifier.startsWith('plugins'))
        expect((await refusal(() => load())).hint).toBe('npm install plugins/x.mjs');
      else await load();
    }
  });

  test('outside are not imported, also not through a link', async () => {
    write(outside, { 'p.mjs': plugin });
    symlinkSync('../outside/p.mjs', join(root, 'link.mjs'));
    Reflect.deleteProperty(globalThis, 'fpPluginRan');
    for (const specifier of ['./link.mjs', '../outside/p.mjs', join(outside, 'p.mjs'), `/${outside}/p.mjs`]) {
      write(root, { 'conf/project.yml': `plugins: ['${specifier}']\n` });
      expect((await refusal(() => load())).code, specifier).toBe('FP_FS_OUTSIDE_ROOT');
    }
    expect(globalThis).not.toHaveProperty('fpPluginRan');
  });
});

describe('modules', () => {
  const module = 'globalThis.fpModuleRan = true; export const b = () => 2;\n';

  test('behind a link that leaves the project are not imported, unless their folder is allowed', async () => {
    write(outside, { 'shared.js': module });
    symlinkSync('../../outside/shared.js', join(root, 'pipelines', 'shared.js'));
    write(root, { 'conf/pipelines/p.yml': 'run:\n  additionalModules: [shared]\n' });
    Reflect.deleteProperty(globalThis, 'fpModuleRan');
    expect(await refusal(async () => (await load()).run('p'))).toMatchObject({
      code: 'FP_FS_OUTSIDE_ROOT',
      message: expect.stringContaining(`understood as ${outside}/shared.js`),
      places: [{ file: 'conf/pipelines/p.yml', line: 2, column: 23 }],
    });
    expect(globalThis).not.toHaveProperty('fpModuleRan');
    const { outputs } = await (await load({ allowOutside: ['../outside'] })).run('p');
    expect(outputs).toEqual({ a: 1, b: 2 });
  });

  test('have names, not paths', async () => {
    const names = ['../outside/shared', join(outside, 'shared'), '..', 'a\\\\..\\\\x', '~/x', 'C:x'];
    write(root, {
      'conf/pipelines/p.yml': `run:\n  additionalModules: ${JSON.stringify(names).replaceAll('\\\\\\\\', '\\\\')}\n`,
    });
    const { problems } = await refusal(async () => (await load()).run('p'));
    expect(problems.map(({ code }) => code)).toEqual(names.map(() => 'FP_CONFIG_NAME'));
    expect(problems[0]).toMatchObject({ places: [{ file: 'conf/pipelines/p.yml', line: 2, column: 23 }] });
  });
});

test('pipelines have names, not paths', async () => {
  const { pipelineManager } = await load();
  for (const name of ['../p', join(outside, 'p'), '..', 'a\\..\\p', '~/p', 'p\0', 'C:p', 'file:///p', '']) {
    expect((await refusal(() => pipelineManager.run(name))).code, name).toBe('FP_CONFIG_NAME');
    expect((await refusal(() => pipelineManager.create(name))).code, name).toBe('FP_CONFIG_NAME');
  }
  expect(readdirSync(base)).toEqual(['outside', 'project']);
});

test('a new pipeline is not written through a link that leaves the project', async () => {
  symlinkSync('../../outside', join(root, 'pipelines', 'out'));
  const { pipelineManager } = await load();
  expect((await refusal(() => pipelineManager.create('out.new'))).code).toBe('FP_FS_OUTSIDE_ROOT');
  untouched();
});

test('a picture is written in the project or where it is allowed, and nothing is read for one that is not', async () => {
  write(root, { 'pipelines/p.js': 'globalThis.fpPictureRan = true; export const a = () => 1;\n' });
  Reflect.deleteProperty(globalThis, 'fpPictureRan');
  const { pipelineManager } = await load();
  symlinkSync('../outside', join(root, 'out'));
  for (const file of ['../outside/p.svg', join(outside, 'p.svg'), 'out/p.svg', `FILE://${outside}/p.svg`]) {
    expect((await refusal(() => pipelineManager.saveDrawing('p', 'svg', file))).code, file).toBe(
      'FP_FS_OUTSIDE_ROOT',
    );
  }
  expect((await refusal(() => pipelineManager.saveDrawing('p', 'svg', 's3://b/p.svg'))).code).toBe(
    'FP_FS_INVALID_PATH',
  );
  expect(globalThis).not.toHaveProperty('fpPictureRan');
  untouched();
  expect(await pipelineManager.saveDrawing('p', 'dot', 'docs/p.dot')).toBe(join(root, 'docs', 'p.dot'));
  const allowing = await load({ allowOutside: ['../outside'] });
  expect(await allowing.pipelineManager.saveDrawing('p', 'svg', 'out/p.svg')).toBe(join(outside, 'p.svg'));
  expect(readdirSync(outside)).toEqual(['in.txt', 'p.svg']);
});

test('a new project needs a folder that can be told', async () => {
  for (const dir of ['~/shop', 'a\\shop', 'C:shop', 'file:shop', 'shop\0']) {
    expect((await refusal(() => newProject({ dir, version: '1.0.0' }))).code, dir).toBe('FP_FS_INVALID_PATH');
  }
  const made = await newProject({ dir: pathToFileURL(join(base, 'shop')).href, version: '1.0.0' });
  expect(made.root).toBe(join(base, 'shop'));
});
