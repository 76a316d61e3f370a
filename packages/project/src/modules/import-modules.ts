/** Finds and imports the modules of a pipeline. */
import { didYouMean, errorFromProblems, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { ImportedModule, ModuleImporter } from '@flowerpower/modules';
import { listPipelines } from '../catalog/list-pipelines.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { moduleFiles, pipelineConfigFiles, pipelinesDir } from '../layout/project-layout.js';

export interface ModulesRequest {
  readonly name: string;
  /** Further modules, by the names that pipelines have. */
  readonly additional: readonly string[];
  /** Import files that changed since they were last imported. */
  readonly reload: boolean;
}

/**
 * The modules of a pipeline: the additional ones first, its own last, so that its own wins.
 *
 * @throws FlowerPowerError `FP_UNKNOWN_PIPELINE` when nothing of that name exists, `FP_MODULE_NOT_FOUND`
 *   for every module that is missing, and whatever importing raises.
 */
export async function importModules(
  fs: FileSystem,
  importer: ModuleImporter,
  request: ModulesRequest,
): Promise<ImportedModule[]> {
  const names = [...new Set([...request.additional.filter((name) => name !== request.name), request.name])];
  const files: string[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const file = await firstExisting(fs, moduleFiles(name));
    if (file !== undefined) files.push(file);
    else problems.push(await missing(fs, name, name === request.name));
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
    throw errorFromProblems(problems, { code, title: 'Modules are missing' });
  }
  const modules: ImportedModule[] = [];
  for (const file of files) modules.push(await importer.import(file, { reload: request.reload }));
  return modules;
}

async function missing(fs: FileSystem, name: string, own: boolean): Promise<Problem> {
  const configured = await firstExisting(fs, pipelineConfigFiles(name));
  if (own && configured === undefined) return unknownPipeline(await pipelineNames(fs), name);
  const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
  const tried = moduleFiles(name);
  return {
    code,
    message: `There is no module for '${name}': looked for ${tried.join(', ')}.`,
    hint: didYouMean(name, await moduleNames(fs)) ?? `Write ${tried[0]}.`,
    places: configured === undefined ? [] : [{ file: fs.uri(configured) }],
  };
}

function unknownPipeline(known: readonly string[], name: string): Problem & { code: ProjectErrorCode } {
  return {
    code: 'FP_UNKNOWN_PIPELINE',
    message: `There is no pipeline '${name}'.`,
    hint:
      didYouMean(name, known) ??
      (known.length > 0
        ? `Pipelines: ${known.join(', ')}.`
        : 'The project has none yet; add one with `flowerpower pipeline new <name>`.'),
  };
}

async function pipelineNames(fs: FileSystem): Promise<string[]> {
  return (await listPipelines(fs)).map(({ name }) => name);
}

async function moduleNames(fs: FileSystem): Promise<string[]> {
  const names: string[] = [];
  for await (const { path } of fs.list(pipelinesDir, { recursive: true })) {
    const name = /^pipelines\/(.+)\.m?[jt]s$/.exec(path)?.[1];
    if (name !== undefined) names.push(name.replaceAll('/', '.'));
  }
  return names;
}

async function firstExisting(fs: FileSystem, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await fs.exists(path)) return path;
  }
  return undefined;
}
