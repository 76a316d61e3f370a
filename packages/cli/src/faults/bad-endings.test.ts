/** Runs that do not end well: the process never ends in silence, and never with the exit code of a success. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const projects: TempProject[] = [];
afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** A project with one pipeline, p. */
function projectOf(module: string, configuration = ''): TempProject {
  const project = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'conf/pipelines/p.yml': configuration,
    'pipelines/p.ts': module,
  });
  projects.push(project);
  return project;
}

const run = ['pipeline', 'run', 'p'];

describe('the run has failed, the message names the node, and --json is complete', () => {
  test.each([
    [
      'a node whose promise never settles',
      `export const a = async () => { await new Promise(() => {}); };
export function after({ a }: { a: unknown }) { return a; }`,
      'FP_RUN_STALLED',
      /nothing is left that could end the nodes it waits for: 'a' \(for \d+\.\d s\)\.$/,
      { a: 'unfinished', after: 'not-run' },
    ],
    [
      'a stray rejection',
      `export const a = () => { void Promise.reject(new RangeError('lost')); return 1; };`,
      'FP_STRAY_ERROR',
      /^The node 'a' left an error that nobody caught: lost$/,
      { a: 'success' },
    ],
    [
      'a throw in a timer',
      `export const a = async () => {
  setTimeout(() => { throw new RangeError('too late'); }, 1);
  await new Promise((resolve) => setTimeout(resolve, 20));
};`,
      'FP_STRAY_ERROR',
      /^The node 'a' left an error that nobody caught: too late$/,
      { a: 'success' },
    ],
    [
      'process.reallyExit() in a node',
      `export const a = () => process.reallyExit(0);`,
      'FP_PROCESS_EXIT',
      /^The node 'a': process\.reallyExit\(0\) was called/,
      { a: 'failed' },
    ],
    [
      'process.exit() in a node',
      `export const a = () => process.exit(0);`,
      'FP_PROCESS_EXIT',
      /^The node 'a': process\.exit\(0\) was called/,
      { a: 'failed' },
    ],
    [
      'process.exit() in a node that catches everything',
      `import { exit } from 'node:process';
export const a = () => { try { exit(7); } catch { return 'caught'; } };`,
      'FP_PROCESS_EXIT',
      /^The node 'a': process\.exit\(7\) was called/,
      { a: 'success' },
    ],
    [
      'process.exit() in a callback of a node that still runs',
      `export async function a() {
  setTimeout(() => process.exit(7), 10);
  await new Promise((resolve) => setTimeout(resolve, 60));
}`,
      'FP_PROCESS_EXIT',
      /^The node 'a': process\.exit\(7\) was called/,
      { a: 'success' },
    ],
    [
      'process.exit() in a microtask',
      `export async function a() {
  queueMicrotask(() => process.exit(7));
  await new Promise((resolve) => setTimeout(resolve, 20));
}`,
      'FP_PROCESS_EXIT',
      /^The node 'a': process\.exit\(7\) was called/,
      { a: 'success' },
    ],
    [
      'several stray errors',
      `export async function a() {
  void Promise.reject(new RangeError('lost'));
  setTimeout(() => { throw new RangeError('and another'); }, 10);
  await new Promise((resolve) => setTimeout(resolve, 60));
}`,
      'FP_STRAY_ERROR',
      /^The node 'a' left an error that nobody caught: lost$/,
      { a: 'success' },
    ],
  ])('%s', async (_what, module, code, message, nodes) => {
    const { flowerpower } = projectOf(module);
    const { status, stdout, stderr } = await flowerpower([...run, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'failure',
      runId: expect.any(String),
      pipeline: 'p',
      nodes: Object.fromEntries(Object.entries(nodes).map(([name, state]) => [name, { status: state }])),
      error: { code, message: expect.stringMatching(message), exitCode: 1 },
    });
    expect(stderr).toContain('✗ p: failure');
  });

  test('what was saved before is reported', async () => {
    const { flowerpower, read } = projectOf(
      `export const good = () => 1;
export async function stuck({ good }: { good: number }) { await new Promise(() => {}); return good; }`,
      'io: { save: { good: { type: json, path: good.json } } }\n',
    );
    const { stdout } = await flowerpower([...run, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      saved: { good: { bytes: 2 } },
      error: { code: 'FP_RUN_STALLED' },
    });
    expect(read('good.json')).toBe('1\n');
  });
});

