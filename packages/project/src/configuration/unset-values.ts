/**
 * What variables that are not set keep from happening. Who looks at a pipeline does not need their values, as long as
 * its graph does not depend on them; who runs it needs each one that the run is not given otherwise.
 */
import type { PipelineConfig, ProjectConfig, Resolved, UnsetValue } from '@flowerpower/config';
import { errorFromProblems, type Problem } from '@flowerpower/core';
import type { UnsetStorage } from '@flowerpower/runtime';

type Configuration = Pick<Resolved<PipelineConfig>, 'value' | 'unset'>;

/** Keys of `run` that decide what the graph is, or what of it runs. */
const ofTheGraph = new Set(['config', 'finalVars', 'additionalModules', 'allowModuleOverrides', 'reload']);

/** @throws FlowerPowerError `FP_CONFIG_VARIABLE_UNSET`, or `FP_CONFIG_INVALID` for several, where the graph needs one. */
export function requireGraphValues(configuration: Configuration): void {
  refuse(
    configuration,
    configuration.unset.filter((each) => !isOfTheRunAlone(each)),
  );
}

/** @throws as `requireGraphValues`, for every one that a run with these inputs is not given otherwise. */
export function requireRunValues(
  configuration: Configuration,
  inputs: Readonly<Record<string, unknown>> = {},
): void {
  const isGiven = ({ path: [first, group, name] }: UnsetValue) =>
    first === 'run' &&
    group === 'inputs' &&
    name !== undefined &&
    Object.hasOwn(inputs, name) &&
    inputs[name] !== undefined;
  refuse(
    configuration,
    configuration.unset.filter((each) => !isGiven(each)),
  );
}

/** @throws as `requireGraphValues`, where it is not known which folder the cache is in, or whether there is one. */
export function requireCacheValues(configuration: Configuration): void {
  const decides = ({ path: [first, group] }: UnsetValue) =>
    first === 'run' && (group === undefined || group === 'cache');
  refuse(configuration, configuration.unset.filter(decides));
}

/**
 * What a run of any pipeline needs of the project. Options of a filesystem matter to who uses it.
 *
 * @throws FlowerPowerError `FP_CONFIG_VARIABLE_UNSET`, or `FP_CONFIG_INVALID` for several.
 */
export function requireProjectValues(unset: readonly UnsetValue[]): void {
  const problems = neededOfProject(unset);
  if (problems.length === 0) return;
  throw errorFromProblems(problems, {
    code: 'FP_CONFIG_INVALID',
    title: 'The project configuration is not valid',
  });
}

/** @param unset - of the project. */
export function neededOfProject(unset: readonly UnsetValue[]): readonly Problem[] {
  // Of which scheme they would be is not known where all of them are missing.
  const isOfScheme = ({ path }: UnsetValue) => path[0] === 'storageOptions' && path.length > 1;
  return unset.filter((each) => !isOfScheme(each)).flatMap(({ problems }) => problems);
}

/** @param given - options by scheme, each in place of those of the project. */
export function unsetStorageOf(
  { unset }: Pick<Resolved<ProjectConfig>, 'unset'>,
  given: Readonly<Record<string, unknown>> = {},
): readonly UnsetStorage[] {
  return unset.flatMap(({ path: [key, scheme = '', option, ...deeper], problems }) =>
    key === 'storageOptions' && scheme !== '' && given[scheme] === undefined
      ? [{ scheme, option: deeper.length === 0 ? option : undefined, problems }]
      : [],
  );
}

function isOfTheRunAlone({ path: [first, second, , option], standIn }: UnsetValue): boolean {
  switch (first) {
    case 'params':
      return standIn !== undefined;
    case 'io':
      return standIn !== undefined && option !== 'schema';
    case 'run':
      if (second === 'inputs') return standIn !== undefined;
      return second !== undefined && !ofTheGraph.has(second);
    default:
      return first === 'adapter';
  }
}

function refuse({ value }: Configuration, needed: readonly UnsetValue[]): void {
  if (needed.length === 0) return;
  const code = 'FP_CONFIG_INVALID';
  const title = `The configuration of pipeline '${value.name}' is not valid`;
  throw errorFromProblems(
    needed.flatMap(({ problems }) => problems),
    { code, title },
  );
}
