/** A pipeline that was read and imported, and what can be asked of it. */
import type { PipelineConfig, Resolved } from '@flowerpower/config';
import { type Graph, isRecord, type OptionRule, type Problem } from '@flowerpower/core';
import type { ImportedModule } from '@flowerpower/modules';
import type { LoadNode, PipelineDefinition } from '@flowerpower/runtime';
import type { LoadedPart } from './load-parts.js';
import type { Callbacks } from '../hooks/named-callbacks.js';
import type { PipelineHooks } from '../hooks/import-hooks.js';
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
  /** The pipelines that it uses, by the names that their nodes have in front of theirs. */
  readonly parts: Readonly<Record<string, LoadedPart>>;
  /** What is called around its runs. */
  readonly hooks: PipelineHooks;
  /** The hooks that `run.onSuccess` and `run.onFailure` name. */
  readonly callbacks: Callbacks;
  /** Where its code is on this machine: the folder of the project, or a copy. */
  readonly code: CodeFolder;
  /** The loaders of `io.load`, with the types of what they give. */
  readonly loaders: readonly LoadNode[];
  /** For looking at: values from the environment are replaced by their references, as `${DB_PASSWORD}`. */
  readonly graph: Graph;
  /** What a run computes when nothing else is asked for. */
  readonly outputs: readonly string[];
  readonly warnings: readonly Problem[];
  /** What the caller set above files and variables, as data. */
  readonly settings: Readonly<Record<string, unknown>>;
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
    parts,
    hooks,
    callbacks,
    settings,
  }: Pick<
    LoadedPipeline,
    'configuration' | 'modules' | 'schemaModules' | 'parts' | 'hooks' | 'callbacks' | 'settings'
  >,
  root: string,
): PipelineDefinition {
  const { value, environmentValues, unset } = configuration;
  const { pipelines: _named, ...own } = value;
  return {
    ...own,
    parts: Object.fromEntries(
      Object.entries(parts).map(([name, { pipeline, outputs, inputs }]) => [
        name,
        { definition: definitionOf(pipeline, root), outputs, inputs },
      ]),
    ),
    run: { ...value.run, onSuccess: undefined, onFailure: undefined, ...callbacks },
    modules,
    schemaModules,
    settings,
    hooks: { before: hooks.before, after: hooks.after },
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
