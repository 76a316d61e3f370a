/** A pipeline that was read and imported, and what can be asked of it. */
import type { PipelineConfig, Resolved } from '@flowerpower/config';
import { type Graph, isRecord, type OptionRule, type Problem } from '@flowerpower/core';
import type { ImportedModule } from '@flowerpower/modules';
import type { LoadNode, PipelineDefinition } from '@flowerpower/runtime';
import type { CodeFolder } from '../modules/project-code.js';
import { createMask } from '../secrets/mask.js';
import { visibleTexts } from '../secrets/visible-texts.js';

/** A pipeline that was read and imported; nothing of it has run. */
export interface LoadedPipeline {
  readonly name: string;
  readonly configuration: Resolved<PipelineConfig>;
  /** The additional modules first, its own last. */
  readonly modules: readonly ImportedModule[];
  /** Of the files that `io.load.x.schema` names, by file as it is written there. */
  readonly schemaModules: Readonly<Record<string, ImportedModule>>;
  /** Where its code is on this machine: the folder of the project, or a copy. */
  readonly code: CodeFolder;
  /** The loaders of `io.load`, with the types of what they give. */
  readonly loaders: readonly LoadNode[];
  /** For looking at: values from the environment are replaced by their references, as `${DB_PASSWORD}`. */
  readonly graph: Graph;
  /** What a run computes when nothing else is asked for. */
  readonly outputs: readonly string[];
  readonly warnings: readonly Problem[];
}

export const aLoadedPipeline: OptionRule = {
  fits: (value) => isRecord(value) && isRecord(value['configuration']),
  expected: 'the name of a pipeline, or one that was loaded',
};

/** As the runner takes it. */
export function definitionOf(
  {
    configuration,
    modules,
    schemaModules,
  }: Pick<LoadedPipeline, 'configuration' | 'modules' | 'schemaModules'>,
  root: string,
): PipelineDefinition {
  const { value, environmentValues, unset } = configuration;
  return {
    ...value,
    modules,
    schemaModules,
    placeOf: configuration.placeOf,
    giverOf: configuration.giverOf,
    ...(unset.length > 0 && {
      isUnset: (keys: readonly string[]) =>
        unset.some(({ path }) => keys.every((key, index) => path[index] === key)),
    }),
    ...(environmentValues.length > 0 && {
      mask: createMask(environmentValues, visibleTexts(root, value.name, value.io, modules)).text,
    }),
  };
}
