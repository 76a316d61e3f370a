/** One attempt of a run: executes the plan, without what earlier attempts achieved. */
import {
  type ExecuteOptions,
  type FlowerPowerError,
  isFlowerPowerError,
  type Problem,
  type RunReport,
} from '@flowerpower/core';
import { describeError } from '../errors/describe-error.js';
import { runtimeError } from '../errors/runtime-error.js';
import type { ActiveRun } from './active-run.js';
import type { NodeFailure } from './node-recorder.js';
import type { StopCause } from './run-stop.js';

export type AttemptOutcome =
  | { readonly kind: 'success'; readonly values: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failed';
      readonly error: FlowerPowerError;
      /** What decides about a retry: the failures that did not merely follow from another one. */
      readonly causes: readonly unknown[];
      /** True when no attempt can help. */
      readonly final: boolean;
    }
  | { readonly kind: 'stopped'; readonly cause: StopCause; readonly running: readonly string[] };

type Options = ExecuteOptions<Record<string, unknown>, Readonly<Record<string, unknown>>>;

/** Never rejects for a failing node. After a stop it waits for running nodes, but not beyond the grace period. */
export async function attemptRun(run: ActiveRun, attempt: number): Promise<AttemptOutcome> {
  const { prepared, stop, recorder } = run;
  const options = executeOptions(run, attempt);
  const ended = prepared.built.driver.run(requestOf(run), options).then((report) => outcomeOf(run, report));
  const givenUp = stop.graceOver.then(
    (): AttemptOutcome => ({ kind: 'stopped', cause: stop.cause()!, running: recorder.running() }),
  );
  return Promise.race([ended, givenUp]);
}

/** As `attemptRun`, for a plan whose nodes are all synchronous. */
export function attemptRunSync(run: ActiveRun, attempt: number): AttemptOutcome {
  const options = executeOptions(run, attempt);
  try {
    const outputs = run.prepared.built.driver.executeSync(requestOf(run), options);
    return outcomeOf(run, { error: undefined, outputs });
  } catch (error) {
    if (!isFlowerPowerError(error)) throw error;
    return outcomeOf(run, { error, outputs: {} });
  }
}

function requestOf({ prepared }: ActiveRun): string[] {
  return [...new Set([...prepared.outputs, ...prepared.savers])];
}

function executeOptions(run: ActiveRun, attempt: number): Options {
  const { prepared, recorder, stop, runId, log, maxRetries } = run;
  const { built, inputs, overrides } = prepared;
  return {
    inputs,
    overrides: { ...recorder.kept(), ...overrides },
    signal: stop.signal,
    maxConcurrency: built.executor.maxConcurrency,
    onError: built.definition.run.onError,
    runId,
    attempt,
    adapters: [recorder.begin({ attempt, keepValues: attempt <= maxRetries }), ...run.adapters],
    log,
  };
}

function outcomeOf(
  run: ActiveRun,
  { error, outputs }: Pick<RunReport<Record<string, unknown>>, 'error' | 'outputs'>,
): AttemptOutcome {
  const { stop, recorder, prepared } = run;
  const { graph, definition } = prepared.built;
  const cause = stop.cause();
  const failures = recorder.failures();
  const goesOn = definition.run.onError === 'continue';
  if (goesOn && failures.length > 0) recorder.skip(graph.nodes, prepared.planned);
  if (cause !== undefined) return { kind: 'stopped', cause, running: [] };
  if (error === undefined) return { kind: 'success', values: outputs };
  const own = goesOn ? failures : failures.slice(0, 1);
  return {
    kind: 'failed',
    error: own.length > 1 ? severalFailed(own, error) : error,
    causes: own.map((failure) => failure.error),
    final: error.code === 'FP_NOT_SYNCHRONOUS',
  };
}

function severalFailed(failures: readonly NodeFailure[], first: FlowerPowerError): FlowerPowerError {
  const problems = failures.map(({ node, error }): Problem => {
    const places = node.place === undefined ? [] : [node.place];
    return {
      code: 'FP_NODE_FAILED',
      message: `The node '${node.name}' failed: ${describeError(error).message}`,
      places,
    };
  });
  const list = problems.map(({ message }) => `  - ${message}`).join('\n');
  return runtimeError(
    {
      code: 'FP_NODES_FAILED',
      message: `${failures.length} nodes failed:\n${list}`,
      places: problems.flatMap(({ places }) => places ?? []),
    },
    { problems, cause: first, context: { nodes: failures.map(({ node }) => node.name) } },
  );
}
