import type { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { createRunId, type Place, type Problem } from '@flowerpower/core';
import { type BuiltPipeline, createPipelineBuilder } from '../pipeline/build-pipeline.js';
import { type Clock, systemClock } from '../clock/clock.js';
import type { FileCacheStore } from '../cache/file-cache-store.js';
import type { CacheSettings, RunConfig } from '../config/run-config.js';
import { checkDefinition, checkRunOverrides } from '../config/check-definition.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import { createMetering } from '../context/metered-file-system.js';
import { buildExecutionContext, type ExecutionContextOptions } from '../context/build-execution-context.js';
import type { FileRef, SavedDirectory } from '../context/file-systems.js';
import { callAfter, callBefore, callBeforeSync } from './hooks/call-hooks.js';
import { runnerClosed, runtimeError } from '../errors/runtime-error.js';
import type { RunEventListener } from '../events/run-event.js';
import type { Logger } from '../logging/logger.js';
import { ensureLoggingInitialized } from '../logging/process-logger.js';
import type { ActiveRun } from './attempts/active-run.js';
import { isSliced } from '../config/slice-options.js';
import { maskStrings } from '../logging/mask-strings.js';
import { slicedPipeline } from '../plan/compute-anew.js';
import type { PipelinePlan } from '../plan/pipeline-plan.js';
import { type OrderedPipeline, orderPipelines } from '../plan/pipeline-order.js';
import { previewPipeline } from '../plan/preview-pipeline.js';
import { resolveSlice } from '../plan/resolve-slice.js';
import type { Slice } from '../plan/slice-graph.js';
import { planRun } from './plan/plan-run.js';
import { rememberKeys } from './plan/remember-keys.js';
import type { RunSession } from './session/run-session.js';
import { announceFailedStart, beginRun } from './attempts/begin-run.js';
import { type NodeScope, sharedScope } from './session/node-scope.js';
import { openSession } from './session/open-session.js';
import { checkRunnerOptions } from './check-runner-options.js';
import { prepareRun, type RunPlan } from './prepare/prepare-run.js';
import { withValue } from './report/build-value.js';
import { announceEnd, callBack, failedStart, outcomeOf } from './report/report-run.js';
import type { RunControl } from './report/run-control.js';
import { abandonedRun, failByStray, stalledRun, withStray } from './report/stopped-run.js';
import { type LookedAtData, lookAtData } from './resume/look-at-data.js';
import { orStalled, stalled } from './session/or-stalled.js';
import { runAttempts, runAttemptsSync, type Settled } from './attempts/run-attempts.js';
import type { RunOverrides } from './prepare/run-overrides.js';
import type { RecordingOptions } from './recording/run-recording.js';
import { valuesToKeep } from './report/values-to-keep.js';
import type { RunOutcome, RunResult } from './report/run-result.js';

export interface PipelineRunnerOptions extends Omit<ExecutionContextOptions, 'metered'> {
  /** Told everything that happens in every run. What it throws is logged and changes nothing. */
  readonly onEvent?: RunEventListener | undefined;
  /** Where runs are recorded, but for those with `run.record: false`. Default: nowhere. */
  readonly recording?: RecordingOptions | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
  /** Numbers from [0, 1), for the jitter of retries. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** What adapters are told of where pipelines belong. */
  readonly project?: { readonly name: string; readonly env?: string | undefined } | undefined;
  /** Where nodes and the runner log; a pipeline's `logLevel` goes above its level. Default: text on stderr. */
  readonly log?: Logger | undefined;
  /** Says which node of which run the running code belongs to. Default: one of all runners. */
  readonly scope?: AsyncLocalStorage<NodeScope> | undefined;
}

export interface PreviewPipelineOptions {
  /** About how long nodes take, in milliseconds, from earlier runs. Default: nothing is known. */
  readonly durations?: ReadonlyMap<string, number> | undefined;
  /**
   * Runs the loaders that the run would run, so that more is known: what they load decides whether what needs it is in the
   * cache. Default false: nothing runs.
   */
  readonly load?: boolean | undefined;
}

/**
 * Runs pipelines. Any number of runs may go on at once. A pipeline or overrides of the wrong type or with unknown names
 * are `FP_BAD_OPTION` everywhere; then there is no run and no event.
 */
export interface PipelineRunner {
  /**
   * Builds a pipeline, or gives what it built before while modules, `io`, `params`, `run.config` and `run.cache` are the
   * same objects. Opens nothing and runs nothing.
   *
   * @throws FlowerPowerError `FP_INVALID_PIPELINE` with every problem found, or the code of the only one.
   */
  build(pipeline: PipelineDefinition): BuiltPipeline;

  /**
   * Which nodes `run` would plan. Looks at no file. @throws what `build` throws, and `FP_INVALID_EXECUTION` or a part of it.
   */
  plan(pipeline: PipelineDefinition, overrides?: RunOverrides): RunPlan;

  /**
   * What `run` would do with each node, and why, and what it would write over. Executes no node and writes nothing; the
   * cache is read as the run would read it. Right as long as nothing fails and nobody changes cache or files in between.
   *
   * @throws (rejects) what `plan` throws; `FP_FILE_SYSTEM_START`; of slices `FP_SLICE_CONFLICT`, `FP_SLICE_EMPTY`,
   *   `FP_SLICE_VALUES`, `FP_UNKNOWN_NODE`, `FP_BAD_TAG_FILTER`.
   */
  preview(
    pipeline: PipelineDefinition,
    overrides?: RunOverrides,
    options?: PreviewPipelineOptions,
  ): Promise<PipelinePlan>;

  /**
   * In which order pipelines run: one that loads what another one saves comes after it.
   *
   * @throws what `build` throws; `FP_PIPELINE_ORDER`, which spells it.
   */
  order(pipelines: readonly PipelineDefinition[]): OrderedPipeline[];

  /**
   * Runs a pipeline with its retries, loaders and savers.
   *
   * A node that ignores its signal is waited for `run.grace` seconds after a timeout or cancellation; then the run ends
   * without it and names it. What it gives later is not used.
   *
   * @throws (rejects) what `plan` and slices throw; `NodeExecutionError` `FP_NODE_FAILED` of the last attempt, or
   *   `FP_NODES_FAILED` when `onError` is `continue` and several failed; `FP_FILE_SYSTEM_START`; `FP_RUN_TIMEOUT`;
   *   `FP_HOOK_FAILED`; `FP_RUN_CANCELLED`; `FP_RUN_STALLED` when nothing is left that could end a node; `FP_RUN_ID_IN_USE` and
   *   `FP_RUNNER_CLOSED`, for which there is no run and no event.
   */
  run(pipeline: PipelineDefinition, overrides?: RunOverrides): Promise<RunResult>;

  /**
   * As `run`, and gives what there is also when the run fails: what became of each node, the outputs that were
   * computed, what was saved.
   *
   * @param onControl - called once as the run begins, before anything of it runs; for whoever owns the process.
   * @throws (rejects) only `FP_BAD_OPTION`, `FP_RUN_ID_IN_USE` and `FP_RUNNER_CLOSED`.
   */
  settle(
    pipeline: PipelineDefinition,
    overrides?: RunOverrides,
    onControl?: (control: RunControl) => void,
  ): Promise<RunOutcome>;

  /**
   * As `run`, for nodes that are all synchronous. Waits between attempts block the thread; a timeout takes effect
   * between nodes, never inside one. A callback that gives a promise is not waited for.
   *
   * @throws as `run`, and `FP_NOT_SYNCHRONOUS` when a node gives a promise, `io` would load or save, or there is a cache.
   */
  runSync(pipeline: PipelineDefinition, overrides?: RunOverrides): RunResult;

  /** The directories, each once, in which loaders and savers find these files; a folder that is saved as one is its own. Opens nothing. */
  directoriesOf(files: readonly FileRef[]): readonly SavedDirectory[];

  /** What is wrong with the directory of these settings, whether or not the cache is enabled. Writes nothing. */
  checkCache(settings: Partial<CacheSettings>, place?: Place): readonly Problem[];

  /** The cache that runs with these settings use, whether or not it is enabled. Opens nothing. */
  cacheStore(settings: Partial<CacheSettings>): FileCacheStore;

  /**
   * Cancels what runs, waits for it, and closes the filesystems that runs opened, last first. Further runs are
   * refused. @throws (rejects) `FP_CLOSE_FAILED`
   */
  close(): Promise<void>;
  /** For `await using runner = …`: closes it where the block ends. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How long a process that is about to end keeps values of its run. */
const keepingMs = 200;

/**
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name; `FP_STORAGE_OPTIONS` or
 *   `FP_UNKNOWN_SCHEME` for storage options that cannot be used.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { createRegistry } from '@flowerpower/plugin';
 * import { createPipelineRunner, defaultRunConfig } from '@flowerpower/runtime';
 *
 * const runner = createPipelineRunner({ registry: createRegistry(), fs: createMemoryFileSystem() });
 * const greeting = ({ name }: { name: string }) => `Hello, ${name}!`;
 * const { outputs } = await runner.run({
 *   name: 'hello',
 *   modules: [{ greeting }],
 *   params: { name: 'flower' },
 *   io: { load: {}, save: { greeting: { type: 'json', path: 'greeting.json' } } },
 *   run: defaultRunConfig,
 * });
 * outputs; // { greeting: 'Hello, flower!' }
 * await runner.close();
 * ```
 */
export function createPipelineRunner(options: PipelineRunnerOptions): PipelineRunner {
  checkRunnerOptions(options);
  const {
    clock = systemClock,
    random = Math.random,
    onEvent: listener,
    recording: recorded,
    project,
  } = options;
  const log = options.log ?? ensureLoggingInitialized();
  const scope = options.scope ?? sharedScope;
  const context = buildExecutionContext({ ...options, metered: createMetering(() => scope.getStore()?.io) });
  const build = createPipelineBuilder(context);
  const closing = new AbortController();
  // Every run listens, and any number of them may go on at once.
  setMaxListeners(0, closing.signal);
  let closed: Promise<void> | undefined;
  /** Runs that have not ended, with a promise of their end. */
  const going = new Map<string, { readonly ended: Promise<void>; readonly end: () => void }>();

  function open(definition: PipelineDefinition, request: RunOverrides): RunSession {
    checkDefinition(definition);
    checkRunOverrides(request);
    const runId = request.runId ?? createRunId();
    if (closed !== undefined) throw runnerClosed();
    if (going.has(runId)) throw runIdInUse(runId);
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    going.set(runId, { ended, end });
    const signals = [request.signal, closing.signal];
    const adapters = context.resolveAdapters(definition);
    const { resolve } = context;
    return openSession({
      runId,
      definition,
      request,
      recorded,
      clock,
      listener,
      log,
      scope,
      signals,
      adapters,
      resolve,
      project,
    });
  }

  const begin = (
    session: RunSession,
    definition: PipelineDefinition,
    request: RunOverrides,
    synchronous: boolean,
    slice?: Slice,
    data?: LookedAtData,
  ): ActiveRun =>
    beginRun(session, {
      definition,
      request,
      build,
      checkPaths: context.checkPaths,
      resolveBuilder: context.resolveBuilder,
      scope,
      random,
      synchronous,
      slice,
      data,
    });

  /** Before the run begins, since what it is restricted to may depend on files. */
  async function slice(
    session: RunSession,
    definition: PipelineDefinition,
    request: RunOverrides,
  ): Promise<Slice | undefined> {
    try {
      return await resolveSlice(build(definition), request, { context, build, reads: true });
    } catch (error) {
      announceFailedStart(session, { definition, request });
      throw error;
    }
  }

  /** What a run that resumes finds of the data that was loaded, before it is decided what runs. */
  async function lookedAt(
    session: RunSession,
    definition: PipelineDefinition,
    request: RunOverrides,
  ): Promise<LookedAtData | undefined> {
    const { resume, inputs, overrides } = request;
    if (resume === undefined) return undefined;
    try {
      return await lookAtData(
        build(definition),
        { resume, inputs, overrides },
        { locate: context.locate, signal: session.stop.signal },
      );
    } catch (error) {
      announceFailedStart(session, { definition, request });
      throw error;
    }
  }

  /** Tells everybody of the end; `farewell` is what adapters still do then. */
  function finish(
    session: RunSession,
    active: ActiveRun | undefined,
    end: RunOutcome,
    isAbandoned = false,
  ): { readonly end: RunOutcome; readonly farewell: Promise<void> | undefined } {
    const { runId, stop, recording, watchers } = session;
    if (end.status !== 'success' && active !== undefined) {
      const endMs = clock.elapsedMs() + keepingMs;
      recording?.keep(valuesToKeep(active, end.outputs), () => !isAbandoned || clock.elapsedMs() < endMs);
    }
    announceEnd(session, active, end, isAbandoned);
    recording?.close();
    active?.recorder.close();
    stop.dispose();
    const { status, durationMs, outputs } = end;
    const error = status === 'success' ? undefined : end.error;
    const farewell = watchers?.finish({ status, durationMs, outputs, error });
    const leave = () => {
      going.get(runId)?.end();
      going.delete(runId);
    };
    if (farewell === undefined) leave();
    else void farewell.then(leave);
    return { end, farewell };
  }

  /** Gives the outcome once the adapters are done, or late. */
  async function part({ end, farewell }: ReturnType<typeof finish>): Promise<RunOutcome> {
    await farewell;
    return end;
  }

  async function settle(
    definition: PipelineDefinition,
    request: RunOverrides = {},
    onControl?: (control: RunControl) => void,
  ): Promise<RunOutcome> {
    const session = open(definition, request);
    let active: ActiveRun | undefined;
    let abandoned: RunOutcome | undefined;
    const control: RunControl = {
      fail: (error) => failByStray(session, active, scope, error),
      abandon(kind, reason) {
        abandoned ??= finish(
          session,
          active,
          outcomeOf(session, active, abandonedRun(session, active, { kind, reason })),
          true,
        ).end;
        return abandoned;
      },
    };
    try {
      onControl?.(control);
    } catch (error) {
      return part(finish(session, active, outcomeOf(session, active, failedStart(error))));
    }

    async function work(): Promise<Settled> {
      const sliced = isSliced(request) ? await slice(session, definition, request) : undefined;
      const data = await lookedAt(session, definition, request);
      active = begin(session, definition, request, false, sliced, data);
      const builder = context.resolveBuilder(request.resultBuilder);
      await context.start(active.prepared.files);
      await callBefore(active, definition.hooks);
      const settled = await runAttempts(active);
      await rememberKeys(active, context);
      // Node tells of rejections that nobody handles when all that is ready has run: that belongs to the run too.
      if (onControl !== undefined && session.stop.cause() === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        return withValue(withStray(session, settled), builder, active.prepared.outputs);
      }
      return withValue(settled, builder, active.prepared.outputs);
    }

    let settled: Settled;
    try {
      const worked = await orStalled(work());
      settled = worked === stalled ? stalledRun(session, active) : worked;
    } catch (error) {
      settled = failedStart(error);
    }
    if (abandoned !== undefined) return abandoned;
    const end = outcomeOf(session, active, settled);
    for (const tell of [
      () => callAfter(session, definition.hooks, end),
      () => callBack(session, callbacksOf(definition, request), end),
    ]) {
      const called = tell();
      if (called !== undefined && (await orStalled(called)) === stalled)
        session.log.error('A callback or hook of the run gave a promise that nothing is left to settle.');
    }
    return abandoned ?? part(finish(session, active, end));
  }

  return {
    build(definition) {
      checkDefinition(definition);
      return build(definition);
    },
    plan(definition, request = {}) {
      checkDefinition(definition);
      checkRunOverrides(request);
      const { outputs, savers, planned } = prepareRun(build(definition), request, context.checkPaths);
      return { outputs, savers, planned };
    },
    async preview(definition, request = {}, { durations = new Map(), load = false } = {}) {
      checkDefinition(definition);
      checkRunOverrides(request);
      if (closed !== undefined) throw runnerClosed();
      const built = build(definition);
      const sliced = await resolveSlice(built, request, { context, build, reads: load });
      const prepared = prepareRun(slicedPipeline(built, sliced, build), request, context.checkPaths, sliced);
      await context.start(prepared.files);
      const plan = await planRun({
        prepared,
        slice: sliced,
        preview: await previewPipeline(prepared.built, context),
        locate: context.locate,
        signal: request.signal,
        loads: load,
        durations,
      });
      return definition.mask === undefined ? plan : maskStrings(plan, definition.mask);
    },
    order(definitions) {
      for (const definition of definitions) checkDefinition(definition);
      return orderPipelines(definitions.map(build), context);
    },
    settle,
    run: async (definition, request) => resultOrThrow(await settle(definition, request)),
    runSync(definition, request = {}) {
      const session = open(definition, request);
      let active: ActiveRun | undefined;
      let settled: Settled;
      try {
        active = begin(session, definition, request, true);
        callBeforeSync(active, definition.hooks);
        const builder = context.resolveBuilder(request.resultBuilder);
        settled = withValue(runAttemptsSync(active), builder, active.prepared.outputs);
      } catch (error) {
        settled = failedStart(error);
      }
      const end = outcomeOf(session, active, settled);
      // The promise of an asynchronous hook or callback never rejects, so nobody needs to hold it.
      void callAfter(session, definition.hooks, end);
      void callBack(session, callbacksOf(definition, request), end);
      return resultOrThrow(finish(session, active, end).end);
    },
    directoriesOf: context.directoriesOf,
    checkCache: context.caches.check,
    cacheStore: context.caches.store,
    close,
    [Symbol.asyncDispose]: close,
  };

  function close(): Promise<void> {
    closed ??= closeRunner();
    return closed;
  }

  async function closeRunner(): Promise<void> {
    closing.abort(runnerClosed());
    await Promise.all([...going.values()].map(({ ended }) => ended));
    await context.close();
  }
}

/** Those of the call stand in for those of the pipeline. */
function callbacksOf(
  { run }: PipelineDefinition,
  request: RunOverrides,
): Pick<RunConfig, 'onSuccess' | 'onFailure'> {
  return {
    onSuccess: request.onSuccess ?? run.onSuccess,
    onFailure: request.onFailure ?? run.onFailure,
  };
}

function resultOrThrow(outcome: RunOutcome): RunResult {
  if (outcome.status !== 'success') throw outcome.error;
  return outcome;
}

function runIdInUse(runId: string) {
  return runtimeError({
    code: 'FP_RUN_ID_IN_USE',
    message: `A run with the id '${runId}' has not ended.`,
    hint: 'Leave runId out, or give each run an id of its own.',
  });
}
