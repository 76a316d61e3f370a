/** What a runner is made from, and what it does. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Place, Problem } from '@flowerpower/core';
import type { FileCacheStore } from '../cache/file-cache-store.js';
import type { Clock } from '../clock/clock.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import type { CacheSettings } from '../config/run-config.js';
import type { ExecutionContextOptions } from '../context/build-execution-context.js';
import type { FileRef, SavedDirectory } from '../context/file-systems.js';
import type { RunEventListener } from '../events/run-event.js';
import type { Logger } from '../logging/logger.js';
import type { BuiltPipeline } from '../pipeline/build-pipeline.js';
import type { OrderedPipeline } from '../plan/pipeline-order.js';
import type { PipelinePlan } from '../plan/pipeline-plan.js';
import type { RunPlan } from './prepare/prepare-run.js';
import type { RunOverrides } from './prepare/run-overrides.js';
import type { RecordingOptions } from './recording/run-recording.js';
import type { RunControl } from './report/run-control.js';
import type { RunOutcome, RunResult } from './report/run-result.js';
import type { NodeScope } from './session/node-scope.js';

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
