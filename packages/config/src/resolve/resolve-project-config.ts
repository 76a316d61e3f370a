import { didYouMean, boundedList } from '@flowerpower/core';
import * as v from 'valibot';
import { parseFile } from '../layers/file-layer.js';
import { type Overlay, splitOverlay } from '../layers/overlay.js';
import { readLayer, readOverrides } from '../layers/read-layer.js';
import { readGlobalVariables, readPathVariables, warnOfMistypedVariables } from '../layers/variables.js';
import { pipelineKey } from '../names/pipeline-name.js';
import { type ReadContext, report } from '../read/context.js';
import type { Overrides } from '../schema/overrides.js';
import { type ProjectConfig, projectOwnSchema } from '../schema/project-config.js';
import type { RunDefaults } from '../schema/run-config.js';
import { projectShape } from '../schema/shape.js';
import type { ConfigText } from '../source/source-file.js';
import { toValue } from '../tree/to-value.js';
import { environmentValues } from './environment-values.js';
import { explainAll } from './explain-all.js';
import { explainPath, giverIn, placeIn } from './explain.js';
import { foldLayers } from './fold-layers.js';
import { configError, createContext, type ReadingOptions } from './prepare.js';
import { resolveReferences } from './resolve-references.js';
import { missingKeys } from './missing-keys.js';
import type { Resolved } from './resolved.js';
import { type UnsetValue, unsetValues } from './unset-values.js';

export interface ResolveProjectOptions extends ReadingOptions {
  /** `conf/project.yml`. */
  readonly project?: ConfigText | undefined;
  /** `conf/env/<env>.yml`. */
  readonly overlay?: ConfigText | undefined;
  readonly overrides?: Overrides<ProjectConfig> | undefined;
  /** Names of the project's pipelines. Where given, an overlay for any other pipeline is an error. */
  readonly knownPipelines?: readonly string[] | undefined;
  /**
   * True for who looks at a project and may run nothing: a variable that is not set is no error, and the values that refer
   * to it are left out and listed in `unset`. Default false.
   */
  readonly allowUnset?: boolean | undefined;
}

/**
 * The configuration of a project from texts that the caller has read.
 *
 * Precedence, low to high: defaults < project < overlay (`project:`) < `FP_HOOKS_DIR` < `FP_PROJECT__…` <
 * overrides.
 * Maps merge deeply, lists replace, null takes back what a lower layer set.
 *
 * @throws FlowerPowerError with every problem found: `FP_CONFIG_INVALID`, or the code of the only problem.
 *
 * @example
 * ```ts
 * import { resolveProjectConfig } from '@flowerpower/config';
 *
 * const { value, explain } = await resolveProjectConfig({
 *   project: { file: 'conf/project.yml', text: 'name: shop\nplugins: ["@flowerpower/plugin-s3"]\n' },
 *   env: { FP_PROJECT__HOOKS_DIR: 'my-hooks' },
 * });
 * value.hooksDir; // 'my-hooks'
 * explain('name').winner.place; // 'conf/project.yml:1:7'
 * ```
 */
export async function resolveProjectConfig(options: ResolveProjectOptions): Promise<Resolved<ProjectConfig>> {
  const { project, overlay, overrides, knownPipelines, allowUnset = false } = options;
  const context = await createContext([project, overlay], options);
  const parts = overlay && parseOverlay(overlay, context);
  if (parts && knownPipelines) reportUnknownPipelines(parts, knownPipelines, context);
  const layers = [
    ...readLayer('project', project && parseFile(project, 'project', context), projectShape, context),
    ...readLayer('overlay', parts?.project, projectShape, context, ['project']),
    ...readGlobalVariables(projectShape, context),
    ...readPathVariables('FP_PROJECT__', projectShape, context),
    ...readOverrides(overrides, projectShape, context),
  ];
  warnOfMistypedVariables(context);
  const { warnings } = context;
  const defaults = v.parse(projectOwnSchema, {});
  const merged = resolveReferences(foldLayers(layers), { shape: projectShape, defaults, context });
  const title = 'The project configuration is not valid';
  // What is missing in `run` matters to the pipelines that do not replace it.
  const unset = unsetValues(merged).filter(({ path }) => path[0] !== 'run');
  const needed = allowUnset ? [] : unset;
  const problems = [...context.problems, ...needed.flatMap((each) => each.problems)];
  if (problems.length > 0) throw configError(problems, title);

  const { run, ...rest } = toValue(merged) as Record<string, unknown>;
  const complete = v.safeParse(projectOwnSchema, withoutUnknownPlaces(rest, unset));
  if (!complete.success) {
    throw configError(missingKeys(complete.issues, merged, 'Say where it is: path: ./tmp, or a URI.'), title);
  }
  const value: ProjectConfig = {
    ...complete.output,
    // Every value in it was checked against the schema of `run` when its layer was read.
    ...(run === undefined ? {} : { run: run as RunDefaults }),
  };
  return {
    value,
    warnings,
    unset: allowUnset ? unset : [],
    environmentValues: environmentValues(merged),
    explain: (path) => explainPath({ path, shape: projectShape, layers, value, defaults }),
    explainAll: (look) => explainAll({ layers, merged, value, defaults }, look),
    placeOf: (keys) => placeIn(layers, keys),
    giverOf: (keys) => giverIn(layers, keys),
  };
}

/** A location whose path is not known is none. */
function withoutUnknownPlaces(
  { fileSystems, ...rest }: Record<string, unknown>,
  unset: readonly UnsetValue[],
): Record<string, unknown> {
  if (fileSystems === undefined) return rest;
  const unknown = new Set(unset.map(({ path: [key, name] }) => (key === 'fileSystems' ? name : undefined)));
  const known = Object.entries(fileSystems as object).filter(([name]) => !unknown.has(name));
  return { ...rest, fileSystems: Object.fromEntries(known) };
}

export function parseOverlay(overlay: ConfigText, context: ReadContext): Overlay | undefined {
  const map = parseFile(overlay, 'overlay', context);
  return map && splitOverlay(map, context);
}

function reportUnknownPipelines(overlay: Overlay, known: readonly string[], context: ReadContext): void {
  const keys = new Set(known.map(pipelineKey));
  for (const [name, { keyOrigin }] of overlay.pipelines) {
    if (keys.has(pipelineKey(name))) continue;
    const near = didYouMean(name, known);
    report(context, keyOrigin, {
      code: 'FP_CONFIG_UNKNOWN_PIPELINE',
      message: `the project has no pipeline '${name}'.${near ? ` ${near}` : ''}`,
      hint:
        known.length > 0
          ? `Pipelines: ${boundedList(oncePerPipeline(known))}.`
          : 'The project has no pipelines yet.',
    });
  }
}

/** One with a file and a module is known by both names, which may differ in `-` and `_`. */
function oncePerPipeline(names: readonly string[]): string[] {
  const first = new Map(names.toReversed().map((name) => [pipelineKey(name), name]));
  return [...new Set(names.map((name) => first.get(pipelineKey(name))!))];
}
