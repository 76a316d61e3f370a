/** One attempt of a run: executes the plan, without what earlier attempts achieved. */
import {
  type ExecuteOptions,
  type FlowerPowerError,
  isFlowerPowerError,
  type NodeExecutionError,
  type Problem,
  readProperty,
  type RunReport,
  lineList,
} from '@flowerpower/core';
import { runtimeError } from '../../errors/runtime-error.js';
import { isAtLeast } from '../../logging/log-level.js';
import type { ActiveRun } from './active-run.js';
import { criticalPathFirst } from './critical-path-first.js';
import { announceStop } from './announce-stop.js';
import { requestedNames } from '../prepare/prepare-run.js';
import type { StopCause } from '../session/run-stop.js';

export type AttemptOutcome =
  | { readonly kind: 'success'; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failed';
      /** Of the requested nodes that succeeded all the same. */
      readonly values: Readonly<Record<string, unknown>>;
      readonly error: FlowerPowerError;
      /** What decides about a retry: the failures that did not merely follow from another one. */
      readonly causes: readonly unknown[];
      /** True when no attempt can help. */
      readonly final: boolean;
    }
  | {
      readonly kind: 'stopped';
      readonly values: Readonly<Record<string, unknown>>;
      readonly cause: StopCause;
      readonly running: readonly string[];
    };

type Options = ExecuteOptions<Record<string, unknown>, Readonly<Record<string, unknown>>>;

/** Never rejects for a failing node. After a stop it waits for running nodes, but not beyond the grace period. */
export async function attemptRun(run: ActiveRun, attempt: number): Promise<AttemptOutcome> {
  const { prepared, stop, recorder } = run;
  const options = executeOptions(run, attempt);
  const ended = prepared.built.driver
    .run(requestedNames(prepared), options)
    .then((report) => outcomeOf(run, report));
  const givenUp = stop.graceOver.then(
    (): AttemptOutcome => ({
      kind: 'stopped',
      values: {},
      cause: stop.cause()!,
      running: recorder.running().map(({ node }) => node),
    }),
  );
  const silence = announceStop(run);
  return Promise.race([ended, givenUp]).finally(silence);
}

/** As `attemptRun`, for a plan whose nodes are all synchronous. */
export function attemptRunSync(run: ActiveRun, attempt: number): AttemptOutcome {
  const { driver } = run.prepared.built;
  return outcomeOf(run, driver.runSync(requestedNames(run.prepared), executeOptions(run, attempt)));
}

/** With those that only the savers were asked for. */
function outputsOf(
  { prepared, recorder }: ActiveRun,
  outputs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (prepared.watched.size === 0) return outputs;
  const watched = recorder.watchedValues();
  return Object.fromEntries(
    prepared.outputs.flatMap((name) => {
      if (Object.hasOwn(outputs, name)) return [[name, outputs[name]]];
      return watched.has(name) ? [[name, watched.get(name)]] : [];
    }),
  );
}

function executeOptions(run: ActiveRun, attempt: number): Options {
  const { prepared, recorder, stop, runId, log, maxRetries } = run;
  const { built, inputs, overrides } = prepared;
  const { maxConcurrency } = built.executor;
  return {
    inputs,
    overrides: { ...recorder.kept(), ...overrides },
    signal: stop.signal,
    maxConcurrency,
    // Without a limit all that is ready starts.
    ...(Number.isFinite(maxConcurrency) && { order: criticalPathFirst }),
    onError: built.definition.run.onError,
    runId,
    attempt,
    adapters: [recorder.begin({ attempt, keepValues: attempt <= maxRetries }), ...run.adapters],
    log,
  };
}

function outcomeOf(run: ActiveRun, report: RunReport<Record<string, unknown>>): AttemptOutcome {
  const { stop, recorder, prepared } = run;
  const { errors } = report;
  const outputs = outputsOf(run, report.outputs);
  const goesOn = prepared.built.definition.run.onError === 'continue';
  recorder.end(report, goesOn || report.error === undefined);
  tellMisses(run);
  const cause = stop.cause();
  if (cause !== undefined) return { kind: 'stopped', values: outputs, cause, running: [] };
  if (report.error === undefined) return { kind: 'success', values: outputs };
  const own = goesOn ? errors : errors.slice(0, 1);
  const [first] = own;
  const refused = own.map((failure) => failure.cause).find(isRefusedPromise);
  if (refused !== undefined)
    return { kind: 'failed', values: outputs, error: refused, causes: [refused], final: true };
  return {
    kind: 'failed',
    values: outputs,
    error: own.length > 1 ? severalFailed(own, first!) : report.error,
    causes: own.map((failure) => failure.cause),
    final: false,
  };
}

/** Why nodes were computed although there is a cache, for who asks for every detail. */
function tellMisses({ log, prepared }: ActiveRun): void {
  const { cache } = prepared.built.driver;
  if (cache === undefined || !isAtLeast('DEBUG', log.level)) return;
  for (const { node, outcome, text } of cache.explain()) {
    if (outcome === 'miss') log.debug(`Cache: ${text}.`, { node });
  }
}

function isRefusedPromise(cause: unknown): cause is FlowerPowerError {
  return isFlowerPowerError(cause) && readProperty(cause, 'code') === 'FP_NOT_SYNCHRONOUS';
}

function severalFailed(failures: readonly NodeExecutionError[], first: NodeExecutionError): FlowerPowerError {
  const problems = failures.map(({ code, message, places }): Problem => ({ code, message, places }));
  const list = lineList(problems.map(({ message }) => message));
  return runtimeError(
    {
      code: 'FP_NODES_FAILED',
      message: `${failures.length} nodes failed:\n${list}`,
      places: problems.flatMap(({ places }) => places ?? []),
    },
    { problems, cause: first, context: { nodes: failures.map(({ node }) => node) } },
  );
}
