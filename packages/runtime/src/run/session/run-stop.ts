/** Why and when a run must end before it is done: its timeout, or a signal. */
import type { FlowerPowerError } from '@flowerpower/core';
import type { Clock } from '../../clock/clock.js';
import { runtimeError } from '../../errors/runtime-error.js';

/** How long nodes that ignore their signal are waited for before the run ends without them. */
export const graceMs = 10_000;

export type StopCause =
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'cancellation'; readonly reason: unknown };

export interface RunStop {
  /** Aborted as soon as the run must end. */
  readonly signal: AbortSignal;
  /** Undefined while the run may go on. Looks at the clock too: no timer fires while synchronous code runs. */
  cause(): StopCause | undefined;
  /** Milliseconds until the timeout; Infinity without one. */
  remainingMs(): number;
  /** Resolves when the grace period after the stop is over. */
  readonly graceOver: Promise<void>;
  /** Takes timers and listeners back. */
  dispose(): void;
}

export function createRunStop(options: {
  readonly clock: Clock;
  readonly timeoutMs: number | undefined;
  readonly signals: readonly (AbortSignal | undefined)[];
}): RunStop {
  const { clock, timeoutMs } = options;
  const signals = options.signals.filter((signal) => signal !== undefined);
  const controller = new AbortController();
  let endGrace!: () => void;
  const graceOver = new Promise<void>((resolve) => (endGrace = resolve));
  const deadlineMs = timeoutMs === undefined ? Number.POSITIVE_INFINITY : clock.elapsedMs() + timeoutMs;
  let stopCause: StopCause | undefined;
  let cancelGrace = () => {};

  const trip = (cause: StopCause) => {
    if (stopCause !== undefined) return;
    stopCause = cause;
    cancelTimeout();
    cancelGrace = clock.schedule(graceMs, endGrace);
    controller.abort(cause.kind === 'timeout' ? stopError(cause, []) : cause.reason);
  };
  const onTimeout = () => trip({ kind: 'timeout', timeoutMs: timeoutMs! });
  const cancelTimeout = timeoutMs === undefined ? () => {} : clock.schedule(timeoutMs, onTimeout);
  const onAbort = () => {
    const reason: unknown = signals.find((signal) => signal.aborted)?.reason;
    trip({ kind: 'cancellation', reason });
  };
  for (const signal of signals) signal.addEventListener('abort', onAbort);
  if (signals.some((signal) => signal.aborted)) onAbort();

  return {
    signal: controller.signal,
    cause() {
      if (clock.elapsedMs() >= deadlineMs) onTimeout();
      return stopCause;
    },
    remainingMs: () => deadlineMs - clock.elapsedMs(),
    graceOver,
    dispose() {
      cancelTimeout();
      cancelGrace();
      for (const signal of signals) signal.removeEventListener('abort', onAbort);
    },
  };
}

/** @param running - nodes that were still running when the grace period was over. */
export function stopError(cause: StopCause, running: readonly string[]): FlowerPowerError {
  const names = running.map((name) => `'${name}'`).join(', ');
  const left =
    running.length === 0 ? '' : ` Still running ${graceMs / 1000} s later, and left behind: ${names}.`;
  const hint =
    running.length === 0
      ? undefined
      : 'Pass the signal of the node context on to whatever these nodes wait for.';
  const context = { running };
  if (cause.kind === 'cancellation') {
    const message = `The run was cancelled.${left}`;
    return runtimeError({ code: 'FP_RUN_CANCELLED', message, hint }, { cause: cause.reason, context });
  }
  const seconds = cause.timeoutMs / 1000;
  const message = `The run took longer than its timeout of ${seconds} s.${left}`;
  return runtimeError({ code: 'FP_RUN_TIMEOUT', message, hint: hint ?? 'Raise run.timeout.' }, { context });
}
