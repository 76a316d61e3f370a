/** What the exit code of a command says, with the document that says the same. */
import { FlowerPowerProject } from '@flowerpower/project';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

let project: TempProject;
beforeAll(() => {
  const patient = `({}: object, { signal }: { signal: AbortSignal }): Promise<string> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve('told')))`;
  project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'pipelines/good.ts': 'export const one = (): number => 1;\n',
    'pipelines/bad.ts': "export const one = (): number => { throw new Error('no'); };\n",
    'pipelines/slow.ts': `export const slow = ${patient};\n`,
    'pipelines/alive.ts': `setInterval(() => {}, 60_000);\nexport const slow = ${patient};\n`,
    'conf/pipelines/wrong.yml': 'run: { timeout: soon }\n',
    'pipelines/wrong.ts': 'export const one = (): number => 1;\n',
    'pipelines/siblings.ts': `export const left = async (): Promise<string> => { await null; await null; return 'left'; };
export const bad = async (): Promise<string> => { throw new Error('no'); };
export const right = async (): Promise<string> => { await null; await null; return 'right'; };
export const after = ({ bad }: { bad: string }): string => bad;
export const last = ({ after }: { after: string }): string => after;
`,
    'pipelines/told.ts': `export const bad = async (): Promise<string> => { await null; throw new Error('no'); };
export const slow = ${patient};
export const next = ({ slow }: { slow: string }): string => slow;
`,
  });
});
afterAll(() => project.remove());

const run = (...args: string[]) => inProcess(['pipeline', 'run', ...args], { cwd: project.root });

describe('C50', () => {
  test.each<[string, readonly string[], number, string | undefined]>([
    ['success', ['good'], 0, undefined],
    ['a node that fails', ['bad'], 1, 'FP_NODE_FAILED'],
    ['an unknown flag', ['good', '--nope'], 2, 'FP_CLI_USAGE'],
    ['an unknown pipeline', ['nothing'], 2, 'FP_UNKNOWN_PIPELINE'],
    ['a configuration that is wrong', ['wrong'], 2, 'FP_CONFIG_TYPE'],
    ['an input that nothing takes', ['good', '-i', 'x=1'], 2, 'FP_UNKNOWN_INPUT'],
    ['a timeout', ['slow', '--timeout', '1'], 124, 'FP_RUN_TIMEOUT'],
  ])('%s', async (_title, args, exitCode, code) => {
    expect((await run(...args)).status).toBe(exitCode);
    const { status, stdout } = await run(...args, '--json');
    expect(status).toBe(exitCode);
    const document = JSON.parse(stdout) as { error?: object };
    if (code === undefined) expect(document).not.toHaveProperty('error');
    else expect(document.error).toMatchObject({ code, exitCode });
  });

  test('a fault of the command itself', async () => {
    vi.spyOn(FlowerPowerProject, 'load').mockRejectedValue(new TypeError('x is undefined'));
    const people = await run('good');
    expect(people).toMatchObject({ status: 3, stdout: '' });
    expect(people.stderr).toContain('error FlowerPower itself failed. This is a bug; please report it');
    const programs = await run('good', '--json');
    expect(programs.status).toBe(3);
    expect(JSON.parse(programs.stdout)).toMatchObject({ error: { code: 'FP_INTERNAL', exitCode: 3 } });
  });
});

test('C07 --on-error continue: siblings finish, what needs the failed node is skipped and names it, exit code 1', async () => {
  const { status, stdout } = await run('siblings', '--on-error', 'continue', '--json');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    status: 'failure',
    nodes: {
      bad: { status: 'failed' },
      left: { status: 'success' },
      right: { status: 'success' },
      after: { status: 'skipped', because: 'bad' },
      last: { status: 'skipped', because: 'bad' },
    },
  });
});

test('C08 --on-error fail: nothing begins after the failure, and what runs is told by its signal', async () => {
  const { status, stdout, stderr } = await run('told', '--json');
  expect(status).toBe(1);
  const { nodes } = JSON.parse(stdout) as { nodes: Record<string, { status: string }> };
  expect([nodes['bad']?.status, nodes['next']?.status]).toEqual(['failed', 'not-run']);
  // It is over as soon as it was told: nobody had to wait for the grace time.
  expect(stderr).not.toContain('left behind');
});

test('C17 SIGTERM: as after Ctrl-C, with exit code 143', async () => {
  let isSent = false;
  const { status, stdout, stderr } = await project.flowerpower(['pipeline', 'run', 'alive', '--json'], {
    onStderr(text, kill) {
      if (isSent || !text.includes('▶')) return;
      isSent = true;
      kill('SIGTERM');
    },
  });
  expect(status).toBe(143);
  expect(stderr).toContain('Stopping after SIGTERM');
  expect(JSON.parse(stdout)).toMatchObject({ status: 'cancellation', error: { exitCode: 143 } });
});
