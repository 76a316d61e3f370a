/** What is left of runs that ended badly, as the commands show it, and how one goes on. */
import { afterEach, describe, expect, test } from 'vitest';
import { inProcess } from '../__fixtures__/in-process.js';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const projects: TempProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

const broken = `export const a = () => 1;
export function b({ a, x = 0 }: { a: number; x?: number }): number { throw new Error('broken'); }
`;
const mended = broken.replace("throw new Error('broken');", 'return a + x;');

function projectOf(module = broken): TempProject {
  const project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/env/dev.yml': '{}\n',
    'pipelines/p.ts': module,
  });
  projects.push(project);
  return project;
}

const run = (project: TempProject, ...args: string[]) => inProcess(args, { cwd: project.root });

test('C25: the line at the end of a failed run goes on from there', async () => {
  const project = projectOf();
  const failed = await run(project, 'pipeline', 'run', 'p', '-i', 'x=5', '--env', 'dev');
  const [, line] = /to go on {2}flowerpower (resume \S+ --env dev)\n/.exec(failed.stderr) ?? [];
  expect(line).toBeDefined();
  project.write({ 'pipelines/p.ts': mended });
  const resumed = await run(project, ...line!.split(' '));
  expect(resumed).toMatchObject({ status: 0, stdout: 'b  6\n' });
  expect(resumed.stderr).toMatch(/1 node, run \S+, goes on from \S+ with 1 result\n {2}✓ b /);
  // C28
  const again = await run(project, 'resume');
  expect(again).toMatchObject({ status: 0, stdout: '' });
  expect(again.stderr).toMatch(/of p ended well; there is nothing to go on with\.\n$/);
});

test('a run that resumed and failed says how to go on, too; a torn record is named by ls and not passed over', async () => {
  const project = projectOf();
  await run(project, 'pipeline', 'run', 'p');
  const again = await run(project, 'resume');
  expect(again).toMatchObject({ status: 1 });
  const [, id] = /to go on {2}flowerpower resume (\S+)\n/.exec(again.stderr) ?? [];
  expect(again.stderr).toContain('goes on from');
  project.write({ [`.flowerpower/runs/${id}/run.json`]: '' });
  expect((await run(project, 'runs', 'ls')).stderr).toContain(`cannot be read: ${id}.`);
  expect(await run(project, 'resume')).toMatchObject({ status: 2 });
});

test('a file in place of the folder of runs is an error that says so', async () => {
  const project = projectOf();
  project.write({ '.flowerpower': '' });
  for (const args of [['runs', 'ls'], ['resume'], ['runs', 'prune']]) {
    const { status, stderr } = await run(project, ...args);
    expect(stderr).toMatch(/^error FP_BAD_RUN_STORE /);
    expect(status).toBe(2);
  }
});

test('no such line where nothing had run, and where nothing is recorded', async () => {
  const project = projectOf();
  for (const more of [['--no-record'], ['-o', 'nope']]) {
    const { stderr } = await run(project, 'pipeline', 'run', 'p', ...more);
    expect(stderr).toContain('error FP_');
    expect(stderr).not.toContain('to go on');
  }
});

test('ls, show, logs and prune tell what was recorded, with --json as one document', async () => {
  const project = projectOf();
  await run(project, 'pipeline', 'run', 'p');
  const documentOf = async (...args: string[]) =>
    JSON.parse((await run(project, ...args, '--json')).stdout) as Record<string, unknown>;
  expect(await documentOf('runs', 'ls')).toMatchObject({
    runs: [{ pipeline: 'p', status: 'failure', error: { code: 'FP_NODE_FAILED' } }],
  });
  expect(await documentOf('runs', 'ls', '--status', 'success')).toEqual({ runs: [] });
  expect(await documentOf('runs', 'show')).toMatchObject({
    nodeFacts: { a: { status: 'success' }, b: { status: 'failed', error: { message: 'broken' } } },
    kept: [{ node: 'a' }],
  });
  const { events } = (await documentOf('runs', 'logs')) as { events: { type: string }[] };
  expect(events.at(-1)).toMatchObject({ type: 'run.finished' });
  const followed = await run(project, 'runs', 'logs', '--follow', '--json');
  expect(
    followed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(events);
  expect((await run(project, 'runs', 'show')).stdout).toMatch(/\n\n {2}✗ b {2}failed, .*broken\n {2}✓ a /);
  expect(await documentOf('runs', 'prune', '--all')).toMatchObject({
    removed: [expect.any(String)],
    left: 0,
  });
});

test.each([
  [['runs', 'show', 'nope'], 'FP_UNKNOWN_RUN'],
  [['runs', 'show'], 'FP_UNKNOWN_RUN'],
  [['resume'], 'FP_UNKNOWN_RUN'],
  [['runs', 'ls', '--limit', '0'], 'FP_CLI_USAGE'],
  [['runs', 'ls', '--status', 'good'], 'FP_CLI_USAGE'],
  [['runs', 'prune', '--all', '--keep', '1'], 'FP_CLI_USAGE'],
])('%j is refused with %s', async (args, code) => {
  const { status, stderr } = await run(projectOf(), ...args);
  expect(stderr).toMatch(new RegExp(`^error ${code} `));
  expect(status).toBe(2);
});

test('C29: other inputs and another environment are refused, and named', async () => {
  const project = projectOf();
  await run(project, 'pipeline', 'run', 'p', '-i', 'x=5');
  const other = await run(project, 'resume', '-i', 'x=6');
  expect(other).toMatchObject({ status: 2 });
  expect(other.stderr).toContain("the input 'x' is 6 now");
  expect((await run(project, 'resume', '--env', 'dev')).stderr).toContain('error FP_RESUME_ENVIRONMENT');
});

describe.skipIf(process.platform === 'win32')('a run that a signal ends', () => {
  const waits = `export const a = () => 1;
export const b = async ({ a }: { a: number }, { signal }: { signal: AbortSignal }) => {
  console.error('waiting');
  await new Promise((_, reject) => { const timer = setInterval(() => {}, 1000); HOW });
  return a;
};
`;
  const patient = waits.replace(
    'HOW',
    "signal.addEventListener('abort', () => { clearInterval(timer); reject(signal.reason); })",
  );
  const deaf = waits.replace('HOW', 'void [signal, reject, timer]');

  test.each([
    ['C15: SIGINT once', patient, ['SIGINT'], 130, 'cancellation'],
    ['C17: SIGTERM', patient, ['SIGTERM'], 143, 'cancellation'],
    ['C16: SIGINT twice', deaf, ['SIGINT', 'SIGINT'], 130, 'interrupted'],
    ['C31: SIGKILL', deaf, ['SIGKILL'], null, 'interrupted'],
  ] as const)('%s', async (_name, module, signals, status, shown) => {
    const project = projectOf(module);
    let sent = 0;
    const ended = await project.flowerpower(['pipeline', 'run', 'p'], {
      onStderr(text, kill) {
        const asks = ['waiting', 'Stopping after'];
        while (sent < signals.length && text.includes(asks[sent]!)) kill(signals[sent++]!);
      },
    });
    expect(ended.status).toBe(status);
    const { stdout } = await run(project, 'runs', 'show', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ status: shown, nodeFacts: { a: { status: 'success' } } });
    const { events } = JSON.parse((await run(project, 'runs', 'logs', '--json')).stdout) as {
      events: { type: string }[];
    };
    if (status !== null)
      expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'cancellation' });
  });
});
