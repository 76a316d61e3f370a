/** Coordinates what a project does with its pipelines. Each part is a file of its own. */
import { aBoolean, anyText, requireArgument, requireOptions } from '@flowerpower/core';
import type {
  OrderedPipeline,
  PipelinePlan,
  RunControl,
  RunOutcome,
  RunOverrides,
  RunResult,
} from '@flowerpower/runtime';
import { withoutAdditionalModules } from './pipelines/additional-modules.js';
import { findPipeline, type PipelineEntry, readCatalog, requireOwnNames } from './catalog/read-catalog.js';
import type { NewPipeline, NewPipelineOptions } from './create/new-pipeline.js';
import type { AddedHook, AddHookOptions } from './hooks/add-hook.js';
import { listCaches, type ProjectCache } from './pipelines/list-caches.js';
import { createPipelineLoader, type LoadRequest } from './pipelines/load-pipeline.js';
import type { LoadedPipeline } from './pipelines/loaded-pipeline.js';
import { type LooksAtPipelines, looksAtPipelines } from './pipelines/look-at-pipeline.js';
import type { PipelineSummary, SummaryOptions } from './summary/summarize-pipelines.js';
import type { TypegenOptions, WrittenTypes } from './typegen/write-types.js';
import type { PipelineManagerParts } from './pipelines/manager-parts.js';
import type { PipelineOverrides } from './pipelines/pipeline-overrides.js';
import { type MovesPipelines, movesPipelines } from './transfer/moves-pipelines.js';
import type { PipelineRuns } from './pipelines/run-in-order.js';
import { runsManyPipelines } from './pipelines/run-many.js';
import { type PlanPipelineOptions, runsPipelines } from './pipelines/run-pipeline.js';
import { type ResumesRuns, resumesRuns } from './pipelines/resume-run.js';

/** An argument of the wrong type, or an option of an unknown name, is `FP_BAD_OPTION` everywhere. */
export interface PipelineManager extends LooksAtPipelines, MovesPipelines, ResumesRuns {
  /**
   * Every pipeline that can be run, by name. A module that has no configuration and that a pipeline names under
   * `run.additionalModules` is a part of that one. @throws (rejects) `FP_PIPELINE_AMBIGUOUS`
   */
  list(): Promise<PipelineEntry[]>;
  /** Reads the configuration, imports the modules and builds the graph. Executes no node. */
  load(name: string, overrides?: PipelineOverrides, request?: LoadRequest): Promise<LoadedPipeline>;
  /**
   * Runs a pipeline, by name or as it was loaded; of a loaded one only what belongs to a run can be overridden.
   *
   * @throws (rejects) the error of the fault, with its class: NodeExecutionError for a node, FlowerPowerError
   *   with the code of whatever was wrong before a node ran.
   */
  run(pipeline: string, overrides?: PipelineOverrides): Promise<RunResult>;
  run(pipeline: LoadedPipeline, overrides?: RunOverrides): Promise<RunResult>;
  /**
   * As `run` for a loaded pipeline, and gives what there is also when the run fails: what became of each node, the
   * outputs that were computed, what was saved.
   */
  settle(
    pipeline: LoadedPipeline,
    overrides?: RunOverrides,
    onControl?: (control: RunControl) => void,
  ): Promise<RunOutcome>;
  /** As `run`, for a pipeline of synchronous nodes that was loaded before. @throws `FP_PIPELINE_NOT_LOADED`. */
  runSync(name: string, overrides?: RunOverrides): RunResult;
  /**
   * What `run` would do with each node, and why; which files it would write over. Executes no node and writes nothing.
   *
   * @throws (rejects) what `run` would reject with before a node ran.
   */
  plan(pipeline: string, overrides?: PipelineOverrides, options?: PlanPipelineOptions): Promise<PipelinePlan>;
  plan(
    pipeline: LoadedPipeline,
    overrides?: RunOverrides,
    options?: PlanPipelineOptions,
  ): Promise<PipelinePlan>;
  /**
   * In which order pipelines run: one that loads what another one saves comes after it.
   *
   * @throws FlowerPowerError `FP_PIPELINE_ORDER`, which spells it.
   */
  order(pipelines: readonly LoadedPipeline[]): OrderedPipeline[];
  /**
   * Runs several pipelines, or every one of the project, one after the other in their order. Those that need one that did
   * not succeed are skipped; the others run. An input goes to the pipelines that have it.
   *
   * @throws (rejects) what loading them throws, and `FP_PIPELINE_ORDER` and `FP_MANY_PIPELINES`, before any of them runs; a
   *   run that fails is told by the result.
   */
  runMany(names: readonly string[] | 'all', overrides?: PipelineOverrides): Promise<PipelineRuns>;
  /** Adds a pipeline that runs as it is. */
  create(name: string, options?: NewPipelineOptions): Promise<NewPipeline>;
  /** Adds a hook to the folder of a pipeline: a function that runs as it is. @throws (rejects) `FP_HOOK_EXISTS`, `FP_HOOK_NAME` */
  addHook(name: string, options: AddHookOptions): Promise<AddedHook>;
  /** What each pipeline consists of: files, configuration, code. Imports nothing. @throws (rejects) `FP_UNKNOWN_PIPELINE`, `FP_PIPELINE_AMBIGUOUS` */
  summary(options?: SummaryOptions): Promise<PipelineSummary[]>;
  /**
   * Writes `.flowerpower/types.d.ts`, by which `project.run` knows the names of pipelines, inputs and nodes, and the types of
   * values. @throws (rejects) what keeps a pipeline from being loaded.
   */
  typegen(options?: TypegenOptions): Promise<WrittenTypes>;
  /** The caches that the pipelines of the project use, or would use. Opens none. */
  caches(): Promise<ProjectCache[]>;
}

