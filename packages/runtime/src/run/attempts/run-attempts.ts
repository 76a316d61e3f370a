/** Attempt after attempt until one succeeds, the policy gives up, or the run must stop. */
import type { FlowerPowerError } from '@flowerpower/core';
import { sleep } from '../../clock/sleep.js';
import { describeError } from '../../errors/describe-error.js';
import type { ActiveRun } from './active-run.js';
import { type AttemptOutcome, attemptRun, attemptRunSync } from './attempt.js';
import { stopError } from '../session/run-stop.js';

export type Settled =
  | {
      readonly result: 'success';
      readonly values: Readonly<Record<string, unknown>>;
      readonly attempts: number;
      /** What the result builder made of them. */
      readonly value?: unknown;
    }
  | {
      readonly result: 'failure' | 'cancellation' | 'timeout';
      readonly error: unknown;
      /** Of the requested nodes that succeeded all the same. */
      readonly values: Readonly<Record<string, unknown>>;
      /** 0 when nothing could start. */
      readonly attempts: number;
    };

export async function runAttempts(run: ActiveRun): Promise<Settled> {
  for (let attempts = 0; ; ) {
    const stopped = stoppedAfter(run, attempts);
    if (stopped !== undefined) return stopped;
    const next = afterAttempt(run, await attemptRun(run, ++attempts), attempts);
    if (next.kind === 'settled') return next.settled;
    await sleep(run.clock, next.delayMs, run.stop.signal);
  }
}

/** Waits between attempts by blocking the thread. */
export function runAttemptsSync(run: ActiveRun): Settled {
  for (let attempts = 0; ; ) {
    const stopped = stoppedAfter(run, attempts);
    if (stopped !== undefined) return stopped;
    const next = afterAttempt(run, attemptRunSync(run, ++attempts), attempts);
    if (next.kind === 'settled') return next.settled;
    run.clock.block(Math.max(0, Math.min(next.delayMs, run.stop.remainingMs())));
  }
}

function stoppedAfter({ stop }: ActiveRun, attempts: number): Settled | undefined {
  const cause = stop.cause();
  return cause && { result: cause.kind, error: stopError(cause), values: {}, attempts };
}

type Next =
  | { readonly kind: 'settled'; readonly settled: Settled }
  | { readonly kind: 'retry'; readonly delayMs: number };

function afterAttempt(run: ActiveRun, outcome: AttemptOutcome, attempt: number): Next {
  const settled = (result: Settled): Next => ({ kind: 'settled', settled: result });
  if (outcome.kind === 'success') {
    return settled({ result: 'success', values: outcome.values, attempts: attempt });
  }
  if (outcome.kind === 'stopped') {
    const { cause, running, values } = outcome;
    return settled({
      result: cause.kind,
      error: stopError(cause, { running, graceMs: run.stop.graceMs }),
      values,
      attempts: attempt,
    });
  }
  const error: FlowerPowerError = outcome.error;
  const decision = outcome.final ? undefined : run.retry.decide(outcome.causes, attempt);
  if (decision === undefined || !decision.retry) {
    return settled({ result: 'failure', error, values: outcome.values, attempts: attempt });
  }
  const { delayMs } = decision;
  run.events.emit({ type: 'retry.scheduled', attempt, delayMs, error: describeError(error) });
  return { kind: 'retry', delayMs };
}
