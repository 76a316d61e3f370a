import type { FileSystem } from '../../contract/file-system.js';
import type { FileSystemErrorReason } from '../../errors/file-system-error.js';
import { badOption } from '../../facade/require-options.js';

/**
 * What is counted: the calls of a filesystem by their names; `entries.next` for each entry that `list`, `glob` or
 * `listUnfinished` is asked for, `stream.read` for each chunk of a stream, and the three calls of a writer.
 */
export type CountedMethod = (typeof methods)[number];

const methods = [
  'stat',
  'exists',
  'read',
  'readRanges',
  'readText',
  'createReadStream',
  'stream.read',
  'write',
  'openWrite',
  'writer.write',
  'writer.close',
  'writer.abort',
  'append',
  'list',
  'glob',
  'listUnfinished',
  'entries.next',
  'copy',
  'move',
  'delete',
  'deleteDir',
  'deleteUnfinished',
  'ensureDir',
  'checksum',
  'signedUrl',
  'close',
] as const satisfies readonly (
  | Exclude<keyof FileSystem, 'scheme' | 'capabilities' | 'uri' | 'sub'>
  | 'stream.read'
  | 'entries.next'
  | 'writer.write'
  | 'writer.abort'
  | 'writer.close'
)[];

const truncated = ['read', 'readText', 'createReadStream'] as const satisfies readonly CountedMethod[];

/** A call as it was made. */
export interface RecordedCall {
  readonly method: CountedMethod;
  /** Relative to the wrapped filesystem, also for calls of `sub`. The pattern, for `glob`. */
  readonly path: string;
  /** Where `copy` and `move` lead. */
  readonly target?: string;
}

/** The call waits until the promise, or the one that the function gives, resolves. It rejects with what that rejects with. */
export type Delay = Promise<unknown> | ((call: RecordedCall) => Promise<unknown>);

interface FaultAt {
  /** Which call, from 1: of those of `method`, or of all where no method is given. */
  readonly call: number;
  readonly method?: CountedMethod | undefined;
  /** Comes before the failure, where there are both. Ends at once when the signal of the call is aborted. */
  readonly delay?: Delay | undefined;
}

/** What becomes of one call. */
export type Fault =
  | (FaultAt & {
      /** The call is not made; it rejects with a FileSystemError of this reason. */
      readonly fail: FileSystemErrorReason;
      readonly truncateAfter?: undefined;
    })
  | (FaultAt & { readonly delay: Delay; readonly fail?: undefined; readonly truncateAfter?: undefined })
  | (FaultAt & {
      readonly method: (typeof truncated)[number];
      /** The content ends after this many bytes, at least 0, as if the file ended there: without any error. */
      readonly truncateAfter: number;
      readonly fail?: undefined;
    });

/** @throws FileSystemError `FP_FS_BAD_OPTION`, naming everything that is wrong. */
export function requireFaults(faults: readonly Fault[]): void {
  if (!Array.isArray(faults)) throw badOption('withFaults', 'faults must be a list.');
  const problems = faults.flatMap((fault: Fault, index) =>
    problemsOf(fault).map((problem) => `faults[${index}]: ${problem}.`),
  );
  if (problems.length > 0) throw badOption('withFaults', problems.join(' '));
}

function problemsOf({ call, method, delay, fail, truncateAfter }: Fault): string[] {
  const problems: string[] = [];
  if (!(Number.isInteger(call) && call >= 1)) problems.push('call is a whole number from 1');
  if (method !== undefined && !methods.includes(method))
    problems.push(`'${method}' is not counted; the methods are ${methods.join(', ')}`);
  if (delay === undefined && fail === undefined && truncateAfter === undefined)
    problems.push('one of fail, delay and truncateAfter is needed');
  if (fail !== undefined && truncateAfter !== undefined)
    problems.push('a call that fails has nothing that could be truncated');
  if (truncateAfter !== undefined && !(Number.isInteger(truncateAfter) && truncateAfter >= 0))
    problems.push('truncateAfter is a whole number of bytes from 0');
  if (truncateAfter !== undefined && !truncated.some((each) => each === method))
    problems.push(`truncateAfter needs a method, one of ${truncated.join(', ')}`);
  return problems;
}
