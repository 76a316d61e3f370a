import * as v from 'valibot';
import { type Assignment, readAssignments } from '../layers/assignments.js';
import { parseFile } from '../layers/file-layer.js';
import type { LayerTree } from '../layers/layer.js';
import { readLayer, readOverrides, runPart } from '../layers/read-layer.js';
import { readGlobalVariables, readPathVariables, warnOfMistypedVariables } from '../layers/variables.js';
import { pipelineKey, validatePipelineName } from '../names/pipeline-name.js';
import type { ReadContext } from '../read/context.js';
import { reportConflict } from '../read/key-problems.js';
import type { Overrides } from '../schema/overrides.js';
import { type PipelineConfig, pipelineSchema } from '../schema/pipeline-config.js';
import { pipelineShape, projectShape } from '../schema/shape.js';
import type { ConfigText } from '../source/source-file.js';
import type { MapEntry } from '../tree/node.js';
import { toValue } from '../tree/to-value.js';
import { environmentValues } from './environment-values.js';
import { explainAll } from './explain-all.js';
import { explainPath, giverIn, placeIn } from './explain.js';
import { foldLayers } from './fold-layers.js';
import { configError, createContext, type ReadingOptions } from './prepare.js';
import { resolveReferences } from './resolve-references.js';
import { parseOverlay } from './resolve-project-config.js';
import { missingKeys } from './missing-keys.js';
import type { Resolved } from './resolved.js';
import { warnOfIdleCache } from './idle-cache.js';
import { unsetValues } from './unset-values.js';

export interface ResolvePipelineOptions extends ReadingOptions {
  /**
   * The name that was asked for. A `name` in the pipeline's YAML is canonical and wins. In the overlay `pipelines.<name>`
   * is found under either, and `-` and `_` are one character.
   */
  readonly name: string;
  /** `conf/project.yml`, whose `run` gives defaults for every pipeline. */
  readonly project?: ConfigText | undefined;
  /** `conf/pipelines/<name>.yml`. */
  readonly pipeline?: ConfigText | undefined;
  /** `conf/env/<env>.yml`. */
  readonly overlay?: ConfigText | undefined;
  /** Assignments as in `--set run.timeout=30`, and settings from flags; later ones win. */
  readonly set?: readonly (string | Assignment)[] | undefined;
  readonly overrides?: Overrides<PipelineConfig> | undefined;
  /** What hooks gave that build the configuration, in the order of their calls: above variables, below assignments. */
  readonly built?: readonly BuiltConfig[] | undefined;
  /**
   * True for who looks at a pipeline and does not run it: a variable that is not set is not an error, and the values that
   * refer to it are listed in `unset`. Default false.
   */
  readonly allowUnset?: boolean | undefined;
}

/** What a hook gave. */
export interface BuiltConfig {
  /** The hook, in messages: `buildConfig in hooks/sales.ts`. */
  readonly by: string;
  readonly overrides: Overrides<PipelineConfig>;
}

/**
 * The configuration of one pipeline from texts that the caller has read.
 *
 * Precedence, low to high: defaults < `run` of the project < pipeline < overlay (`project.run`, then
 * `pipeline`, then `pipelines.<name>`) < short variables (`FP_LOG_LEVEL` …) < `FP_PROJECT__RUN__…` <
 * `FP_PIPELINE__…` < what hooks gave < assignments < overrides.
 *
 * Maps merge deeply and lists replace. Null takes back what lower layers set; on FlowerPower's own keys the
 * default stands again, and in user's data (`inputs`, `params`, options …) null that has nothing to take
 * back is simply the value null. Values given in `overrides` keep their identity unless a lower layer holds
 * a map at the same place.
 *
 * @throws FlowerPowerError with every problem found: `FP_CONFIG_INVALID`, or the code of the only problem.
 *
 * @example
 * ```ts
 * import { resolvePipelineConfig } from '@flowerpower/config';
 *
 * const { value, explain } = await resolvePipelineConfig({
 *   name: 'sales',
 *   pipeline: { file: 'conf/pipelines/sales.yml', text: 'run:\n  inputs: { day: "${DAY:-today}" }\n' },
 *   env: { FP_LOG_LEVEL: 'debug' },
 *   set: ['run.retry.max_retries=3'],
 * });
 * value.run.inputs; // { day: 'today' }
 * value.run.retry.maxRetries; // 3
 * explain('run.logLevel').winner; // { value: 'DEBUG', layer: 'global', place: 'FP_LOG_LEVEL' }
 * ```
 */
