/** An unset secret stopped everything, also what needs no secret; and -i could not give it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/sales.yml': 'run:\n  inputs:\n    apiToken: ${API_TOKEN}\n',
    'pipelines/sales.ts':
      'export const rate = ({ apiToken }: { apiToken: string }): number => apiToken.length;\n',
    'pipelines/other.ts': 'export const a = (): number => 1;\n',
  });
});
afterAll(() => project.remove());

test.each([
  ['pipeline ls'],
  ['pipeline show-dag sales'],
  ['pipeline show-dag sales --json'],
  ['pipeline save-dag sales'],
  ['cache ls'],
  ['cache prune --all'],
])('%s needs no variable', async (command) => {
  expect(await project.flowerpower(command.split(' '))).toMatchObject({ status: 0, stderr: '' });
});

test('doctor tells of it once, and of everything else', async () => {
  const { status, stdout } = await project.flowerpower(['doctor']);
  expect(status).toBe(2);
  const lines = stdout.split('\n').filter((line) => /^[✗!].*API_TOKEN/.test(line));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^✗ pipeline sales +FP_CONFIG_VARIABLE_UNSET .*'API_TOKEN' is not set/);
  expect(stdout).toMatch(/✓ pipeline other +1 node,/);
  expect(stdout).toContain('--inputs apiToken=…');
});

test('a run says how to give it, and takes it from -i as from --set', async () => {
  const run = ['pipeline', 'run', 'sales', '--quiet'];
  const refused = await project.flowerpower(run);
  expect(refused.status).toBe(2);
  expect(refused.stderr).toContain('--inputs apiToken=…');
  expect((await project.flowerpower([...run, '-i', 'apiToken=zzz'])).stdout).toBe('rate  3\n');
  expect((await project.flowerpower([...run, '--set', 'run.inputs.apiToken=zzz'])).stdout).toBe('rate  3\n');
});
