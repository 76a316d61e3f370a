/** The end of a run: what the caller gets, the callbacks, and the last event. */
import type { RunConfig } from '../../config/run-config.js';
import { describeError } from '../../errors/describe-error.js';
import type { ActiveRun } from '../attempts/active-run.js';
import type { RunSession } from '../session/run-session.js';
import type { Settled } from '../attempts/run-attempts.js';
import type { NodeCounts } from '../../events/run-event.js';
import type { NodeResult, RunResult, SavedMetadata } from './run-result.js';

const nothing: NodeCounts = { succeeded: 0, failed: 0, skipped: 0, notChosen: 0, cached: 0 };

/** How a run ended, as its caller sees it. */
export type RunEnd = { readonly durationMs: number; readonly attempts: number } & (
  | { readonly result: 'success'; readonly value: RunResult }
  | { readonly result: 'failure' | 'cancellation' | 'timeout'; readonly error: unknown }
);

export function endOf(active: ActiveRun, settled: Settled): RunEnd {
  const { runId, pipeline, loaded, clock, startedMs } = active;
  const durationMs = clock.elapsedMs() - startedMs;
  if (settled.result !== 'success') return { ...settled, durationMs };
  const { built, planned } = active.prepared;
  const outputs: Record<string, unknown> = {};
  const saved: Record<string, SavedMetadata> = {};
  for (const [name, value] of Object.entries(settled.values)) {
    const target = built.savedAs.get(name);
    if (target === undefined) outputs[name] = value;
    else saved[target] = value as SavedMetadata;
  }
  const { attempts } = settled;
  const nodes = Object.fromEntries(planned.map((name) => [name, resultOf(active, name)]));
  const value = { runId, pipeline, outputs, saved, loaded: { ...loaded }, nodes, durationMs, attempts };
  return { result: 'success', durationMs, attempts, value };
}

/** In a run that succeeded, every planned node has one of these two outcomes. */
function resultOf({ recorder }: ActiveRun, node: string): NodeResult {
  const { status, ...facts } = recorder.stateOf(node) ?? {};
  return { status: status === 'not-chosen' ? 'not-chosen' : 'success', ...facts };
}

/** The end of a run of which no node could start. */
export function failedStart({ clock, startedMs }: RunSession, error: unknown): RunEnd {
  return { result: 'failure', error, attempts: 0, durationMs: clock.elapsedMs() - startedMs };
}

/**
 * Calls `onSuccess` or `onFailure`. What it throws or rejects with is logged.
 *
 * @returns a promise when the callback gave one; it never rejects.
 */
export function callBack({ log }: RunSession, run: RunConfig, end: RunEnd): Promise<void> | undefined {
  const name = end.result === 'success' ? 'onSuccess' : 'onFailure';
  const report = (error: unknown) =>
    log.error(`The callback ${name} threw; the outcome of the run stays as it is.`, { error });
  try {
    const returned: unknown =
      end.result === 'success'
        ? run.onSuccess?.(end.value, undefined)
        : run.onFailure?.(undefined, end.error);
    return returned instanceof Promise ? returned.then(() => {}, report) : undefined;
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** Emits the last event. */
export function announceEnd({ events }: RunSession, active: ActiveRun | undefined, end: RunEnd): void {
  const { result, durationMs, attempts } = end;
  events.emit({
    type: 'run.finished',
    result,
    durationMs,
    attempts,
    nodes: active?.recorder.counts() ?? nothing,
    ...(end.result !== 'success' && { error: describeError(end.error) }),
  });
  events.close();
}