describe('a module', () => {
  test.each([
    [
      'that calls process.exit(0) while it is imported',
      'process.exit(0);',
      /p\.ts:1:\d+: importing .* process\.exit\(0\) was called/,
    ],
    [
      'that never finishes its top-level await',
      'await new Promise(() => {});',
      /p\.ts: importing the module never ends/,
    ],
    [
      'that leaves an error behind while it is imported',
      `void Promise.reject(new Error('lost')); await new Promise((go) => setTimeout(go, 20));`,
      /nobody caught: lost/,
    ],
    [
      'that catches its own process.exit()',
      'try { process.exit(0); } catch {}',
      /process\.exit\(0\) was called/,
    ],
  ])('%s', async (_what, statement, message) => {
    const { flowerpower } = projectOf(`${statement}\nexport const a = () => 1;`);
    const plain = await flowerpower(run);
    expect(plain.status).toBe(1);
    expect(plain.stderr).toMatch(message);
    const { status, stdout } = await flowerpower([...run, '--json']);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { message: expect.stringMatching(message), exitCode: 1 },
    });
  });
});

describe('a busy synchronous loop', () => {
  const spin = `export const before = () => 1;
export function spin({ before }: { before: number }) { console.log('spinning'); for (;;) before; }`;

  test('ends with its timeout, and the node is named', async () => {
    const { flowerpower } = projectOf(spin);
    const { status, stdout, stderr } = await flowerpower([
      ...run,
      '--json',
      '--timeout',
      '1',
      '--grace',
      '0.1',
    ]);
    expect(stderr).toContain(`The timeout is reached. The thread is held by the node 'spin'`);
    expect(status).toBe(124);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'timeout',
      nodes: { before: { status: 'success' }, spin: { status: 'unfinished' } },
      error: {
        code: 'FP_RUN_TIMEOUT',
        message: expect.stringContaining("left behind: 'spin'"),
        exitCode: 124,
      },
    });
    expect(stderr).not.toContain('debugger');
  });

  test.each([
    ['SIGINT', 130, 'Ctrl-C again'],
    ['SIGTERM', 143, 'a second signal'],
  ] as const)('%s is answered and the second one ends it', async (signal, code, again) => {
    const { flowerpower } = projectOf(spin);
    let sent = 0;
    const { status, stdout, stderr } = await flowerpower([...run, '--json'], {
      onStderr(text, kill) {
        if (sent === 0 && text.includes('spinning')) kill(signal);
        else if (sent === 1 && text.includes('is held by')) kill(signal);
        else return;
        sent++;
      },
    });
    expect(stderr).toContain(
      `Stopping after ${signal}; ${again} ends the command at once. The thread is held by the node 'spin'`,
    );
    expect(status).toBe(code);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'cancellation',
      nodes: { spin: { status: 'unfinished' } },
      error: { exitCode: code },
    });
  });

  test('at the top level of a module ends with the second signal too', async () => {
    const { flowerpower } = projectOf(`console.log('spinning');\nfor (;;);`);
    let sent = 0;
    const { status, stderr } = await flowerpower(run, {
      onStderr(text, kill) {
        if (sent === 0 && text.includes('spinning')) kill('SIGINT');
        else if (sent === 1 && text.includes('is held by')) kill('SIGINT');
        else return;
        sent++;
      },
    });
    expect(status).toBe(130);
    expect(stderr).toContain('FP_CLI_STOPPED');
  });
});

