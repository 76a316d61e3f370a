import type { AsyncLocalStorage } from 'node:async_hooks';
import { createRetryPolicy, boundedList } from '@flowerpower/core';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';
import type { ExecutionContext } from '../../context/build-execution-context.js';
import type { WatchedRun } from '@flowerpower/plugin';
import { runParameters } from '../../telemetry/run-parameters.js';
import type { PipelineDefinition } from '../../config/pipeline-definition.js';
import { slicedPipeline } from '../../plan/compute-anew.js';
import { resolveSliceSync } from '../../plan/resolve-slice.js';
import type { Slice } from '../../plan/slice-graph.js';
import { runtimeError } from '../../errors/runtime-error.js';
import type { ActiveRun } from './active-run.js';
import type { RunSession } from '../session/run-session.js';
import { createNodeRecorder } from '../recorder/node-recorder.js';
import type { NodeScope } from '../session/node-scope.js';
import { createLiveValues } from '../recorder/live-values.js';
import { type PreparedRun, prepareRun } from '../prepare/prepare-run.js';
import type { LookedAtData } from '../resume/look-at-data.js';
import type { RunOverrides } from '../prepare/run-overrides.js';

export interface BeginOptions {
  readonly definition: PipelineDefinition;
  readonly request: RunOverrides;
  readonly build: (definition: PipelineDefinition) => BuiltPipeline;
  readonly context: Pick<ExecutionContext, 'checkPaths' | 'resolveBuilder'>;
  readonly scope: AsyncLocalStorage<NodeScope>;
  readonly random: () => number;
  /** A synchronous run finds out by itself what it is restricted to, and looks at no data. */
  readonly beforehand: Beforehand | 'synchronous';
}

/** What was found out before the run began. */
export interface Beforehand {
  /** What the run is restricted to. */
  readonly slice?: Slice | undefined;
  /** Of a run that resumes: what became of the data that was loaded. */
  readonly data?: LookedAtData | undefined;
}

/** Of so many nodes it is said why they run again. */
const maxTold = 20;

/**
 * Builds, plans and announces the run; `run.started` is emitted whatever happens.
 *
 * @throws what building and planning throw, and `FP_NOT_SYNCHRONOUS` for a synchronous run with loaders, savers or a
 *   cache.
 */
export function beginRun(session: RunSession, options: BeginOptions): ActiveRun {
  const { definition, request, scope, random } = options;
  const synchronous = options.beforehand === 'synchronous';
  const { clock, events, log, stop } = session;
  const { prepared, slice, builder } = prepareOrAnnounce(session, options);
  const { built, outputs, planned, inputs, overrides } = prepared;
  const { values, written, again, warnings } = prepared.resumed;
  const resumeOf = request.resume?.from.header.runId;
  greet(session, definition, { outputs, planned, inputs, overrides, graph: built.graph, resumeOf });
  session.recording?.begin(prepared);
  events.emit({
    type: 'run.started',
    outputs,
    planned,
    ...(request.resume !== undefined && {
      resumeOf: request.resume.from.header.runId,
      reused: [...Object.keys(values), ...written],
    }),
  });
  for (const { node, because } of again.slice(0, maxTold)) log.info(`'${node}' runs again: ${because}.`);
  if (again.length > maxTold) log.info(`${again.length - maxTold} further nodes run again.`);
  for (const warning of [...built.warnings, ...(slice?.warnings ?? []), ...warnings]) log.warn(warning);
  if (synchronous) refuseFiles(prepared);
  const { retry } = definition.run;
  const io = { saved: built.savedAs, loaded: built.loadedAs };
  return {
    ...session,
    prepared,
    recorder: createNodeRecorder({
      clock,
      events,
      log,
      stop,
      scope,
      graph: built.graph,
      valueNodes: built.valueNodes,
      io,
      checked: built.checked,
      watched: prepared.watched,
      live: session.recording && createLiveValues({ graph: built.graph, planned, outputs }),
      synchronous,
    }),
    retry: createRetryPolicy({ ...retry, retryExceptions: built.retryExceptions }, random),
    maxRetries: retry.maxRetries,
    adapters: request.adapters ?? [],
    builder,
  };
}

function prepareOrAnnounce(
  session: RunSession,
  options: BeginOptions,
): {
  readonly prepared: PreparedRun;
  readonly slice: Slice | undefined;
  readonly builder: ActiveRun['builder'];
} {
  const { definition, request, build, context, beforehand } = options;
  try {
    const builder = context.resolveBuilder(request.resultBuilder);
    const built = build(definition);
    const { slice, data } =
      beforehand === 'synchronous'
        ? { slice: resolveSliceSync(built, request), data: undefined }
        : beforehand;
    const sliced = slicedPipeline(built, slice, build);
    return { prepared: prepareRun(sliced, request, context.checkPaths, slice, data), slice, builder };
  } catch (error) {
    announceFailedStart(session, options);
    throw error;
  }
}

/** Tells the adapters what begins. */
function greet(
  { watchers, clock, runId, pipeline, project }: RunSession,
  { params, run, mask }: PipelineDefinition,
  begun: Pick<WatchedRun, 'outputs' | 'planned' | 'inputs' | 'overrides' | 'graph' | 'resumeOf'>,
): void {
  watchers?.start({
    runId,
    pipeline,
    project: project?.name,
    env: project?.env,
    startedAt: new Date(clock.wallMs()).toISOString(),
    cache: run.cache?.enabled === true,
    ...begun,
    parameters: () => {
      // What `params` gives to an input stands there.
      const given = Object.entries(begun.inputs).filter(([name, value]) => params[name] !== value);
      return runParameters({ params, inputs: Object.fromEntries(given), config: run.config }, mask);
    },
  });
}

/** A run that cannot start is a run all the same. */
export function announceFailedStart(
  session: RunSession,
  { definition, request }: Pick<BeginOptions, 'definition' | 'request'>,
): void {
  const outputs = request.outputs ?? definition.run.finalVars;
  const { inputs = {}, overrides = {} } = request;
  const resumeOf = request.resume?.from.header.runId;
  greet(session, definition, { outputs, planned: [], inputs, overrides, resumeOf });
  session.events.emit({ type: 'run.started', outputs, planned: [] });
}

function refuseFiles({ built, planned }: PreparedRun): void {
  const runs = new Set(planned);
  const opening = [...built.loaders, ...built.savers].filter(({ opener }) => runs.has(opener));
  const asynchronous = opening.map(({ node }) => node);
  if (asynchronous.length > 0) {
    throw runtimeError({
      code: 'FP_NOT_SYNCHRONOUS',
      message: `A synchronous run cannot load or save: ${boundedList(asynchronous)}.`,
      hint: 'Use run(...) instead of runSync(...), or give loaded values in overrides.',
    });
  }
  if (built.definition.run.cache?.enabled === true) {
    throw runtimeError({
      code: 'FP_NOT_SYNCHRONOUS',
      message: 'A synchronous run cannot use the cache, whose files are read asynchronously.',
      hint: 'Use run(...) instead of runSync(...), or switch the cache off: cache: false.',
    });
  }
}