export function createPipelineManager(parts: PipelineManagerParts): PipelineManager {
  const { fs } = parts;
  const catalog = () => readCatalog(fs, parts);
  const loader = createPipelineLoader(parts);
  const list = async () => {
    const entries = await withoutAdditionalModules(requireOwnNames(await catalog(), fs), parts);
    return entries.map(({ name, file, configured }) => ({ name, file, configured }));
  };
  const running = runsPipelines(parts, loader);
  return {
    list,
    load: loader.load,
    ...running,
    ...resumesRuns(parts, loader, running),
    ...runsManyPipelines(parts, loader, async () => (await list()).map(({ name }) => name)),
    ...looksAtPipelines(parts, loader),
    ...movesPipelines(parts),
    async create(name, options = {}) {
      requireArgument('The name of a pipeline', anyText, name);
      requireOptions(options, { overwrite: aBoolean }, 'create');
      const { newPipeline } = await import('./create/new-pipeline.js');
      return newPipeline(fs, name, { catalog: await catalog(), layout: parts.layout }, options);
    },
    async addHook(name, options) {
      requireArgument('The name of a pipeline', anyText, name);
      const { addHook } = await import('./hooks/add-hook.js');
      return addHook(fs, parts.hooksDir, findPipeline(await catalog(), name, fs), options);
    },
    async typegen(options = {}) {
      requireOptions(options, { check: aBoolean }, 'typegen');
      const { writeTypes } = await import('./typegen/write-types.js');
      const entries = await withoutAdditionalModules(requireOwnNames(await catalog(), fs), parts);
      return writeTypes(
        parts,
        entries.map(({ name }) => name),
        loader.load,
        options,
      );
    },
    async summary(options = {}) {
      requireOptions(options, { name: anyText, config: aBoolean, code: aBoolean }, 'summary');
      const { summarizePipelines } = await import('./summary/summarize-pipelines.js');
      return summarizePipelines(parts, options);
    },
    caches: () => listCaches(parts),
  };
}
