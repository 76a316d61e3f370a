/** Loads the pipelines that a pipeline uses. */
import { pipelineKey, type PipelineConfig, type Resolved } from '@flowerpower/config';
import {
  boundedList,
  didYouMean,
  errorFromProblems,
  FlowerPowerError,
  isFlowerPowerError,
  type Place,
  type Problem,
} from '@flowerpower/core';
import { missingInputs } from '../check/missing-inputs.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { LoadedPipeline } from './loaded-pipeline.js';

export interface LoadedPart {
  readonly pipeline: LoadedPipeline;
  /** The names under which this pipeline takes its outputs, each with the name that it has there. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Values for its inputs, as `pipelines.x.inputs` says them. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** The pipelines that are being loaded, from the one that was asked for to the one that uses this. */
export type Chain = readonly { readonly name: string; readonly key: string }[];

/**
 * @throws FlowerPowerError `FP_PIPELINE_CYCLE`; `FP_PIPELINE_PART` for outputs that do not exist and inputs that are missing;
 *   and what keeps a used pipeline from being loaded, with the line that uses it.
 */
export async function loadParts(
  { value, placeOf }: Resolved<PipelineConfig>,
  chain: Chain,
  load: (name: string, chain: Chain) => Promise<LoadedPipeline>,
): Promise<Readonly<Record<string, LoadedPart>>> {
  const parts: [string, LoadedPart][] = [];
  const problems: Problem[] = [];
  const here: Chain = [...chain, { name: value.name, key: pipelineKey(value.name) }];
  for (const [name, { use, outputs, as, inputs }] of Object.entries(value.pipelines)) {
    const place = placeOf(['pipelines', name, 'use']);
    const start = here.findIndex(({ key }) => key === pipelineKey(use));
    if (start >= 0) {
      problems.push(cycle(name, [...here.slice(start).map((each) => each.name), use], place));
      continue;
    }
    const pipeline = await load(use, here).catch((error: unknown) => usedBy(error, name, place));
    const taken = outputs.length > 0 ? outputs : pipeline.outputs;
    parts.push([
      name,
      { pipeline, inputs, outputs: Object.fromEntries(taken.map((each) => [as[each] ?? each, each])) },
    ]);
    problems.push(...outputProblems(name, pipeline, { outputs, as }, placeOf));
    problems.push(
      ...inputProblems(name, pipeline, taken, inputs, placeOf(['pipelines', name, 'inputs']) ?? place),
    );
  }
  if (problems.length === 0) return Object.fromEntries(parts);
  const { code } = problems[0]!;
  throw errorFromProblems(problems, { code, title: `The pipelines that '${value.name}' uses do not fit` });
}

function cycle(name: string, around: readonly string[], place: Place | undefined): Problem {
  const code: ProjectErrorCode = 'FP_PIPELINE_CYCLE';
  return {
    code,
    message: `pipelines.${name}: pipelines use each other in a circle: ${around.join(' → ')}.`,
    hint: 'Move the nodes that both need to a pipeline of their own.',
    places: place && [place],
  };
}

/** The fault is in the other pipeline; who reads of it wants to know why that is loaded. */
function usedBy(error: unknown, name: string, place: Place | undefined): never {
  if (!isFlowerPowerError(error)) throw error;
  const { code, message, hint, places, problems, context, cause } = error;
  throw new FlowerPowerError({
    code,
    message: `pipelines.${name}: ${message}`,
    hint,
    places: [...places, ...(place === undefined ? [] : [place])],
    problems,
    context,
    cause,
  });
}

function outputProblems(
  name: string,
  { name: used, graph }: LoadedPipeline,
  { outputs, as }: { readonly outputs: readonly string[]; readonly as: Readonly<Record<string, unknown>> },
  placeOf: Resolved<PipelineConfig>['placeOf'],
): Problem[] {
  const known = [...graph.nodes.values()]
    .filter(({ kind }) => kind !== 'input' && kind !== 'config')
    .map((node) => node.name);
  const code: ProjectErrorCode = 'FP_PIPELINE_PART';
  const unknown = outputs.flatMap((output, index): Problem[] => {
    if (known.includes(output)) return [];
    const place =
      placeOf(['pipelines', name, 'outputs', String(index)]) ?? placeOf(['pipelines', name, 'outputs']);
    return [
      {
        code,
        message: `pipelines.${name}.outputs: the pipeline '${used}' has no node '${output}'.`,
        hint: didYouMean(output, known) ?? `Its nodes: ${boundedList(known)}.`,
        places: place && [place],
      },
    ];
  });
  const renamed = Object.keys(as)
    .filter((output) => outputs.length > 0 && !outputs.includes(output))
    .map((output): Problem => {
      const place = placeOf(['pipelines', name, 'as', output]);
      return {
        code,
        message: `pipelines.${name}.as: '${output}' is none of its outputs.`,
        hint: didYouMean(output, outputs) ?? `Outputs: ${boundedList(outputs)}.`,
        places: place && [place],
      };
    });
  return [...unknown, ...renamed];
}

function inputProblems(
  name: string,
  { name: used, graph, loaders, configuration }: LoadedPipeline,
  outputs: readonly string[],
  inputs: Readonly<Record<string, unknown>>,
  place: Place | undefined,
): Problem[] {
  const { params, run } = configuration.value;
  const given = [
    ...Object.keys({ ...params, ...run.config, ...run.inputs, ...inputs }),
    ...loaders.map(({ target }) => target),
  ];
  const code: ProjectErrorCode = 'FP_PIPELINE_PART';
  const places = place === undefined ? undefined : [place];
  return missingInputs({ graph, given, outputs: outputs.filter((output) => graph.nodes.has(output)) }).map(
    ({ input }) => ({
      code,
      message: `pipelines.${name}: the pipeline '${used}' needs the input '${input}', which nothing gives.`,
      hint: `Give it under pipelines.${name}.inputs: a value, or { $source: node } for a node of this pipeline.`,
      places,
    }),
  );
}
