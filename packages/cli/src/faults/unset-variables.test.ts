/** An unset secret stopped everything, also what needs no secret; and -i could not give it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('every command that runs nothing needs no variable, wherever one is missing', () => {
  let full: TempProject;
  beforeAll(() => {
    full = createTempProject({
      'conf/project.yml': `hooksDir: \${HOOKS}
allowOutside: ["\${SHARED}"]
fileSystems: { lake: "\${LAKE}" }
adapter: { mlflow: { trackingUri: "\${MLFLOW}" } }
run:
  timeout: \${TIMEOUT}
  inputs: { region: !secret REGION }
`,
      'conf/pipelines/sales.yml': `params: { rate: { factor: "\${FACTOR}" } }
io:
  load: { apiToken: { type: text, path: "\${FILE}" } }
  save: { rate: { type: json, path: "out/\${secret:DAY}.json" } }
run:
  inputs: { other: "\${run.inputs.region}" }
  grace: \${GRACE}
  cache: { dir: .flowerpower/values }
`,
      'pipelines/sales.ts':
        'export const rate = ({ apiToken, factor, region, other }: { apiToken: string; factor: number; region: string; other: string }): number => apiToken.length * factor;\n',
    });
  });
  afterAll(() => full.remove());

  test.each([
    ['pipeline ls'],
    ['pipeline show-dag sales'],
    ['pipeline show-dag sales --json'],
    ['pipeline save-dag sales'],
    ['pipeline new fresh'],
    ['pipeline export fresh --to other'],
    ['pipeline delete fresh --module'],
    ['pipeline import fresh --from other'],
    ['config show'],
    ['config show sales'],
    ['config show sales --explain --json'],
    ['schema export'],
    ['cache ls'],
    ['cache prune --all'],
  ])('%s', async (command) => {
    expect(await full.flowerpower(command.split(' '))).toMatchObject({ status: 0 });
  });

  test('a run names each of them, and nothing runs', async () => {
    const { status, stderr } = await full.flowerpower(['pipeline', 'run', 'sales']);
    expect(status).toBe(2);
    for (const name of ['HOOKS', 'SHARED', 'LAKE', 'MLFLOW'])
      expect(stderr).toContain(`'${name}' is not set`);
  });
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
