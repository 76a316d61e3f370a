/** Why and when a run must end before it is done: its timeout, a signal, or a failure outside of every node's call. */
import { setMaxListeners } from 'node:events';
import { type FlowerPowerError, nameList } from '@flowerpower/core';
import type { Clock } from '../../clock/clock.js';
import { runtimeError } from '../../errors/runtime-error.js';

/** How long nodes that ignore their signal are waited for, where `run.grace` does not say. */
export const defaultGraceMs = 10_000;

export type StopCause =
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'cancellation'; readonly reason: unknown }
  | { readonly kind: 'failure'; readonly error: FlowerPowerError };

export interface RunStop {
  /** Aborted as soon as the run must end. */
  readonly signal: AbortSignal;
  readonly graceMs: number;
  /** Undefined while the run may go on. Looks at the clock too: no timer fires while synchronous code runs. */
  cause(): StopCause | undefined;
  /** Milliseconds until the timeout; Infinity without one. */
  remainingMs(): number;
  /** Ends the run as failed. @returns false when it must end already. */
  fail(error: FlowerPowerError): boolean;
  /** Resolves when the grace period after the stop is over. */
  readonly graceOver: Promise<void>;
  /** Takes timers and listeners back. */
  dispose(): void;
}

export interface RunStopOptions {
  readonly clock: Clock;
  readonly timeoutMs: number | undefined;
  readonly graceMs: number;
  readonly signals: readonly (AbortSignal | undefined)[];
}

export function createRunStop({ clock, timeoutMs, graceMs, ...options }: RunStopOptions): RunStop {
  const signals = options.signals.filter((signal) => signal !== undefined);
  const controller = new AbortController();
  let endGrace!: () => void;
  const graceOver = new Promise<void>((resolve) => (endGrace = resolve));
  const deadlineMs = timeoutMs === undefined ? Number.POSITIVE_INFINITY : clock.elapsedMs() + timeoutMs;
  let stopCause: StopCause | undefined;
  let cancelGrace = () => {};

  const trip = (cause: StopCause): boolean => {
    if (stopCause !== undefined) return false;
    stopCause = cause;
    cancelTimeout();
    cancelGrace = clock.schedule(graceMs, endGrace);
    controller.abort(cause.kind === 'cancellation' ? cause.reason : stopError(cause));
    return true;
  };
  const onTimeout = () => trip({ kind: 'timeout', timeoutMs: timeoutMs! });
  const cancelTimeout = timeoutMs === undefined ? () => {} : clock.schedule(timeoutMs, onTimeout);
  const onAbort = () => {
    const reason: unknown = signals.find((signal) => signal.aborted)?.reason;
    trip({ kind: 'cancellation', reason });
  };
  for (const signal of signals) {
    // Any number of runs may share a signal; Node 20 takes the eleventh listener for a leak and warns of it.
    if (signal instanceof EventTarget) setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort);
  }
  if (signals.some((signal) => signal.aborted)) onAbort();

  return {
    signal: controller.signal,
    graceMs,
    cause() {
      if (clock.elapsedMs() >= deadlineMs) onTimeout();
      return stopCause;
    },
    remainingMs: () => deadlineMs - clock.elapsedMs(),
    fail: (error) => trip({ kind: 'failure', error }),
    graceOver,
    dispose() {
      cancelTimeout();
      cancelGrace();
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Nodes that did not end though they were told to. */
export interface LeftBehind {
  readonly running: readonly string[];
  /** How long they were waited for; absent for not at all. */
  readonly graceMs?: number;
}

export function stopError(cause: StopCause, left?: LeftBehind): FlowerPowerError {
  if (cause.kind === 'failure') return cause.error;
  const { running = [], graceMs } = left ?? {};
  const names = nameList(running);
  const later = graceMs === undefined ? '' : ` ${graceMs / 1000} s later`;
  const rest = running.length === 0 ? '' : ` Still running${later}, and left behind: ${names}.`;
  const hint =
    running.length === 0
      ? undefined
      : 'Pass the signal of the node context on to whatever these nodes wait for; let long computations pause.';
  const context = { running };
  if (cause.kind === 'cancellation') {
    const message = `The run was cancelled.${rest}`;
    return runtimeError({ code: 'FP_RUN_CANCELLED', message, hint }, { cause: cause.reason, context });
  }
  const seconds = cause.timeoutMs / 1000;
  const message = `The run took longer than its timeout of ${seconds} s.${rest}`;
  return runtimeError({ code: 'FP_RUN_TIMEOUT', message, hint: hint ?? 'Raise run.timeout.' }, { context });
}
