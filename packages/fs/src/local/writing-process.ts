/**
 * Which process writes an unfinished file, as its name tells, and whether that process is still there. A number alone
 * is not enough: numbers are used again, and another machine may write into the same directory.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

export interface WritingProcess {
  /** Eight hexadecimal digits of the machine, or of the container, in which process numbers have their meaning. */
  readonly machine: string;
  readonly pid: number;
  /** When it started, in the kernel's ticks; 0 where that cannot be known (outside of Linux). */
  readonly start: string;
}

/** Read once: what it says of this process is true as long as there is a process. */
let self: WritingProcess | undefined;

/** This process. Its threads share it. */
export function thisProcess(): WritingProcess {
  self ??= { machine: machineOf(), pid: process.pid, start: startOf(process.pid)?.start ?? '0' };
  return self;
}

/**
 * `dead` only when that is certain: the process of that number is gone, or started at another time. A process of
 * another machine is `unknown`.
 */
export function stateOfProcess({ machine, pid, start }: WritingProcess): 'alive' | 'dead' | 'unknown' {
  if (machine !== thisProcess().machine) return 'unknown';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return 'dead';
  }
  const now = startOf(pid);
  if (now === undefined) return 'alive';
  return now.ended || (start !== '0' && now.start !== start) ? 'dead' : 'alive';
}

/**
 * Container engines give each container a namespace of process numbers, but perhaps one name to several. The first
 * namespace has the same number on every machine, and copies of one machine have one name: the kernel draws the id of a
 * boot at random. So what was written before a restart counts as that of another machine.
 */
export function machineOf(told = toldByLinux): string {
  const parts = [hostname(), told.namespace(), told.boot()];
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 8);
}

const toldByLinux = {
  namespace: () => orNothing(() => readlinkSync('/proc/self/ns/pid')),
  boot: () => orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
};

/** Other systems tell the name of the machine only. */
function orNothing(ask: () => string): string {
  try {
    return ask();
  } catch {
    return '';
  }
}

/** Undefined where the system has no `/proc`, or does not show this process. */
function startOf(pid: number): { readonly start: string; readonly ended: boolean } | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // proc(5): the second field is a name in brackets that may hold anything; state is the third, starttime the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A process that nobody waited for keeps its number, but it writes no more.
  return { start: fields[19]!, ended: fields[0] === 'Z' || fields[0] === 'X' };
}
