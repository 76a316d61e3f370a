/** How a project is found, opened and closed. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, type LogRecord } from '@flowerpower/runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProject, FlowerPower, FlowerPowerProject, initializeProject } from './index.js';

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-facade-')));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(root, { recursive: true, force: true });
});

async function makeShop(): Promise<string> {
  const dir = join(root, 'shop');
  await using project = await initializeProject({ dir });
  await project.pipelineManager.create('hello');
  return dir;
}

test('without a folder it is the nearest project at or above the working folder', async () => {
  const dir = await makeShop();
  mkdirSync(join(dir, 'data/raw'), { recursive: true });
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(join(dir, 'data/raw'));
  vi.stubEnv('PWD', join(dir, 'data/raw'));
  try {
    await using project = await FlowerPowerProject.load();
    expect(project.root).toBe(dir);
    cwd.mockReturnValue(root);
    vi.stubEnv('PWD', root);
    await expect(FlowerPowerProject.load()).rejects.toMatchObject({
      code: 'FP_PROJECT_NOT_FOUND',
      hint: expect.stringContaining('flowerpower init') as string,
    });
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a folder that is named must be a project itself: a slip must not run the project around it', async () => {
  const dir = await makeShop();
  mkdirSync(join(dir, 'data'));
  await expect(createProject(join(dir, 'data'))).rejects.toMatchObject({ code: 'FP_PROJECT_NOT_FOUND' });
});

test('folder and options may be one object', async () => {
  const dir = await makeShop();
  await using project = await FlowerPowerProject.load({ dir, environment: {} });
  expect(project.root).toBe(dir);
  await expect(FlowerPowerProject.load({ dir, enviroment: {} } as never)).rejects.toMatchObject({
    code: 'FP_BAD_OPTION',
    hint: "Did you mean 'environment'?",
  });
});

test('`await using` closes project and runner', async () => {
  const dir = await makeShop();
  let kept: FlowerPowerProject;
  {
    await using project = await FlowerPower(dir);
    kept = project;
    expect((await project.run('hello')).status).toBe('success');
  }
  await expect(kept.run('hello')).rejects.toMatchObject({ code: 'FP_RUNNER_CLOSED' });
});

test('logLevel goes above files and variables, below the call', async () => {
  const dir = await makeShop();
  writeFileSync(
    join(dir, 'conf/pipelines/hello.yml'),
    'run: { logLevel: CRITICAL, inputs: { message: Hi } }\n',
  );
  const logs: LogRecord[] = [];
  writeFileSync(
    join(dir, 'pipelines/hello.ts'),
    "export const greeting = ({ message }, context) => { context.log.debug('greeting'); return message; };\n",
  );
  const log = createLogger({ sink: (record) => void logs.push(record) });
  await using project = await FlowerPowerProject.load(dir, { environment: {}, log, logLevel: 'DEBUG' });
  await project.run('hello');
  expect(logs.map(({ msg }) => msg)).toContain('greeting');
  const { configuration } = await project.pipelineManager.load('hello', { logLevel: 'ERROR' });
  expect(configuration.value.run.logLevel).toBe('ERROR');
  await using wrong = await FlowerPowerProject.load(dir, { environment: {}, logLevel: 'LOUD' as never });
  await expect(wrong.run('hello')).rejects.toThrow(
    'logLevel of FlowerPowerProject.load: run.logLevel must be one of',
  );
});

test('a new project is made where it is named, and never in the working folder by itself', async () => {
  await expect(FlowerPowerProject.new({} as never)).rejects.toMatchObject({ code: 'FP_BAD_OPTION' });
});
