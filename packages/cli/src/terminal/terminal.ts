/**
 * What a command may touch of the outside: two streams, the environment, a folder and a signal.
 *
 * Every text that the command prints goes through here, and only here is it made safe: see `printable` of the core.
 * A string is one line. A line break in it came from outside and is shown escaped; a writer that means several lines
 * gives several strings.
 */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { styleText } from 'node:util';
import { resolve, sep } from 'node:path';
import { printable } from '@flowerpower/core';
import { workingFolder } from '@flowerpower/fs';
import type { NodeScope } from '@flowerpower/runtime';
import type { StopSignal } from '../errors/exit-code.js';
import type { Guard } from './guard.js';
import { createLiveRegion, type LiveRegion, type TerminalSize } from './live-region.js';
import { removeStyles, resolveStyles, styled } from './styles.js';
import type { StreamWriter } from './stream-writer.js';

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  /** The product of the command for people. Nothing else goes to standard output. A very long line is cut. */
  out(lines: string | readonly string[]): void;
  /** The product of the command for programs: a text whose own line breaks count, and of which nothing is cut. */
  document(text: string): void;
  /** Progress, warnings and errors, without texts from the environment. A very long line is cut. */
  err(lines: string | readonly string[]): void;
  /** From now on an error in the document of `--json` stands among these facts, as the command gives them. */
  describeErrors(facts: (exitCode: number) => object): void;
  /**
   * From now on messages are passed through `mask`, which replaces texts that must not be shown, and everything for people
   * through `secrets`.
   */
  hide(mask: (text: string) => string, secrets: (text: string) => string): void;
  /** A text of a product without secrets. `out` does this by itself; `document` cannot, without breaking its form. */
  maskSecrets(text: string): string;
  /** A message as it may be shown. `err` does this by itself. */
  mask(text: string): string;
  /** Gives text a style that shows where the stream takes colour. */
  paint(style: Style, text: string): string;
  /**
   * Shows lines below all others, which change, until the region is ended or another one begins. Undefined where nobody looks
   * at standard error: then progress is lines that are only added.
   */
  live(lines: (size: TerminalSize) => readonly string[]): Pick<LiveRegion, 'update' | 'end'> | undefined;
  /** Columns of the terminal, 80 where it has none. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What paths are shown relative to: the working folder, or the root of the disk where that is gone. */
  readonly cwd: string;
  /** Aborted at the first SIGINT or SIGTERM, with the signal's name as reason. */
  readonly signal: AbortSignal;
  /** Which signal that was. */
  stoppedBy(): StopSignal | undefined;
  /** Watches over code that is not the command's own. */
  readonly guard: Pick<Guard, 'watch' | 'load' | 'attach'>;
  /** Says which node the running code belongs to; what it prints is shown as the node's. */
  readonly scope: AsyncLocalStorage<NodeScope>;
  /** Says which module is being imported by the running code. */
  readonly importScope: AsyncLocalStorage<string>;
  /** Shows what users' code began to print in a line that it has not ended. */
  flushPrints(): void;
}

export interface TerminalOptions
  extends Pick<Terminal, 'signal' | 'stoppedBy' | 'scope' | 'importScope' | 'flushPrints' | 'guard'> {
  readonly stdout: StreamWriter;
  readonly stderr: StreamWriter;
  /** `--color` or `--no-color`; undefined when neither was given. */
  readonly color?: boolean | undefined;
  /** `false` for `--no-tty`. */
  readonly tty?: boolean | undefined;
}

/** Characters of one line for people. */
const maxLine = 10_000;

/** The terminal of this process, without what belongs to its one document. */
export function createTerminal(options: TerminalOptions): Omit<Terminal, 'describeErrors'> {
  const { stdout, stderr } = options;
  const { env } = process;
  const colorOut = takesColor(process.stdout, env, options.color);
  const colorErr = takesColor(process.stderr, env, options.color);
  const masks: ((text: string) => string)[] = [];
  const secretMasks: ((text: string) => string)[] = [];
  const through = (all: readonly ((text: string) => string)[]) => (text: string) =>
    all.reduce((masked, each) => each(masked), text);
  const mask = through(masks);
  const maskSecrets = through(secretMasks);
  let region: LiveRegion | undefined;
  // Who asks for no colours by NO_COLOR is promised to find no control sequence at all.
  const isLive = options.tty !== false && !env['NO_COLOR'] && isInteractive(process.stderr, env);
  // Both are the same terminal where both are one.
  const write = (text: string) => {
    if (region !== undefined && process.stdout.isTTY) region.above('');
    stdout.write(text);
  };
  return {
    live(lines) {
      region?.end();
      if (!isLive) return undefined;
      const made = startRegion(stderr, (size) => lines(size).map((line) => shownLine(mask(line), colorErr)));
      region = made;
      return {
        update: made.update,
        end() {
          made.end();
          if (region === made) region = undefined;
        },
      };
    },
    hide(added, secrets) {
      masks.push(added);
      secretMasks.push(secrets);
    },
    mask,
    maskSecrets,
    out: (lines) =>
      write(shownLines((typeof lines === 'string' ? [lines] : lines).map(maskSecrets), colorOut)),
    document: (text) => write(`${text.split('\n').map(printable).join('\n')}\n`),
    err(lines) {
      const text = shownLines((typeof lines === 'string' ? [lines] : lines).map(mask), colorErr);
      if (region === undefined) stderr.write(text);
      else region.above(text);
    },
    paint: styled,
    // A terminal of unknown width says 0.
    columns: process.stdout.columns || 80,
    env,
    cwd: workingFolderOrRoot(),
    signal: options.signal,
    stoppedBy: options.stoppedBy,
    guard: options.guard,
    scope: options.scope,
    importScope: options.importScope,
    flushPrints: options.flushPrints,
  };
}

function workingFolderOrRoot(): string {
  try {
    return workingFolder();
  } catch {
    // A command that needs it asks again, and says what is wrong.
    return resolve(sep);
  }
}

function shownLines(lines: string | readonly string[], color: boolean): string {
  const each = typeof lines === 'string' ? [lines] : lines;
  return each.map((line) => `${shownLine(line, color)}\n`).join('');
}

function shownLine(line: string, color: boolean): string {
  return resolveStyles(printable(cutLine(line)), color);
}

/** On this process's standard error. */
function startRegion(stderr: StreamWriter, lines: (size: TerminalSize) => readonly string[]): LiveRegion {
  const made = createLiveRegion({
    lines,
    size: () => ({ columns: process.stderr.columns || 80, rows: process.stderr.rows || 24 }),
    write: stderr.write,
    nowMs: () => performance.now(),
    every(ms, call) {
      const timer = setInterval(call, ms).unref();
      return () => clearInterval(timer);
    },
  });
  process.stderr.on('resize', made.update);
  return {
    ...made,
    end() {
      process.stderr.off('resize', made.update);
      made.end();
    },
  };
}

function cutLine(line: string): string {
  if (line.length <= maxLine) return line;
  const plain = removeStyles(line);
  return plain.length <= maxLine
    ? line
    : `${plain.slice(0, maxLine)}… ${plain.length - maxLine} more characters`;
}

/** The flag, then NO_COLOR, then FORCE_COLOR, then whether a person looks at the stream. */
function takesColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  flag: boolean | undefined,
): boolean {
  if (flag !== undefined) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isInteractive(stream, env);
}

/** A person looks at it, on a terminal that can be drawn on. */
function isInteractive(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'];
}
