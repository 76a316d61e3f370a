/** Runs the compiler as a child process that never outlives the call. */
import { type ChildProcess, spawn } from 'node:child_process';
import { checkError } from './check-error.js';

export interface TscOptions {
  /** The script that runs the compiler, absolute. */
  readonly tsc: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

export interface TscResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const deadlySignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves when the compiler and every process that it started have ended, whatever the exit code.
 *
 * @throws (rejects) FlowerPowerError `FP_CHECK_CANCELLED` after the signal, `FP_CHECK_FAILED` when the compiler
 *   cannot be started or is killed by somebody else.
 */
export async function runTsc(options: TscOptions): Promise<TscResult> {
  const { tsc, args, cwd, signal } = options;
  if (signal?.aborted) throw cancelled(signal.reason);
  const child = spawn(process.execPath, [tsc, ...args], {
    cwd,
    // TypeScript 7 is a script that waits for a native program: only a process group reaches both.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let interruptedBy: string | undefined;
  const kill = () => killTree(child);
  // A group of its own does not receive the terminal's Ctrl-C, so the signals that end us must end it too.
  const interrupt = (name: NodeJS.Signals) => {
    interruptedBy = name;
    kill();
    release();
    if (process.listenerCount(name) === 0) process.kill(process.pid, name);
  };
  function release(): void {
    signal?.removeEventListener('abort', kill);
    process.removeListener('exit', kill);
    for (const name of deadlySignals) process.removeListener(name, interrupt);
  }
  signal?.addEventListener('abort', kill, { once: true });
  process.once('exit', kill);
  // First, so that those who listen only once are still counted.
  for (const name of deadlySignals) process.prependOnceListener(name, interrupt);
  try {
    const { code, killedBy, stdout, stderr } = await outcome(child);
    if (signal?.aborted) throw cancelled(signal.reason);
    if (interruptedBy !== undefined) throw cancelled(new Error(`Interrupted by ${interruptedBy}.`));
    if (code === null) {
      throw checkError({
        code: 'FP_CHECK_FAILED',
        message: `The TypeScript compiler was killed by ${killedBy}.`,
        hint: 'Run it again; a compiler killed by SIGKILL has often run out of memory.',
      });
    }
    return { exitCode: code, stdout, stderr };
  } finally {
    release();
  }
}

interface Outcome {
  readonly code: number | null;
  readonly killedBy: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Settles on `close`, when nobody holds the output open any more: a grandchild would. */
function outcome(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => void stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => void stderr.push(chunk));
    child.on('error', (cause) => {
      const message = `The TypeScript compiler cannot be started: ${cause.message}`;
      reject(checkError({ code: 'FP_CHECK_FAILED', message, cause }));
    });
    child.on('exit', (_, killedBy) => {
      if (killedBy !== null) killTree(child);
    });
    child.on('close', (code, killedBy) => {
      resolve({
        code,
        killedBy,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const killer = spawn('taskkill', ['/pid', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    killer.on('error', () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // The group has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function cancelled(reason: unknown): Error {
  return checkError({ code: 'FP_CHECK_CANCELLED', message: 'The type check was cancelled.', cause: reason });
}
