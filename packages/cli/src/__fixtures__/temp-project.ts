/** A project in a temporary folder, and the built command run on it as a person would. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const command = join(import.meta.dirname, '..', '..', 'bin.mjs');

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Whose process it is; another one than ours only for root. */
  readonly uid?: number;
  readonly gid?: number;
  /** Called with what has arrived on stderr so far; may send a signal. */
  readonly onStderr?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

export interface TempProject {
  readonly root: string;
  write(files: Readonly<Record<string, string>>): void;
  read(path: string): string;
  flowerpower(args: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Runs a line of the shell in the project, in which the command is `"$0" "$@"`. */
  shell(line: string, args: readonly string[]): Promise<Ended>;
  remove(): void;
}

export function createTempProject(files: Readonly<Record<string, string>> = {}): TempProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'flowerpower-cli-')));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(join(import.meta.dirname, '..', '..'), join(root, 'node_modules', 'flowerpower'), 'junction');
  const project: TempProject = {
    root,
    write(more) {
      for (const [path, content] of Object.entries(more)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
    read: (path) => readFileSync(join(root, path), 'utf8'),
    flowerpower: (args, options = {}) => run([process.execPath, command, ...args], { cwd: root, ...options }),
    shell: (line, args) => run(['sh', '-c', line, process.execPath, command, ...args], { cwd: root }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
  project.write(files);
  return project;
}

function run([program, ...args]: readonly string[], { cwd, env, stdin, onStderr, uid, gid }: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, ...rest } = process.env;
    const child = spawn(program!, args, { cwd, env: { ...rest, ...env }, uid, gid });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      onStderr?.(stderr, (signal) => child.kill(signal));
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ stdout, stderr, status }));
    child.stdin.end(stdin);
  });
}
