/** Which process runs a run, and whether it is still there. A number alone is not enough: numbers are used again. */
import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { stateOfProcess, thisProcess } from '@flowerpower/fs';

export interface RunProcess {
  readonly pid: number;
  /** When the process started, ISO 8601. */
  readonly startedAt: string;
  /** Name of the machine. */
  readonly host: string;
  /** Tells machines, their boots and containers apart: process numbers have their meaning within one. */
  readonly machine: string;
  /** The start of the process in the kernel's ticks, exact; `0` where the system does not tell it. */
  readonly start: string;
}

export interface ProcessState {
  readonly state: 'alive' | 'dead' | 'unknown';
  /** What the answer rests on, where that is less than number and start of a process of this machine. */
  readonly because?: string | undefined;
}

/** How often a process looks different by the precision of `ps`, and of clocks that are set: two seconds. */
const toleranceMs = 2000;

let own: RunProcess | undefined;

/** This process; its threads share it. */
export function ownProcess(): RunProcess {
  if (own === undefined) {
    const { machine, pid, start } = thisProcess();
    const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
    own = { pid, startedAt, host: hostname(), machine, start };
  }
  return own;
}

/**
 * @param startOf - when the process of a number started, in milliseconds since 1970, where the system tells no ticks;
 *   undefined when it cannot be known.
 */
export function stateOf(
  { pid, machine, start, host, startedAt }: RunProcess,
  startOf: (pid: number) => number | undefined = askPs,
): ProcessState {
  const state = stateOfProcess({ machine, pid, start });
  if (state === 'unknown') {
    const where =
      host === hostname() ? 'before this machine was started anew, or in a container' : `on ${host}`;
    return { state, because: `its process ran ${where}` };
  }
  if (state === 'dead' || start !== '0') return { state };
  const startedMs = startOf(pid);
  if (startedMs === undefined)
    return {
      state,
      because: `a process of the number ${pid} is there; whether it is the same cannot be told`,
    };
  return { state: Math.abs(startedMs - Date.parse(startedAt)) <= toleranceMs ? 'alive' : 'dead' };
}

/** Systems without `/proc`. Windows has no `ps`. */
function askPs(pid: number): number | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ms = Date.parse(`${text.trim()} UTC`);
    return Number.isNaN(ms) ? undefined : ms;
  } catch {
    return undefined;
  }
}
