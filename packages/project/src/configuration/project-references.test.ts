/** Where configuration takes values from: `.env`, files of the project, the project's own variables. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { FlowerPowerProject, type LoadProjectOptions } from '../flowerpower-project.js';

let root: string;
let project: FlowerPowerProject | undefined;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'flowerpower-references-')), 'project');
  put('conf/project.yml', '');
  put('pipelines/p.ts', 'export const echo = ({ x }: { x: unknown }) => x;\n');
});
afterEach(async () => {
  await project?.close();
  project = undefined;
  rmSync(dirname(root), { recursive: true, force: true });
});
function put(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
async function echo(reference: string, options: LoadProjectOptions = {}): Promise<unknown> {
  put('conf/pipelines/p.yml', `run:\n  inputs:\n    x: ${reference}\n`);
  project = await FlowerPowerProject.load(root, { environment: {}, ...options });
  return (await project.run('p')).outputs['echo'];
}

describe('.env', () => {
  it('gives what the process does not', async () => {
    put('.env', 'X=from file');
    expect(await echo('$X')).toBe('from file');
  });
  it('yields to the process', async () => {
    put('.env', 'X=from file');
    expect(await echo('$X', { environment: { X: 'own' } })).toBe('own');
  });
  it('is not read where nobody wants it', async () => {
    put('.env', 'X=from file');
    await expect(echo('$X', { envFile: false })).rejects.toMatchObject({ code: 'FP_CONFIG_VARIABLE_UNSET' });
  });
  it('gives settings, and its line is told', async () => {
    put('.env', '\nFP_PIPELINE__RUN__TIMEOUT=soon');
    await expect(echo('1')).rejects.toMatchObject({
      code: 'FP_CONFIG_TYPE',
      message: expect.stringContaining('environment variable FP_PIPELINE__RUN__TIMEOUT (.env:2): '),
    });
  });
  it('chooses the environment', async () => {
    put('.env', 'FP_ENV=prod');
    put('.env.prod', 'X=of prod');
    put('conf/env/prod.yml', 'pipeline: { run: { inputs: { x: "${X}!" } } }');
    expect(await echo('no')).toBe('of prod!');
  });
  it('with a slip is an error that does not show the line', async () => {
    put('.env', 'TOKEN s3cr3t-value');
    await expect(echo('1')).rejects.toMatchObject({
      code: 'FP_CONFIG_ENV_FILE',
      message: expect.not.stringContaining('s3cr3t'),
    });
  });
  it('does not change the process', async () => {
    put('.env', 'FLOWERPOWER_TEST_VARIABLE=1');
    await echo('1');
    expect(process.env['FLOWERPOWER_TEST_VARIABLE']).toBeUndefined();
  });
});

describe('C42: ${file:…} is confined to the project', () => {
  it('reads a file of it', async () => {
    put('queries/q.sql', 'select 1\n');
    expect(await echo('${file:./queries/q.sql}')).toBe('select 1');
  });
  test.each([
    '../secret',
    '/etc/hostname',
    'link/secret',
    'file.link',
    './../secret',
    'a/../../secret',
    'file:///etc/hostname',
    '~/x',
    'a\\..\\..\\secret',
    'C:/x',
    '%2e%2e/secret',
  ])('%s', async (path) => {
    writeFileSync(join(root, '../secret'), 'outside');
    symlinkSync('..', join(root, 'link'));
    symlinkSync('../secret', join(root, 'file.link'));
    const error: unknown = await echo(`\${file:${path}}`, { allowOutside: ['..'] }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'FP_CONFIG_REFERENCE_FILE',
      places: [{ file: 'conf/pipelines/p.yml', line: 3 }],
    });
    expect(String(error)).not.toContain('outside\n');
  });
});

describe('variables of the project that are not set', () => {
  it('stop a run, and nothing that only looks', async () => {
    put(
      'conf/project.yml',
      'hooksDir: $HOOKS\nallowOutside: [$SHARED]\nfileSystems: { lake: { path: "${LAKE}" } }\nadapter: { mlflow: { uri: "${MLFLOW}" } }\n',
    );
    put('conf/pipelines/p.yml', 'run: { inputs: { x: 1 } }');
    project = await FlowerPowerProject.load(root, { environment: {} });
    expect(await project.pipelineManager.draw('p', 'mermaid')).toContain('echo');
    const { unset } = project.pipelineManager.examine(await project.pipelineManager.load('p'));
    expect(unset).toHaveLength(4);
    await expect(project.run('p')).rejects.toMatchObject({ problems: { length: 4 } });
  });
});

it('FP_HOOKS_DIR is hooksDir', async () => {
  put('conf/project.yml', 'hooksDir: a');
  project = await FlowerPowerProject.load(root, { environment: { FP_HOOKS_DIR: 'b' } });
  expect(project.config.hooksDir).toBe('b');
});
