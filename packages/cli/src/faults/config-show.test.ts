/** Nobody could see what the configuration says in the end, and why. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\nfileSystems: { lake: "${LAKE}" }\nrun: { timeout: 10 }\n',
    'conf/pipelines/sales.yml':
      'run:\n  inputs:\n    token: ${secret:API_TOKEN}\n    day: ${DAY}\n  timeout: 20\n',
    'pipelines/sales.ts': 'syntax error, for nothing is imported',
  });
});
afterAll(() => project.remove());

test('a pipeline, as YAML, without any variable', async () => {
  const { status, stdout, stderr } = await project.flowerpower(['config', 'show', 'sales']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^name: sales\n/);
  expect(stdout).toContain('  inputs:\n    token: "${secret:API_TOKEN}"\n    day: "${DAY}"\n');
  expect(stdout).toContain('  timeout: 20\n');
  expect(stderr).toContain(
    "A run needs these:\n  conf/pipelines/sales.yml:3:12: run.inputs.token: secret 'API_TOKEN' is not set.",
  );
});

test('--explain tells the winner, the losers and their places', async () => {
  const { stdout } = await project.flowerpower([
    'config',
    'show',
    'sales',
    '--explain',
    '--set',
    'run.timeout=30',
  ]);
  expect(stdout).toMatch(
    /^run\.timeout +30 +--set run\.timeout\n +not 20 +conf\/pipelines\/sales\.yml:5:12\n +not 10 +conf\/project\.yml:3:17\n/m,
  );
});

test('--json, with a secret that is set, shows the reference', async () => {
  const { stdout } = await project.flowerpower(['config', 'show', 'sales', '--explain', '--json'], {
    env: { API_TOKEN: 'hunter2-S3cret' },
  });
  const { pipeline, config, values, unset } = JSON.parse(stdout);
  expect(stdout).not.toContain('hunter2');
  expect(pipeline).toBe('sales');
  expect(config.run.inputs).toEqual({ token: '${secret:API_TOKEN}', day: '${DAY}' });
  expect(values).toContainEqual({
    path: 'run.timeout',
    value: 20,
    layer: 'pipeline',
    place: 'conf/pipelines/sales.yml:5:12',
    losers: [{ value: 10, layer: 'project', place: 'conf/project.yml:3:17' }],
  });
  expect(unset).toMatchObject([{ code: 'FP_CONFIG_VARIABLE_UNSET' }]);
});

test('the project, without its variables', async () => {
  const { status, stdout } = await project.flowerpower(['config', 'show', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    pipeline: null,
    config: { name: 'shop', fileSystems: { lake: '${LAKE}' } },
  });
});

test.each([
  [
    ['config', 'show', 'sales', '--set', 'run.timeout=soon'],
    '--set run.timeout: run.timeout must be a number',
  ],
  [
    ['config', 'show', 'sales', '--set-string', 'run.timeout=30'],
    '--set-string run.timeout: run.timeout must be a number',
  ],
  [['config', 'show', 'sales', '--set', 'run.timeot=30'], "Did you mean 'timeout'?"],
  [['config', 'show', 'sales', '--set-string', 'run.timeout'], '--set-string run.timeout: not an assignment'],
  [
    ['config', 'show', 'sales', '--set', 'run.timeout=1', '--set-string', 'run.timeout=1'],
    'run.timeout is given by',
  ],
  [['config', 'show', '--set', 'run.timeout=1'], 'none is named'],
  [['check', 'sales', '--set', 'run.timeout=soon'], '--set run.timeout: run.timeout must be a number'],
])('%j is refused before anything else', async (args, message) => {
  const { status, stderr } = await project.flowerpower(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
