/** What a newcomer met on his first day: values that ran to nonsense, output that was not quiet, hints that misled. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/sales.yml':
      'params: { forecast: { growth: 2 }, label: { prefix: a } }\nrun: { additionalModules: [shared.extra], inputs: { name: x } }\n',
    'pipelines/sales.ts': `export const forecast = ({ growth = 1 }: { growth?: number }): number => growth * 2;
export const label = ({ prefix, name, base }: { prefix: string; name: string; base: string }): string => prefix + name + base;
`,
    'pipelines/shared/extra.ts': 'export const base = ({ name }: { name: string }): string => name;\n',
    'pipelines/alone.ts': 'export const a = (): number => 1;\n',
    'conf/pipelines/noisy.yml': 'run: { logLevel: DEBUG, retry: { maxRetries: 1, retryDelay: 0 } }\n',
    'pipelines/noisy.ts': `import { checkOutput, inRange, node } from 'flowerpower';
export const said = ({ level = 1 }: { level?: number }, { log }: any): number => { log.debug('d'); log.info('i'); log.warn('w'); return level; };
export const bad = node(({ said }: { said: number }): number => said + 9, checkOutput(inRange(0, 1), { importance: 'fail' }));
`,
    'conf/pipelines/file.yml': 'run: { additionalModules: [shared/extra.ts] }\n',
    'pipelines/file.ts': 'export const a = (): number => 1;\n',
  });
});
afterAll(() => project.remove());

const run = (args: string) => project.flowerpower(args.split(' '));

describe('--set params.* is read as -i is', () => {
  test('a text that is not a number is refused before anything runs', async () => {
    const { status, stderr } = await run('pipeline run sales --set params.forecast.growth=abc');
    expect(status).toBe(2);
    expect(stderr).toContain("--set params.forecast.growth: 'growth' must be a number, got 'abc'");
  });

  test('digits for a text stay text, and a number is one', async () => {
    const sales = 'pipeline run sales -q --json --set params.label.prefix=12 --set params.forecast.growth=3';
    expect(JSON.parse((await run(sales)).stdout)).toMatchObject({ outputs: { label: '12xx', forecast: 6 } });
  });
});

test('an input that params bind is not said to be unknown', async () => {
  const { status, stderr } = await run('pipeline run sales -i prefix=b');
  expect(status).toBe(2);
  expect(stderr).toContain("'prefix' is not an input: params binds it for 'label'");
  expect(stderr).toContain('--set params.label.prefix=');
});

test('--quiet prints warnings and errors only; a check that failed is not retried by itself', async () => {
  const { status, stderr } = await run('pipeline run noisy --quiet');
  expect(status).toBe(1);
  expect(stderr).not.toMatch(/DEBUG|INFO|attempt/);
  expect(stderr).toContain(' WARNING  w');
  expect((await run('pipeline run noisy')).stderr).toMatch(/INFO +i/);
  const named = await run('pipeline run noisy --retry-exceptions FP_DATA_INVALID');
  expect(named.stderr).toContain('↻ attempt 2');
});

test('an additional module is not listed as a pipeline', async () => {
  const { stdout } = await run('pipeline ls');
  expect(stdout).toMatch(/^alone +pipelines\/alone\.ts/m);
  expect(stdout).toContain('sales');
  expect(stdout).not.toContain('shared');
});

test('the name of a file is told from the name of a module', async () => {
  const { stderr } = await run('pipeline run file');
  expect(stderr).toContain('"shared/extra.ts" is not the name of a module');
  expect(stderr).toContain('hint  Write shared.extra.');
  expect(stderr).not.toContain('pipeline name');
});
