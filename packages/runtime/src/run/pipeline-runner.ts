import { setMaxListeners } from 'node:events';
import { createRunId } from '@flowerpower/core';
import { createPipelineBuilder } from '../pipeline/build-pipeline.js';
import { systemClock } from '../clock/clock.js';
import { checkDefinition, checkRunOverrides } from '../config/check-definition.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import { createMetering } from '../context/metered-file-system.js';
import { buildExecutionContext } from '../context/build-execution-context.js';
import { callBefore, callBeforeSync } from './hooks/call-hooks.js';
import { runnerClosed, runtimeError } from '../errors/runtime-error.js';
import { ensureLoggingInitialized } from '../logging/process-logger.js';
import type { ActiveRun } from './attempts/active-run.js';
import { isSliced } from '../config/slice-options.js';
import { maskStrings } from '../logging/mask-strings.js';
import { slicedPipeline } from '../plan/compute-anew.js';
import { orderPipelines } from '../plan/pipeline-order.js';
import { previewPipeline } from '../plan/preview-pipeline.js';
import { resolveSlice } from '../plan/resolve-slice.js';
import { planRun } from './plan/plan-run.js';
import { rememberKeys } from './plan/remember-keys.js';
import type { RunSession } from './session/run-session.js';
import { announceFailedStart, beginRun, type Beforehand } from './attempts/begin-run.js';
import { sharedScope } from './session/node-scope.js';
import { openSession } from './session/open-session.js';
import { checkRunnerOptions } from './check-runner-options.js';
import { prepareRun } from './prepare/prepare-run.js';
import { withValue } from './report/build-value.js';
import { announceEnd, failedStart, outcomeOf } from './report/report-run.js';
import { tellOfEnd, tellOfEndSync } from './hooks/tell-of-end.js';
import type { RunControl } from './report/run-control.js';
import { abandonedRun, failByStray, stalledRun, withStray } from './report/stopped-run.js';
import { lookAtData } from './resume/look-at-data.js';
import { orStalled, stalled } from './session/or-stalled.js';
import { runAttempts, runAttemptsSync, type Settled } from './attempts/run-attempts.js';
import type { RunOverrides } from './prepare/run-overrides.js';
import { valuesToKeep } from './report/values-to-keep.js';
import type { RunOutcome, RunResult } from './report/run-result.js';
import type { PipelineRunner, PipelineRunnerOptions } from './runner-contract.js';

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
    called: { readonly definition: PipelineDefinition; readonly request: RunOverrides },
    beforehand: Beforehand | 'synchronous',
  ): ActiveRun => beginRun(session, { ...called, build, context, scope, random, beforehand });

  /** What is looked at before it is decided what runs, because it takes time: files, and data that was loaded. */
  async function lookBeforehand(
    session: RunSession,
    definition: PipelineDefinition,
    request: RunOverrides,
  ): Promise<Beforehand> {
    const { resume, inputs, overrides } = request;
    if (!isSliced(request) && resume === undefined) return {};
    try {
      const built = build(definition);
      const { signal } = session.stop;
      return {
        slice: isSliced(request)
          ? await resolveSlice(built, request, { context, build, reads: true })
          : undefined,
        data:
          resume &&
          (await lookAtData(built, { resume, inputs, overrides }, { locate: context.locate, signal })),
      };
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
      const beforehand = await lookBeforehand(session, definition, request);
      active = begin(session, { definition, request }, beforehand);
      await context.start(active.prepared.files);
      await callBefore(active, definition.hooks);
      const settled = await runAttempts(active);
      await rememberKeys(active, context);
      // Node tells of rejections that nobody handles when all that is ready has run: that belongs to the run too.
      if (onControl !== undefined && session.stop.cause() === undefined) {
        await new Promise((resolve) => setImmediate(resolve));
        return withValue(withStray(session, settled), active);
      }
      return withValue(settled, active);
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
    await tellOfEnd(session, { definition, request }, end);
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
        active = begin(session, { definition, request }, 'synchronous');
        callBeforeSync(active, definition.hooks);
        settled = withValue(runAttemptsSync(active), active);
      } catch (error) {
        settled = failedStart(error);
      }
      const end = outcomeOf(session, active, settled);
      tellOfEndSync(session, { definition, request }, end);
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
