/** How a run has settled that something from outside of its nodes brought to its end. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { ActiveRun } from '../attempts/active-run.js';
import type { Settled } from '../attempts/run-attempts.js';
import type { NodeScope } from '../session/node-scope.js';
import type { RunSession } from '../session/run-session.js';
import { type StopCause, stopError } from '../session/run-stop.js';
import { stalledError, strayError } from './stray-error.js';

/** Stops a run for an error that nobody caught. @returns false when it is not of this run, or the run must end already. */
export function failByStray(
  session: RunSession,
  active: ActiveRun | undefined,
  scope: AsyncLocalStorage<NodeScope>,
  error: unknown,
): boolean {
  const { runId, stop } = session;
  const at = scope.getStore();
  if (at !== undefined && at.runId !== runId) return false;
  const running = runningIn(active);
  const place = at && active?.prepared.built.graph.nodes.get(at.node)?.place;
  return stop.fail(strayError(error, { node: at?.node, place, running }));
}

/** A run that succeeded, except that an error came up which nobody had caught. */
export function withStray({ stop }: RunSession, settled: Settled): Settled {
  const cause = stop.cause();
  if (settled.result !== 'success' || cause?.kind !== 'failure') return settled;
  return { ...settled, result: 'failure', error: cause.error };
}

/** Nothing is left that could bring the run to an end. */
export function stalledRun({ clock, stop }: RunSession, active: ActiveRun | undefined): Settled {
  const error = stalledError(active?.recorder.running() ?? [], clock.elapsedMs());
  const cause = stop.cause();
  if (cause !== undefined) return stoppedRun(active, cause);
  stop.fail(error);
  return { result: 'failure', error, values: {}, attempts: active?.recorder.attempt() ?? 0 };
}

/** The run ends now, whatever still runs. */
export function abandonedRun(
  { clock, startedMs }: RunSession,
  active: ActiveRun | undefined,
  { kind, reason }: { readonly kind: 'timeout' | 'cancellation'; readonly reason: unknown },
): Settled {
  const timeout = active?.prepared.built.definition.run.timeout;
  const timeoutMs = timeout === undefined ? clock.elapsedMs() - startedMs : timeout * 1000;
  return stoppedRun(active, kind === 'timeout' ? { kind, timeoutMs } : { kind, reason });
}

function stoppedRun(active: ActiveRun | undefined, cause: StopCause): Settled {
  const left = { running: runningIn(active) };
  const attempts = active?.recorder.attempt() ?? 0;
  return { result: cause.kind, error: stopError(cause, left), values: {}, attempts };
}

function runningIn(active: ActiveRun | undefined): string[] {
  return active?.recorder.running().map(({ node }) => node) ?? [];
}
