/** The questions of a manager that run something. */
import {
  aBoolean,
  anyText,
  FlowerPowerError,
  isRecord,
  requireArgument,
  requireOptions,
} from '@flowerpower/core';
import type {
  PipelineDefinition,
  PipelinePlan,
  RunControl,
  RunOutcome,
  RunOverrides,
  RunResult,
} from '@flowerpower/runtime';
import { requireProjectValues, requireRunValues } from '../configuration/unset-values.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { PipelineLoader } from './load-pipeline.js';
import { expectedDurations } from '../runs/expected-durations.js';
import { aLoadedPipeline, definitionOf, type LoadedPipeline } from './loaded-pipeline.js';
import type { PipelineManagerParts } from './manager-parts.js';
import { type PipelineOverrides, runOverrides } from './pipeline-overrides.js';

export interface PlanPipelineOptions {
  /**
   * Run the loaders, so that more is known: what they load decides whether what needs it is in the cache. Default false:
   * nothing runs.
   */
  readonly load?: boolean | undefined;
}

export interface RunsPipelines {
  run(pipeline: string | LoadedPipeline, overrides?: PipelineOverrides): Promise<RunResult>;
  settle(
    pipeline: LoadedPipeline,
    overrides?: RunOverrides,
    onControl?: (control: RunControl) => void,
  ): Promise<RunOutcome>;
  runSync(name: string, overrides?: RunOverrides): RunResult;
  plan(
    pipeline: string | LoadedPipeline,
    overrides?: PipelineOverrides,
    options?: PlanPipelineOptions,
  ): Promise<PipelinePlan>;
}

export function runsPipelines(
  { runner, root, unset, runs }: Pick<PipelineManagerParts, 'runner' | 'root' | 'unset' | 'runs'>,
  { load, lastLoaded }: PipelineLoader,
): RunsPipelines {
  /** A pipeline that is kept between runs is described once. */
  const definitions = new WeakMap<LoadedPipeline, PipelineDefinition>();
  const definitionFor = (pipeline: LoadedPipeline) => {
    let definition = definitions.get(pipeline);
    if (definition === undefined)
      definitions.set(pipeline, (definition = Object.freeze(definitionOf(pipeline, root))));
    return definition;
  };
  const runnable = (pipeline: LoadedPipeline, { inputs }: Pick<RunOverrides, 'inputs'>) => {
    requireProjectValues(unset);
    // What is not a record of inputs is for the runner to refuse.
    requireRunValues(pipeline.configuration, isRecord(inputs) ? inputs : {});
    return definitionFor(pipeline);
  };
  return {
    async run(pipeline, overrides = {}) {
      if (typeof pipeline === 'string') {
        const loaded = await load(pipeline, overrides, { forRun: true });
        return runner.run(runnable(loaded, overrides), runOverrides(overrides));
      }
      requireArgument('The pipeline', aLoadedPipeline, pipeline);
      // Of a loaded one a name is no callback any more; the runner says so.
      return runner.run(runnable(pipeline, overrides), overrides as RunOverrides);
    },
    async settle(pipeline, overrides = {}, onControl) {
      requireArgument('The pipeline', aLoadedPipeline, pipeline);
      return runner.settle(runnable(pipeline, overrides), overrides, onControl);
    },
    async plan(pipeline, overrides = {}, options = {}) {
      requireOptions(options, { load: aBoolean }, 'plan');
      if (typeof pipeline !== 'string') requireArgument('The pipeline', aLoadedPipeline, pipeline);
      const isName = typeof pipeline === 'string';
      const loaded = isName ? await load(pipeline, overrides) : pipeline;
      const request = isName ? runOverrides(overrides) : (overrides as RunOverrides);
      const durations = await expectedDurations(runs, loaded.name);
      return runner.preview(runnable(loaded, overrides), request, { ...options, durations });
    },
    runSync(name, overrides = {}) {
      requireArgument('The name of a pipeline', anyText, name);
      const pipeline = lastLoaded(name);
      if (pipeline === undefined) throw notLoaded(name);
      return runner.runSync(runnable(pipeline, overrides), overrides);
    },
  };
}

function notLoaded(name: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PIPELINE_NOT_LOADED';
  return new FlowerPowerError({
    code,
    message: `The pipeline '${name}' is not loaded; importing its modules takes a promise.`,
    hint: `First: await project.pipelineManager.load('${name}').`,
  });
}
