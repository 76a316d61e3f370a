/** Several pipelines of a project in one call. */
import {
  aNameList,
  aListOf,
  FlowerPowerError,
  isRecord,
  nameList,
  type OptionRule,
  requireArgument,
} from '@flowerpower/core';
import type { OrderedPipeline } from '@flowerpower/runtime';
import { requireProjectValues, requireRunValues } from '../configuration/unset-values.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { PipelineLoader } from './load-pipeline.js';
import { definitionOf, type LoadedPipeline } from './loaded-pipeline.js';
import type { PipelineManagerParts } from './manager-parts.js';
import { type PipelineOverrides, runOverrides } from './pipeline-overrides.js';
import { type PipelineRuns, runInOrder } from './run-in-order.js';

export interface RunsManyPipelines {
  order(pipelines: readonly LoadedPipeline[]): OrderedPipeline[];
  runMany(names: readonly string[] | 'all', overrides?: PipelineOverrides): Promise<PipelineRuns>;
}

const namesOrAll: OptionRule = {
  fits: (value) => value === 'all' || (aNameList.fits(value) && (value as readonly string[]).length > 0),
  expected: "a list of names, or 'all'",
};

/** @param all - the names of every pipeline of the project. */
export function runsManyPipelines(
  { runner, root, unset }: Pick<PipelineManagerParts, 'runner' | 'root' | 'unset'>,
  { load }: PipelineLoader,
  all: () => Promise<readonly string[]>,
): RunsManyPipelines {
  const order = (pipelines: readonly LoadedPipeline[]) =>
    runner.order(pipelines.map((pipeline) => definitionOf(pipeline, root)));
  return {
    order(pipelines) {
      requireArgument('The pipelines', aListOf('pipelines', 'Write order([pipeline]).'), pipelines);
      return order(pipelines);
    },
    async runMany(names, overrides = {}) {
      requireArgument('The pipelines', namesOrAll, names);
      const wanted = names === 'all' ? await all() : [...new Set(names)];
      requireForAll(overrides, wanted.length);
      requireProjectValues(unset);
      const pipelines = new Map<string, LoadedPipeline>();
      for (const name of wanted) {
        const pipeline = await load(name, overrides, { forRun: true });
        pipelines.set(pipeline.name, pipeline);
      }
      const inputs = inputsForEach([...pipelines.values()], overrides.inputs);
      for (const pipeline of pipelines.values())
        requireRunValues(pipeline.configuration, inputs.get(pipeline.name));
      return runInOrder(
        order([...pipelines.values()]),
        (name) =>
          runner.settle(definitionOf(pipelines.get(name)!, root), {
            ...runOverrides(overrides),
            inputs: inputs.get(name),
          }),
        overrides.signal,
      );
    },
  };
}

/** What names nodes of one pipeline. */
const ofOne = ['outputs', 'overrides', 'from', 'to', 'only', 'tags', 'runId', 'params'] as const;

/** @throws FlowerPowerError `FP_MANY_PIPELINES` for what means something in one pipeline only. */
function requireForAll(overrides: PipelineOverrides, count: number): void {
  if (count < 2) return;
  const given = ofOne.filter((key) => overrides[key] !== undefined);
  if (given.length === 0) return;
  const code: ProjectErrorCode = 'FP_MANY_PIPELINES';
  throw new FlowerPowerError({
    code,
    message: `${given.join(', ')} ${given.length === 1 ? 'is' : 'are'} given for ${count} pipelines, and ${given.length === 1 ? 'means' : 'mean'} something in one of them only.`,
    hint: 'Run that pipeline by itself, or leave it out.',
  });
}

/**
 * The inputs of each pipeline: those of all that it has.
 *
 * @throws FlowerPowerError `FP_MANY_PIPELINES` for an input that none of them has.
 */
function inputsForEach(
  pipelines: readonly LoadedPipeline[],
  inputs: PipelineOverrides['inputs'],
): ReadonlyMap<string, Readonly<Record<string, unknown>>> {
  const given = isRecord(inputs) ? inputs : {};
  const isInput = ({ graph }: LoadedPipeline, name: string) => graph.nodes.get(name)?.kind === 'input';
  const unknown = Object.keys(given).filter((name) => !pipelines.some((pipeline) => isInput(pipeline, name)));
  if (unknown.length > 0) {
    const code: ProjectErrorCode = 'FP_MANY_PIPELINES';
    throw new FlowerPowerError({
      code,
      message: `None of the ${pipelines.length} pipelines has the input ${nameList(unknown)}.`,
      hint: 'An input goes to the pipelines that have it; one of them must.',
    });
  }
  return new Map(
    pipelines.map((pipeline) => [
      pipeline.name,
      Object.fromEntries(Object.entries(given).filter(([name]) => isInput(pipeline, name))),
    ]),
  );
}