export async function resolvePipelineConfig(
  options: ResolvePipelineOptions,
): Promise<Resolved<PipelineConfig>> {
  const { name } = options;
  const badName = validatePipelineName(name);
  if (badName) throw configError([badName], 'The pipeline name is not valid');
  const context = await createContext(
    [options.project, options.pipeline, options.overlay],
    options,
    options.set,
  );
  const title = `The configuration of pipeline '${name}' is not valid`;
  const layers = readLayers(options, context);
  const defaults = v.parse(pipelineSchema, { name });
  const merged = resolveReferences(foldLayers(layers), { shape: pipelineShape, defaults, context });
  const unset = unsetValues(merged);
  const unsetProblems = unset.flatMap((each) => each.problems);
  const problems = [...context.problems, ...(options.allowUnset === true ? [] : unsetProblems)];
  if (problems.length > 0) throw configError(problems, title);

  const complete = v.safeParse(pipelineSchema, { name, ...(toValue(merged, true) as object) });
  // A key that has to be there cannot be left out.
  if (!complete.success) {
    throw configError(
      unset.length > 0
        ? unsetProblems
        : missingKeys(complete.issues, merged, 'Name the loader or saver: type: csv.'),
      title,
    );
  }
  const value: PipelineConfig = complete.output;
  if (!value.run.cache.enabled) warnOfIdleCache(merged, context);
  return {
    value,
    warnings: context.warnings,
    unset,
    environmentValues: environmentValues(merged),
    explain: (path) => explainPath({ path, shape: pipelineShape, layers, value, defaults }),
    explainAll: (look) => explainAll({ layers, merged, value, defaults }, look),
    placeOf: (keys) => placeIn(layers, keys),
    giverOf: (keys) => giverIn(layers, keys),
  };
}

function readLayers(options: ResolvePipelineOptions, context: ReadContext): LayerTree[] {
  const { name, project, pipeline, overlay, set = [], overrides, built = [] } = options;
  const projectFile = project && parseFile(project, 'project', context);
  const pipelineFile = pipeline && parseFile(pipeline, 'pipeline', context);
  const parts = overlay && parseOverlay(overlay, context);
  const own = readLayer('pipeline', pipelineFile, pipelineShape, context);
  const names = new Set([name, ...own.flatMap(canonicalName)].map(pipelineKey));
  const ofPipeline = [...(parts?.pipelines ?? [])].filter(([each]) => names.has(pipelineKey(each)));
  reportTwice(ofPipeline, context);
  const layers = [
    ...readLayer('project', projectFile, projectShape, context).flatMap(runPart),
    ...own,
    ...readLayer('overlay', parts?.project, projectShape, context, ['project']).flatMap(runPart),
    ...readLayer('overlay', parts?.pipeline, pipelineShape, context, ['pipeline']),
    ...ofPipeline.flatMap(([each, { node }]) =>
      readLayer('overlay', node, pipelineShape, context, ['pipelines', each]),
    ),
    ...readGlobalVariables(pipelineShape, context),
    ...readPathVariables('FP_PROJECT__', projectShape, context).flatMap(runPart),
    ...readPathVariables('FP_PIPELINE__', pipelineShape, context),
    ...built.flatMap(({ by, overrides: given }) => readOverrides(given, pipelineShape, context, by)),
    ...readAssignments(set, pipelineShape, context),
    ...readOverrides(overrides, pipelineShape, context),
  ];
  warnOfMistypedVariables(context);
  return layers;
}

/** One name in two spellings: neither can win. */
function reportTwice(entries: readonly (readonly [string, MapEntry])[], context: ReadContext): void {
  const seen = new Map<string, MapEntry>();
  for (const [name, entry] of entries) {
    const first = seen.get(pipelineKey(name));
    if (first) reportConflict(name, ['pipelines'], entry.keyOrigin, first.keyOrigin, context);
    seen.set(pipelineKey(name), entry);
  }
}

function canonicalName({ node }: LayerTree): string[] {
  const name = node.entries.get('name')?.node;
  return name?.kind === 'value' && typeof name.value === 'string' ? [name.value] : [];
}
