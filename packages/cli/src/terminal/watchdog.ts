/** Starts the thread that watches this one, and acts when it interrupts. See watchdog-worker.ts. */
import { closeSync, openSync } from 'node:fs';
import { constants, devNull } from 'node:os';
import { Worker } from 'node:worker_threads';
import { exitCodeOfSignal, type StopSignal, timeout } from '../errors/exit-code.js';
import { reallyExit } from './really-exit.js';

export interface WatchdogData {
  /** What to evaluate in the main thread, to be called with `announce …` or `end …`. */
  readonly hook: string;
  readonly signals: Readonly<Record<string, number>>;
}

export type WatchdogOrder =
  | { readonly type: 'run'; readonly timeoutMs: number | undefined; readonly graceMs: number }
  | { readonly type: 'over' }
  | { readonly type: 'here'; readonly question: number };

/** Once `ready`, then the numbers of questions whether this thread answers. */
export type WatchdogMessage = 'ready' | number;

/** Why a busy thread is interrupted. */
export type BusyCause = StopSignal | 'timeout';

export interface Watchdog {
  /** A run begins: from now on its timeout is watched too. */
  runBegins(limits: { readonly timeoutMs: number | undefined; readonly graceMs: number }): void;
  runEnds(): void;
  /** Resolves when signals are watched. Never rejects. */
  readonly ready: Promise<void>;
}

export interface WatchdogOptions {
  /** Both are called while other code of this thread stands still in its middle: they must be quick. */
  readonly announce: (cause: BusyCause) => void;
  readonly report: (cause: BusyCause) => void;
}

const name = 'flowerpower.watchdog';

/** Costs this thread a millisecond or two. Where threads are forbidden, nobody watches. */
export function startWatchdog({ announce, report }: WatchdogOptions): Watchdog {
  const hook = (what: string) => {
    const [act, cause] = what.split(' ') as ['announce' | 'end', BusyCause];
    if (act === 'announce') return announce(cause);
    report(cause);
    endProcess(cause === 'timeout' ? timeout : exitCodeOfSignal(cause));
  };
  Object.defineProperty(globalThis, Symbol.for(name), { value: hook, configurable: true });
  const { SIGINT, SIGTERM } = constants.signals;
  const workerData: WatchdogData = {
    hook: `globalThis[Symbol.for(${JSON.stringify(name)})]`,
    signals: { SIGINT, SIGTERM },
  };
  let worker: Worker;
  try {
    worker = new Worker(new URL('./watchdog-worker.js', import.meta.url), {
      workerData,
      // For the handle beneath `process.on('SIGINT')`, which no public interface gives to a thread.
      execArgv: ['--expose-internals', '--no-warnings'],
    });
  } catch {
    return { runBegins: () => {}, runEnds: () => {}, ready: Promise.resolve() };
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  const tell = (order: WatchdogOrder) => worker.postMessage(order);
  // It keeps the process alive until it has answered, and not afterwards.
  const ready = new Promise<void>((resolve) => {
    const go = () => {
      worker.unref();
      resolve();
    };
    // Without a watchdog the command works as well as before.
    worker.on('error', go).on('exit', go);
    worker.on('message', (message: WatchdogMessage) => {
      if (message === 'ready') go();
      else tell({ type: 'here', question: message });
    });
  });
  return {
    runBegins: (limits) => tell({ type: 'run', ...limits }),
    runEnds: () => tell({ type: 'over' }),
    ready,
  };
}

/** Ends the process from within whatever it is doing; nothing of users' code runs any more. */
export function endProcess(exitCode: number): never {
  // Node says on standard error that it waits for the debugger, which is the watchdog. Nobody need read that.
  closeSync(2);
  openSync(devNull, 'w');
  return reallyExit(exitCode);
}