describe('while a module is imported', () => {
  const busy = `console.log('importing');\nfor (;;);\nexport const a = () => 1;`;
  const waiting = `console.log('importing');
await new Promise((resolve) => setTimeout(resolve, 600_000));
export const a = () => 1;`;

  test.each([
    ['a busy one', busy],
    ['one that awaits', waiting],
  ])('the timeout of the run holds for %s', async (_what, module) => {
    const { flowerpower } = projectOf(module, 'run: { grace: 0.1 }\n');
    const { status, stdout, stderr } = await flowerpower([...run, '--json', '--timeout', '1']);
    expect(status).toBe(124);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        code: 'FP_RUN_TIMEOUT',
        message: expect.stringContaining("the modules of the pipeline 'p' were still being imported"),
        exitCode: 124,
      },
    });
    if (module === busy) expect(stderr).toMatch(/held by the import of .*p\.ts, which does not pause/);
  });

  const onceImporting = (signal: NodeJS.Signals) => {
    let isSent = false;
    return (text: string, kill: (signal: NodeJS.Signals) => void) => {
      if (isSent || !text.includes('importing')) return;
      isSent = true;
      kill(signal);
    };
  };

  test.each([
    ['pipeline run', run],
    ['check', ['check', 'p']],
    ['show-dag', ['pipeline', 'show-dag', 'p']],
  ])('one signal ends %s at once, for an import cannot be told', async (_what, args) => {
    const { flowerpower } = projectOf(waiting);
    const { status, stderr } = await flowerpower(args, { onStderr: onceImporting('SIGTERM') });
    expect(stderr).toContain('FP_CLI_STOPPED');
    expect(status).toBe(143);
  });

  test('one signal ends a busy one when its grace is over', async () => {
    const { flowerpower } = projectOf(busy);
    const { status, stderr } = await flowerpower([...run, '--grace', '0.1'], {
      onStderr: onceImporting('SIGINT'),
    });
    expect(stderr).toContain('it is cut off after 0.1 s');
    expect(status).toBe(130);
  });

  test('a stray rejection is a fault of its pipeline, and names the module', async () => {
    const project = projectOf(`void Promise.reject(new Error('lost'));\nexport const a = () => 1;`);
    project.write({ 'pipelines/q.ts': 'export const a = () => 1;' });
    const { status, stdout } = await project.flowerpower(['check', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      pipelines: [
        {
          pipeline: 'p',
          ok: false,
          error: {
            code: 'FP_CLI_STRAY_ERROR',
            message: expect.stringMatching(/p\.ts left an error that nobody caught: lost$/),
            places: [{ file: 'pipelines/p.ts' }],
          },
        },
        // TypeScript is not installed here.
        { pipeline: 'q', error: { code: 'FP_CHECK_NO_TYPESCRIPT' } },
      ],
    });
    expect(status).toBe(2);
    for (const args of [run, ['pipeline', 'show-dag', 'p'], ['doctor']]) {
      const ended = await project.flowerpower(args);
      expect(`${ended.stdout}${ended.stderr}`).toContain('left an error that nobody caught: lost');
      expect(ended.status).toBe(args[0] === 'doctor' ? 2 : 1);
      expect(ended.stderr).not.toContain('▶');
    }
  });
});

