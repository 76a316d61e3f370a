/** The built command in a real pseudo terminal, and what a person would see there. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';

export interface TerminalJob {
  readonly columns?: number;
  readonly rows?: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Each as soon as the text has come, after that of the step before. */
  readonly steps?: readonly {
    readonly when: string;
    readonly send?: string;
    readonly resize?: readonly [columns: number, rows: number];
  }[];
}

export interface Seen {
  readonly status: number | null;
  /** Every byte. */
  readonly raw: string;
  /** All lines that have been on the screen and were not erased, wrapped ones joined. */
  readonly lines: readonly string[];
}

/** What makes pseudo terminals; Windows has none of these. */
export const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

export async function inTerminal(
  args: readonly string[],
  { columns = 80, rows = 24, cwd, env, steps = [] }: TerminalJob,
): Promise<Seen> {
  const bin = join(import.meta.dirname, '..', '..', 'bin.mjs');
  const job = JSON.stringify({ columns, rows, command: [process.execPath, bin, ...args], steps });
  const { NO_COLOR: _no, FORCE_COLOR: _force, NODE_OPTIONS: _options, CI: _ci, ...rest } = process.env;
  const { stdout, status, stderr } = spawnSync('python3', [join(import.meta.dirname, 'in-terminal.py'), job], {
    cwd,
    env: { ...rest, TERM: 'xterm-256color', ...env },
    maxBuffer: 100_000_000,
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return { status, raw: stdout, lines: await shown(stdout, columns, rows) };
}

async function shown(raw: string, columns: number, rows: number): Promise<string[]> {
  const terminal = new Terminal({ cols: columns, rows, scrollback: 100_000, allowProposedApi: true });
  for (const part of raw.split('\0')) {
    const [, cols, lines] = /^(\d+),(\d+)$/.exec(part) ?? [];
    if (cols === undefined) await new Promise<void>((resolve) => terminal.write(part, resolve));
    else terminal.resize(Number(cols), Number(lines));
  }
  const { active } = terminal.buffer;
  const found: string[] = [];
  for (let at = 0; at < active.length; at++) {
    const line = active.getLine(at)!;
    const text = line.translateToString(true);
    if (line.isWrapped) found.push(`${found.pop() ?? ''}${text}`);
    else found.push(text);
  }
  while (found.at(-1) === '') found.pop();
  return found;
}
