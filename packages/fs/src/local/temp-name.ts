import { randomBytes } from 'node:crypto';
import { stateOfProcess, thisProcess } from './writing-process.js';

const tempPattern = /^\..+\.([0-9a-f]{8})\.(\d+)\.(\d+)\.[0-9a-f]{12}\.tmp$/;

/** A file of another machine that nobody has written to for this long is given up: a week. */
const abandonedMs = 7 * 24 * 60 * 60 * 1000;

/**
 * The name of an unfinished file in the directory of the file it becomes:
 * `.name.<machine>.<process>.<start of the process>.<random>.tmp`.
 */
export function tempName(name: string): string {
  // File systems allow 255 bytes in a name; a long name is shortened to leave room for the rest.
  const short = Buffer.from(name)
    .subarray(0, 180)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
  const { machine, pid, start } = thisProcess();
  return `.${short}.${machine}.${pid}.${start}.${randomBytes(6).toString('hex')}.tmp`;
}

/** True for names made by {@link tempName}: they never appear in listings and cannot be opened by path. */
export function isTempName(name: string): boolean {
  return tempPattern.test(name);
}

/**
 * Whether the process that began an unfinished file is still there; undefined for the name of any other file.
 * Whatever machine wrote it, nobody finishes a file after a week without a single byte.
 *
 * @param mtimeMs - when the file was last written to.
 */
export function writerOf(
  name: string,
  mtimeMs: number,
  nowMs = Date.now(),
): 'alive' | 'dead' | 'unknown' | undefined {
  const [, machine, pid, start] = tempPattern.exec(name) ?? [];
  if (machine === undefined) return undefined;
  const state = stateOfProcess({ machine, pid: Number(pid), start: start! });
  return state === 'unknown' && nowMs - mtimeMs > abandonedMs ? 'dead' : state;
}
