/**
 * What the command does where its own promises cannot help: signals, what users' code does to the process, and a
 * thread that is busy for ever.
 */
import { FlowerPowerError } from '@flowerpower/core';
import type { RunLimits } from '@flowerpower/project';
import { importTimeoutError } from '@flowerpower/runtime';
import type { CliErrorCode } from '../errors/catalogue.js';
import { exitCodeOfSignal, type StopSignal, timeout } from '../errors/exit-code.js';
import { type SignalWatch, stopping, watchSignals } from './signals.js';
import { catchStrays } from './strays.js';
import { type BusyCause, endProcess, startWatchdog, type Watchdog } from './watchdog.js';

/** A run that goes on. */
export interface GuardedRun {
  /** Hands it an error that nobody caught. @returns false when it is not its own. */
  fail(error: unknown): boolean;
  /** Prints what there is of the run, as if it ended in this moment. */
  report(cause: BusyCause): void;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
}

export interface Guard extends Pick<SignalWatch, 'signal' | 'received'> {
  /** Rejects with what ends the command from outside of its own code. */
  readonly broken: Promise<never>;
  /** The first call of `process.exit()` that was made before a run. */
  exitCall(): FlowerPowerError | undefined;
  /** Users' code is about to be imported: watches this thread from another one. @returns a promise of its being ready. */
  watch(): Promise<void>;
  /**
   * Loads a pipeline. What its modules leave behind fails this work and not the command; a signal ends it at once, for
   * an import cannot be told to stop.
   */
  load<T>(pipeline: string, work: (onLimits: (limits: RunLimits) => void) => Promise<T>): Promise<T>;
  /** The run of the command begins. @returns to be called at its end; what comes after it can fail it no more. */
  attach(run: GuardedRun): () => void;
  /** The command is done. */
  end(): void;
}

export interface GuardOptions {
  readonly say: (line: string) => void;
  /** Prints the error of a command that ends in this moment. */
  readonly report: (error: unknown, exitCode: number) => void;
  /** The node that the running code belongs to. */
  readonly currentNode: () => string | undefined;
  /** The file of the module whose import the running code belongs to. */
  readonly currentImport: () => string | undefined;
}

export function createGuard({ say, report, currentNode, currentImport }: GuardOptions): Guard {
  let run: GuardedRun | undefined;
  let loading: Loading | undefined;
  let watchdog: Watchdog | undefined;
  let isOver = false;

  const reportNow = (cause: BusyCause) => {
    if (run !== undefined) run.report(cause);
    else if (cause !== 'timeout') report(stopped(cause), exitCodeOfSignal(cause));
    else if (loading?.limits?.timeoutMs !== undefined)
      report(importTimeoutError(loading.pipeline, loading.limits.timeoutMs), timeout);
  };
  /** The thread was busy when the first signal came, and that was said. */
  let isAnnounced = false;
  const signals = watchSignals({
    announce: (line) => {
      if (!isAnnounced) say(line);
    },
    endNow: (signal) => {
      reportNow(signal);
      return endProcess(exitCodeOfSignal(signal));
    },
  });
  const strays = catchStrays({
    toRun: (error) => run?.fail(error) ?? false,
    toLoad: (error) => loading?.fail(error) ?? false,
    currentImport,
    lateFor: () => {
      if (isOver) return 'after the end';
      // It has failed already, by the first one; what there is of it is still to be printed.
      return run === undefined ? undefined : 'while the run was ending';
    },
    warn: say,
  });

  /** The handler of the signal, and the timer of the timeout, cannot run now. */
  const announceBusy = (cause: BusyCause) => {
    if (cause !== 'timeout') isAnnounced = true;
    const [node, file] = [currentNode(), currentImport()];
    const named = node === undefined ? file && `the import of ${file}` : `the node '${node}'`;
    const who = named === undefined ? 'code that does not pause' : `${named}, which does not pause`;
    const graceMs = (run ?? loading?.limits)?.graceMs ?? defaultGraceMs;
    const why = cause === 'timeout' ? 'The timeout is reached.' : stopping(cause);
    say(`${why} The thread is held by ${who}; it is cut off after ${graceMs / 1000} s.`);
  };

  return {
    signal: signals.signal,
    received: signals.received,
    broken: strays.broken,
    exitCall: strays.exitCall,
    watch: () => (watchdog ??= startWatchdog({ announce: announceBusy, report: reportNow })).ready,
    async load(pipeline, work) {
      let end!: (error: FlowerPowerError) => void;
      const ended = new Promise<never>((_resolve, reject) => (end = reject));
      loading = { pipeline, limits: undefined, fail: (error) => (end(error), true) };
      const onSignal = () => end(stopped(signals.received()!));
      signals.signal.addEventListener('abort', onSignal);
      if (signals.signal.aborted) onSignal();
      const onLimits = (limits: RunLimits) => {
        loading = loading && { ...loading, limits };
        watchdog?.runBegins(limits);
      };
      try {
        return await Promise.race([ended, work(onLimits)]);
      } finally {
        loading = undefined;
        signals.signal.removeEventListener('abort', onSignal);
        watchdog?.runEnds();
      }
    },
    attach(begun) {
      run = begun;
      isOver = false;
      watchdog?.runBegins({ timeoutMs: begun.timeoutMs, graceMs: begun.graceMs });
      const before = strays.exitCall();
      if (before !== undefined) begun.fail(before);
      return () => {
        run = undefined;
        isOver = true;
        watchdog?.runEnds();
      };
    },
    end() {
      isOver = true;
      signals.stop();
    },
  };
}

/** A pipeline whose modules are being imported. */
interface Loading {
  readonly pipeline: string;
  /** Of the run that follows, as soon as they are known. */
  readonly limits: RunLimits | undefined;
  /** Always true. */
  fail(error: FlowerPowerError): boolean;
}

const defaultGraceMs = 10_000;

function stopped(signal: StopSignal): FlowerPowerError {
  const code: CliErrorCode = 'FP_CLI_STOPPED';
  return new FlowerPowerError({ code, message: `The command was ended by ${signal}.` });
}
