/** The end of a run: what the caller gets, the callbacks, and the last event. */
import { asPromise, isThenable } from '@flowerpower/core';
import { factsNow } from '@flowerpower/io';
import { callCallback } from '../../callbacks/callback.js';
import type { RunConfig } from '../../config/run-config.js';
import { describeError } from '../../errors/describe-error.js';
import type { ActiveRun } from '../attempts/active-run.js';
import type { RunSession } from '../session/run-session.js';
import type { Settled } from '../attempts/run-attempts.js';
import {
  type LoadedFacts,
  maxItemEvents,
  type NodeCounts,
  type RunFinishedEvent,
} from '../../events/run-event.js';
import { plainData } from '../../logging/plain-data.js';
import type { LoadedMetadata, NodeResult, RunOutcome, SavedMetadata } from './run-result.js';

const nothing: NodeCounts = { succeeded: 0, failed: 0, skipped: 0, notChosen: 0, cached: 0 };

/** @param active - undefined when the run did not get as far as a plan. */
export function outcomeOf(session: RunSession, active: ActiveRun | undefined, settled: Settled): RunOutcome {
  const { runId, pipeline, clock, startedMs } = session;
  const durationMs = clock.elapsedMs() - startedMs;
  const savers = active?.prepared.built.savedAs;
  const outputs = Object.fromEntries(Object.entries(settled.values).filter(([name]) => !savers?.has(name)));
  // What was loaded and saved before the run failed was.
  const saved = known<SavedMetadata>(active?.recorder.facts.saved());
  const loaded = known<LoadedMetadata>(active?.recorder.facts.loaded());
  const checks = active?.recorder.failedChecks() ?? [];
  const { attempts } = settled;
  const isSuccess = settled.result === 'success';
  const planned = active?.prepared.planned ?? [];
  const nodes = Object.fromEntries(planned.map((name) => [name, resultOf(active!, name, isSuccess)]));
  const result = { runId, pipeline, outputs, saved, loaded, checks, nodes, durationMs, attempts };
  return settled.result === 'success'
    ? { status: 'success', ...result, ...('value' in settled && { value: settled.value }) }
    : { status: settled.result, ...result, error: settled.error };
}

/** As it is now: what is known of a stream changes until it has been read. */
function known<Facts>(facts: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, Facts>> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, of]) => [
      name,
      (Array.isArray(of) ? of.map((item: unknown) => factsNow(item)) : factsNow(of)) as Facts,
    ]),
  );
}

/** In a run that succeeded, a node of which nothing is known was not needed. */
function resultOf({ recorder }: ActiveRun, node: string, isSuccess: boolean): NodeResult {
  return recorder.stateOf(node) ?? { status: isSuccess ? 'success' : 'not-run' };
}

/** The end of a run of which no node could start. */
export function failedStart(error: unknown): Settled {
  return { result: 'failure', error, values: {}, attempts: 0 };
}

/**
 * Calls `onSuccess` or `onFailure`. What it throws or rejects with is logged.
 *
 * @returns a promise when the callback gave one; it never rejects.
 */
export function callBack(
  { log }: RunSession,
  { onSuccess, onFailure }: Pick<RunConfig, 'onSuccess' | 'onFailure'>,
  end: RunOutcome,
): Promise<void> | undefined {
  const name = end.status === 'success' ? 'onSuccess' : 'onFailure';
  const report = (error: unknown) =>
    log.error(`The callback ${name} threw; the outcome of the run stays as it is.`, { error });
  try {
    const returned: unknown =
      end.status === 'success'
        ? onSuccess && callCallback(onSuccess, [end, undefined])
        : onFailure && callCallback(onFailure, [undefined, end.error]);
    return isThenable(returned) ? asPromise(returned).then(() => {}, report) : undefined;
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** As plain data; a loader of a user's own may say anything, of which only what names its data is told. */
function loadedPart({ loaded }: RunOutcome): Pick<RunFinishedEvent, 'loaded'> {
  const found = Object.entries(loaded).flatMap(([name, facts]) => {
    const list = [facts].flat(Infinity).filter(isLocated).slice(0, maxItemEvents);
    return list.length === 0
      ? []
      : [[name, list.map((each) => plainData(whole(each)) as LoadedFacts)] as const];
  });
  return found.length === 0 ? {} : { loaded: Object.fromEntries(found) };
}

function isLocated(facts: unknown): facts is LoadedFacts {
  const { uri, format } = (facts ?? {}) as Partial<Record<string, unknown>>;
  return typeof uri === 'string' && typeof format === 'string';
}

/** How far a stream was read says nothing about its file. */
function whole(facts: LoadedFacts & { readonly state?: unknown }): LoadedFacts {
  return facts.state === undefined ? facts : { uri: facts.uri, format: facts.format };
}

/** Emits the last event. */
export function announceEnd(
  { events, endLog }: RunSession,
  active: ActiveRun | undefined,
  end: RunOutcome,
  isAbandoned: boolean,
): void {
  const { status: result, durationMs, attempts } = end;
  endLog();
  events.emit({
    type: 'run.finished',
    result,
    durationMs,
    attempts,
    nodes: active?.recorder.counts() ?? nothing,
    ...loadedPart(end),
    ...(end.status !== 'success' && { error: describeError(end.error) }),
    ...(isAbandoned && { abandoned: true }),
  });
  events.close();
}
