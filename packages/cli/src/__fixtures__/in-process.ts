/**
 * The command without a process of its own, where what is tested is what it says: a process takes half a second. What
 * users' code prints and does to its process is not caught here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { NodeScope } from '@flowerpower/runtime';
import { vi } from 'vitest';
import { exitCodeOf } from '../errors/exit-code.js';
import { wantsJson } from '../options/wants-json.js';
import { createProgram } from '../program/create-program.js';
import { withOneDocument } from '../render/one-document.js';
import { createTerminal } from '../terminal/terminal.js';
import type { StreamWriter } from '../terminal/stream-writer.js';
import type { Ended } from './temp-project.js';

// Each one that was ever used makes every promise of the process slower.
const scope = new AsyncLocalStorage<NodeScope>();
const importScope = new AsyncLocalStorage<string>();

export interface InProcessOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface EndedHere extends Ended {
  /** What a person sees where both streams are one terminal. */
  readonly both: string;
}

/** Runs one command line at a time: the working folder and the environment are those of this process meanwhile. */
export async function inProcess(args: readonly string[], { cwd, env = {} }: InProcessOptions): Promise<EndedHere> {
  const spy = vi.spyOn(process, 'cwd').mockReturnValue(cwd);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const both: string[] = [];
  const [stdout, stderr] = [collector(both), collector(both)];
  const color = args.includes('--color') ? true : args.includes('--no-color') ? false : undefined;
  const made = createTerminal({
    stdout,
    stderr,
    color,
    signal: new AbortController().signal,
    stoppedBy: () => undefined,
    guard: {
      watch: () => Promise.resolve(),
      load: (_pipeline, work) => work(() => {}),
      attach: () => () => {},
    },
    scope,
    importScope,
    flushPrints: () => {},
  });
  const { terminal, report } = withOneDocument(made, wantsJson(args));
  let status: number;
  try {
    status = await createProgram(terminal)(args);
  } catch (error) {
    status = exitCodeOf(error);
    report(error, status);
  } finally {
    spy.mockRestore();
    vi.unstubAllEnvs();
  }
  return { stdout: stdout.text(), stderr: stderr.text(), both: both.join(''), status };
}

function collector(both: string[]): StreamWriter & { text(): string } {
  const texts: string[] = [];
  return {
    write(text) {
      texts.push(text);
      both.push(text);
    },
    flushed: () => Promise.resolve(undefined),
    text: () => texts.join(''),
  };
}

/** A command line as a shell makes words of it. */
export function wordsOf(line: string): string[] {
  return Array.from(
    line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g),
    ([, double, single, plain]) => double ?? single ?? plain!,
  );
}