describe('a node that ignores its signal', () => {
  const deaf = 'export const deaf = () => new Promise((resolve) => setTimeout(resolve, 600_000));';

  test('a timeout says what is waited for and how long; --grace decides', async () => {
    const { flowerpower } = projectOf(deaf);
    const { status, stderr } = await flowerpower([...run, '--timeout', '1', '--grace', '0.5']);
    expect(status).toBe(124);
    expect(stderr).toContain("has reached its timeout of 1 s. It waits up to 0.5 s for: 'deaf'.");
    expect(stderr).toContain("Still running 0.5 s later, and left behind: 'deaf'.");
  });

  test('C16 the second Ctrl-C is announced and ends the command at once, with its report', async () => {
    const { flowerpower } = projectOf(deaf);
    let sent = 0;
    const { status, stdout, stderr } = await flowerpower([...run, '--json'], {
      onStderr(text, kill) {
        if (sent === 0 && text.includes('▶')) kill('SIGINT');
        else if (sent === 1 && text.includes('Ctrl-C again')) kill('SIGINT');
        else return;
        sent++;
      },
    });
    expect(stderr).toContain('Stopping after SIGINT; Ctrl-C again ends the command at once.');
    expect(status).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'cancellation',
      nodes: { deaf: { status: 'unfinished' } },
      error: { message: expect.stringContaining("left behind: 'deaf'"), exitCode: 130 },
    });
  });
});

test('many nodes that listen to the signal of their run raise no warning', async () => {
  const { flowerpower } = projectOf(
    Array.from(
      { length: 30 },
      (_, index) =>
        `export const n${index} = async ({}, { signal }: { signal: AbortSignal }) => { signal.addEventListener('abort', () => {}); await new Promise((go) => setTimeout(go, 5)); return 1; };`,
    ).join('\n'),
  );
  const { status, stderr } = await flowerpower([...run, '--quiet']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

// Windows does not let go of a folder that a process works in.
describe.runIf(process.platform !== 'win32')('in a working folder that is gone', () => {
  const gone = (args: readonly string[]) => {
    const project = projectOf('export const a = () => 1;');
    project.write({ 'gone/x': '' });
    return project.shell('cd gone && rm -r ../gone && exec "$0" "$@"', args);
  };

  test.each([
    [['pipeline', 'run', 'p']],
    [['pipeline', 'run', 'p', '--json']],
    [['pipeline', 'run', 'p', '-d', 'shop']],
    [['check']],
    [['doctor', '--json']],
    [['init', 'x', '--json']],
  ])('%j ends with one clear error', async (args) => {
    const { status, stdout, stderr } = await gone(args);
    expect(status).toBe(2);
    expect(args.includes('--json') ? stdout : stderr).toContain('The working folder of this process');
  });

  test('help, unknown commands and absolute paths do not need it', async () => {
    const project = projectOf('export const a = () => 1;');
    project.write({ 'gone/x': '' });
    const ask = (...args: string[]) =>
      project.shell('mkdir -p gone && cd gone && rm -r ../gone && exec "$0" "$@"', args);
    expect(await ask('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Start here') });
    expect(await ask('nope')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Unknown command 'nope'"),
    });
    const { status, stdout } = await ask(...run, '-d', project.root, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'success', outputs: { a: 1 } });
  });
});

describe.runIf(process.platform !== 'win32')('a named pipe in the place of a file', () => {
  test.each([
    ['as data', 'data.csv', 'io: { load: { d: { type: csv, path: data.csv } } }\n'],
    ['as the configuration', 'conf/pipelines/p.yml', undefined],
  ])('%s is refused, and nothing waits for it', async (_what, path, configuration) => {
    const project = projectOf('export const rows = ({ d }: { d: unknown }) => d;', configuration);
    rmSync(join(project.root, path), { force: true });
    execFileSync('mkfifo', [join(project.root, path)]);
    const { status, stderr } = await project.flowerpower(run);
    expect(stderr).toContain('pipe');
    expect(status).not.toBe(0);
  });
});

test('a picture that cannot be written is a failure of the command, not of its use', async () => {
  const project = projectOf('export const a = () => 1;');
  project.write({ 'p.svg/x': '' });
  const { status, stderr } = await project.flowerpower(['pipeline', 'save-dag', 'p']);
  expect(stderr).toContain('FP_CLI_OUTPUT');
  expect(stderr).toContain('it is a directory');
  expect(status).toBe(1);
});
