/** Output that cannot be written, and readers that go away. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createTempProject, type TempProject } from '../__fixtures__/temp-project.js';

const command = join(import.meta.dirname, '..', '..', 'bin.mjs');
const full = '/dev/full';

/** Prints until whoever reads has gone, then saves. */
const talkative = `export const first = async () => {
  for (let line = 0; line < 5000; line++) console.log('line', line, 'x'.repeat(100));
  return 1;
};
export const second = ({ first }: { first: number }) => 'result '.repeat(20_000) + first;
`;

function project(): TempProject {
  const made = createTempProject({
    'conf/project.yml': 'name: shop\n',
    'pipelines/p.ts': talkative,
    'conf/pipelines/p.yml':
      'io:\n  save:\n    first: { type: json, path: first.json }\n    second: { type: text, path: second.txt }\n',
  });
  onTestFinished(() => made.remove());
  return made;
}

type Stdio = 'pipe' | 'ignore' | number;

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** @param closes - which stream is closed as soon as something has arrived on it. */
function run(
  root: string,
  args: readonly string[],
  stdio: readonly [Stdio, Stdio],
  closes?: 'stdout' | 'stderr',
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { NODE_OPTIONS: _, ...env } = process.env;
    const child = spawn(process.execPath, [command, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', ...stdio],
    });
    let stderr = '';
    child.stderr?.on('data', (text: Buffer) => (stderr += String(text)));
    child.stdout?.resume();
    const closed = closes === undefined ? null : child[closes];
    closed?.once('data', () => closed.destroy());
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stderr }));
  });
}

describe.skipIf(!existsSync(full))('a full device', () => {
  const openFull = () => {
    const fd = openSync(full, 'w');
    onTestFinished(() => closeSync(fd));
    return fd;
  };

  test.each([
    [['--version']],
    [['--help']],
    [[]],
    [['help', 'check']],
    [['pipeline', 'run', 'p', '-q']],
    [['pipeline', 'run', 'p', '-q', '--json']],
    [['pipeline', 'ls']],
    [['pipeline', 'show-dag', 'p']],
    [['pipeline', 'new', 'other']],
    [['cache', 'ls', '--json']],
    [['doctor']],
    [['init', 'elsewhere']],
  ])('%j > /dev/full is exit 1 with a message', async (args) => {
    const { root } = project();
    const { status, stderr } = await run(root, args, [openFull(), 'pipe']);
    expect(stderr).toMatch(
      /error FP_CLI_OUTPUT Standard output cannot be written: ENOSPC: [^\n]*\n {2}hint {2}/,
    );
    expect(stderr).not.toMatch(/\n\s+at |node:/);
    expect(status).toBe(1);
  });

  test('the run has saved all the same; a mistake keeps its own exit code', async () => {
    const { root, read } = project();
    await run(root, ['pipeline', 'run', 'p'], [openFull(), 'pipe']);
    expect(read('first.json')).toBe('1\n');
    const mistake = await run(root, ['pipeline', 'run', 'nothing', '--json'], [openFull(), 'pipe']);
    expect(mistake.status).toBe(2);
  });

  test('standard error on a full device changes nothing', async () => {
    const { root, read } = project();
    expect(await run(root, ['pipeline', 'run', 'p'], ['pipe', openFull()])).toMatchObject({ status: 0 });
    expect(read('second.txt')).toContain('result');
    expect(await run(root, ['pipeline', 'run', 'nothing'], ['pipe', openFull()])).toMatchObject({
      status: 2,
    });
  });
});

test.skipIf(process.platform === 'win32')('a file that takes only half of the output is exit 1', async () => {
  const { root, write } = project();
  write({ 'conf/pipelines/p.yml': '' });
  // The limit is 16 blocks of 512 or 1024 bytes, enough for what is kept of modules; the output is longer.
  const script = 'ulimit -f 16; exec "$0" "$1" pipeline run p -q --no-color >short.txt';
  const args = ['-c', script, process.execPath, command];
  const ended = await new Promise<Ended>((resolve) => {
    const child = spawn('sh', args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
    child.on('close', (status, signal) => resolve({ status, signal, stderr }));
  });
  expect(ended.stderr).toMatch(/^error FP_CLI_OUTPUT Standard output cannot be written: EFBIG/m);
  expect(ended.status).toBe(1);
});

describe('a reader that goes away', () => {
  test('from standard error: the run ends well and has saved', async () => {
    const { root, read } = project();
    const ended = await run(root, ['pipeline', 'run', 'p'], ['pipe', 'pipe'], 'stderr');
    expect(ended).toMatchObject({ status: 0, signal: null });
    expect(read('first.json')).toBe('1\n');
    expect(read('second.txt')).toContain('result');
  });

  test('from standard output: quiet, and everything is saved', async () => {
    const { root, read } = project();
    const ended = await run(root, ['pipeline', 'run', 'p', '-q', '--json'], ['pipe', 'pipe'], 'stdout');
    expect(ended).toMatchObject({ status: 0, signal: null });
    expect(ended.stderr).not.toMatch(/EPIPE|node:/);
    expect(read('second.txt')).toContain('result');
  });

  test.skipIf(process.platform === 'win32')('2>&1 | head -1', async () => {
    const { root, read } = project();
    const script = '{ "$0" "$1" pipeline run p; echo $? >code.txt; } 2>&1 | head -1';
    const child = spawn('sh', ['-c', script, process.execPath, command], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
    await new Promise((resolve) => child.on('close', resolve));
    expect(stdout.trim().split('\n')).toHaveLength(1);
    // The pipe of the shell may end before the command does; its exit code says when it is done.
    await expect
      .poll(() => existsSync(join(root, 'code.txt')) && readFileSync(join(root, 'code.txt'), 'utf8'), {
        timeout: 30_000,
      })
      .toBe('0\n');
    expect(read('second.txt')).toContain('result');
  });
});
