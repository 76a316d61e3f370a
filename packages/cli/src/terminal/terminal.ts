/** What a command may touch of the outside: two streams, the environment, a folder and a signal. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  /** The product of the command. Nothing else goes to standard output. */
  out(text: string): void;
  /** Progress, warnings and errors. */
  err(text: string): void;
  /** Writes bytes to standard output. */
  outBytes(bytes: Uint8Array): void;
  /** Colours text for standard error, or leaves it plain. */
  paint(style: Style, text: string): string;
  /** Whether standard output takes colour. */
  readonly colorOut: boolean;
  /** Columns of the terminal, 80 where it has none. */
  readonly columns: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted at the first SIGINT or SIGTERM, with the signal's name as reason. */
  readonly signal: AbortSignal;
}

export interface TerminalOptions {
  /** `--color` or `--no-color`; undefined when neither was given. */
  readonly color?: boolean | undefined;
  readonly signal: AbortSignal;
}

/** The terminal of this process. */
export function createTerminal(options: TerminalOptions): Terminal {
  const { env } = process;
  const colorOut = takesColor(process.stdout, env, options.color);
  const colorErr = takesColor(process.stderr, env, options.color);
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    outBytes: (bytes) => void process.stdout.write(bytes),
    paint: (style, text) => (colorErr ? styleText(style, text, { validateStream: false }) : text),
    colorOut,
    columns: process.stdout.columns ?? 80,
    env,
    cwd: process.cwd(),
    signal: options.signal,
  };
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
  return stream.isTTY === true && env['TERM'] !== 'dumb' && !env['CI'];
}
