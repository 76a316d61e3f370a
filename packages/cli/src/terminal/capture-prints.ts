/**
 * What users' code prints, by `console` or to the streams of the process, becomes lines that the command can place:
 * standard output belongs to the command. What is written to the file descriptor itself writes past
 * this: `fs.writeSync(1, …)`, and a program that users' code starts with `stdio: 'inherit'`.
 */
import { StringDecoder } from 'node:string_decoder';

/** A line without its end, and where the code that printed it belongs. */
export type PrintListener = (line: string, origin: string) => void;

export interface CapturedPrints {
  /** Gives lines out that were begun and not ended. */
  flush(): void;
}

/** A line that grows beyond this is given out in parts. */
const maxPending = 65_536;

/**
 * Takes both streams over for the rest of the process. Who still wants to write to them must have kept their `write`.
 *
 * @param originOf - asked for each print; prints of different origins never share a line.
 */
export function capturePrints(originOf: () => string, onLine: PrintListener): CapturedPrints {
  const pending = new Map<string, string>();

  const print = (origin: string, text: string) => {
    const lines = `${pending.get(origin) ?? ''}${text}`.split(/\r\n|[\r\n]/);
    const rest = lines.pop()!;
    for (const line of lines) onLine(line, origin);
    if (rest.length > maxPending) onLine(rest, origin);
    pending.set(origin, rest.length > maxPending ? '' : rest);
  };
  for (const stream of [process.stdout, process.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream.write = (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown) => {
      const done = typeof encoding === 'function' ? encoding : callback;
      print(originOf(), typeof chunk === 'string' ? chunk : decoder.write(chunk));
      if (typeof done === 'function') process.nextTick(done);
      return true;
    };
  }
  return {
    flush() {
      for (const [origin, line] of pending) {
        pending.delete(origin);
        if (line !== '') onLine(line, origin);
      }
    },
  };
}
