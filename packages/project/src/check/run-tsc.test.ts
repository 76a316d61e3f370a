import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runTsc } from './run-tsc.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run tsc-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function script(text: string): string {
  const file = join(folder, 'tsc.cjs');
  writeFileSync(file, text);
  return file;
}

/** Like the launcher of TypeScript 7: it waits, deaf, for a process that holds the same output and never ends. */
const launcher = `
const { execFileSync } = require('node:child_process');
execFileSync(process.execPath, ['-e', 'require("node:fs").writeFileSync("ready", ""); setInterval(() => {}, 1e6)'], { stdio: 'inherit' });
`;
const ready = () => vi.waitUntil(() => existsSync(join(folder, 'ready')), { timeout: 30_000 });

test('gives exit code and output', async () => {
  const tsc = script(
    "console.log(process.argv.slice(2).join(), process.cwd()); console.error('e'); process.exitCode = 2;",
  );
  const result = await runTsc({ tsc, args: ['a b', '--c'], cwd: folder });
  expect(result).toMatchObject({ exitCode: 2, stderr: 'e\n' });
  expect(result.stdout).toMatch(/^a b,--c .*run tsc-/);
});

test('a folder that does not exist is an error with its cause', async () => {
  const run = runTsc({ tsc: script(''), args: [], cwd: join(folder, 'nowhere') });
  await expect(run).rejects.toMatchObject({ code: 'FP_CHECK_FAILED', cause: { code: 'ENOENT' } });
});

test('nothing starts after an abort', async () => {
  const tsc = script("require('node:fs').writeFileSync('ready', '')");
  const signal = AbortSignal.abort(new Error('enough'));
  const run = runTsc({ tsc, args: [], cwd: folder, signal });
  await expect(run).rejects.toMatchObject({ code: 'FP_CHECK_CANCELLED', cause: { message: 'enough' } });
  expect(existsSync(join(folder, 'ready'))).toBe(false);
});

// Each settles only when nobody holds the output any more: an orphan would keep the test waiting.
describe('the whole process tree ends', () => {
  const listeners = () => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name));

  test('with an abort', async () => {
    const before = listeners();
    const controller = new AbortController();
    const run = runTsc({ tsc: script(launcher), args: [], cwd: folder, signal: controller.signal });
    const outcome = expect(run).rejects.toMatchObject({
      code: 'FP_CHECK_CANCELLED',
      cause: { message: 'enough' },
    });
    await ready();
    controller.abort(new Error('enough'));
    await outcome;
    expect(listeners()).toEqual(before);
  });

  test('with a signal to us, which others see too', async () => {
    const before = listeners();
    const heard = vi.fn();
    process.once('SIGINT', heard);
    const run = runTsc({ tsc: script(launcher), args: [], cwd: folder });
    const outcome = expect(run).rejects.toMatchObject({
      code: 'FP_CHECK_CANCELLED',
      cause: { message: 'Interrupted by SIGINT.' },
    });
    await ready();
    process.emit('SIGINT', 'SIGINT');
    await outcome;
    expect(heard).toHaveBeenCalledOnce();
    expect(listeners()).toEqual(before);
  });

  test('with the death of the launcher', async () => {
    const tsc = script(`require('node:fs').writeFileSync('pid', String(process.pid));${launcher}`);
    const run = runTsc({ tsc, args: [], cwd: folder });
    const outcome = expect(run).rejects.toMatchObject({
      code: 'FP_CHECK_FAILED',
      message: expect.stringMatching('killed by SIGTERM'),
    });
    await ready();
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM');
    await outcome;
  });
});
