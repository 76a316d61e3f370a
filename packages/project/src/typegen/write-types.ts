/** Writes the types of a project's pipelines, or says whether they are as they should be. */
import { relative, sep } from 'node:path';
import { errorFromProblems, isFlowerPowerError, type Problem } from '@flowerpower/core';
import { isPackageName } from '../boundary/package-name.js';
import { missingInputs } from '../check/missing-inputs.js';
import type { LoadedPipeline } from '../pipelines/loaded-pipeline.js';
import type { PipelineManagerParts } from '../pipelines/manager-parts.js';
import { type TypedPipeline, typesText } from './types-text.js';

export interface TypegenOptions {
  /** Write nothing: only say whether the file is up to date. Default false. */
  readonly check?: boolean | undefined;
}

export interface WrittenTypes {
  /** Relative to the project. */
  readonly file: string;
  /** Whether the file was, or with `check` would be, another one. */
  readonly changed: boolean;
  readonly pipelines: readonly string[];
}

const typesFile = '.flowerpower/types.d.ts';

/** @throws (rejects) what keeps pipelines from being loaded, of all of them together. */
export async function writeTypes(
  { fs, pluginNames }: Pick<PipelineManagerParts, 'fs' | 'pluginNames'>,
  names: readonly string[],
  load: (name: string) => Promise<LoadedPipeline>,
  { check = false }: TypegenOptions,
): Promise<WrittenTypes> {
  const pipelines: TypedPipeline[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    try {
      pipelines.push(typedPipeline(await load(name)));
    } catch (error) {
      if (!isFlowerPowerError(error)) throw error;
      const { code, message, hint, places } = error;
      problems.push({ code, message: `${name}: ${message}`, hint, places });
    }
  }
  if (problems.length > 0)
    throw errorFromProblems(problems, { code: problems[0]!.code, title: 'Pipelines cannot be loaded' });
  const text = typesText({ pipelines, plugins: pluginNames, isFile: (plugin) => !isPackageName(plugin) });
  const before = (await fs.exists(typesFile)) ? await fs.readText(typesFile) : undefined;
  const changed = before !== text;
  if (changed && !check) await fs.write(typesFile, text);
  return { file: typesFile, changed, pipelines: pipelines.map(({ name }) => name) };
}

function typedPipeline(pipeline: LoadedPipeline): TypedPipeline {
  const { name, graph, outputs, loaders, configuration, code } = pipeline;
  const { params, run } = configuration.value;
  const given = [
    ...Object.keys({ ...params, ...run.config, ...run.inputs }),
    ...loaders.map(({ target }) => target),
  ];
  const computed = [...graph.nodes.values()].filter(({ kind }) => kind !== 'input' && kind !== 'config');
  const nodes = computed.map((node) => node.name);
  const missing = new Set(missingInputs({ graph, given, outputs }).map(({ input }) => input));
  return {
    name,
    modules: pipeline.modules.map(({ path }) => relative(code.root, path).split(sep).join('/')),
    required: graph.inputs.filter((input) => missing.has(input)),
    optional: graph.inputs.filter((input) => !missing.has(input)),
    outputs,
    nodes,
  };
}
