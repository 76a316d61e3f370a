/** Finds and imports the modules of a pipeline. */
import { didYouMean, errorFromProblems, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { ImportedModule, ModuleImporter } from '@flowerpower/modules';
import type { CatalogEntry } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { moduleFiles, nameOfModuleFile, pipelinesDir } from '../layout/project-layout.js';

export interface ModulesRequest {
  /** The pipeline; its own module is called as it is, or as its file. */
  readonly entry: CatalogEntry;
  /** Further modules, by the names that pipelines have. */
  readonly additional: readonly string[];
  /** Import files that changed since they were last imported. */
  readonly reload: boolean;
}

/**
 * The modules of a pipeline: the additional ones first, its own last.
 *
 * @throws FlowerPowerError `FP_MODULE_NOT_FOUND` for every module that is missing, `FP_PIPELINE_AMBIGUOUS` for one that
 *   is there in two spellings, and whatever importing raises.
 */
export async function importModules(
  fs: FileSystem,
  importer: ModuleImporter,
  request: ModulesRequest,
): Promise<ImportedModule[]> {
  const { entry } = request;
  const own = [...new Set([entry.name, entry.fileName])];
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const names of [...request.additional.map((name) => [name]), own]) {
    const found = await findModule(fs, names, entry);
    if (typeof found === 'string') {
      // One that is named twice keeps its last place, which is the pipeline's own.
      files.delete(found);
      files.add(found);
    } else problems.push(found);
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
    throw errorFromProblems(problems, { code, title: 'Modules are missing' });
  }
  const modules: ImportedModule[] = [];
  for (const file of files) modules.push(await importer.import(file, { reload: request.reload }));
  return modules;
}

/** The file of the first name that has one. */
async function findModule(
  fs: FileSystem,
  names: readonly string[],
  entry: CatalogEntry,
): Promise<string | Problem> {
  for (const name of names) {
    const found: string[] = [];
    for (const spelling of moduleFiles(name)) {
      const file = await firstExisting(fs, spelling);
      if (file !== undefined) found.push(file);
    }
    if (found.length > 1) return inTwoSpellings(fs, name, found);
    if (found[0] !== undefined) return found[0];
  }
  return missing(fs, names, entry);
}

function inTwoSpellings(fs: FileSystem, name: string, files: readonly string[]): Problem {
  const code: ProjectErrorCode = 'FP_PIPELINE_AMBIGUOUS';
  return {
    code,
    message: `The module '${name}' is there in two spellings: ${files.join(' and ')}.`,
    hint: "Keep one of them; in names '-' and '_' are one character.",
    places: files.map((file) => ({ file: fs.uri(file) })),
  };
}

async function missing(fs: FileSystem, names: readonly string[], entry: CatalogEntry): Promise<Problem> {
  const code: ProjectErrorCode = 'FP_MODULE_NOT_FOUND';
  const tried = names.flatMap((name) => moduleFiles(name).flat());
  return {
    code,
    message: `There is no module for '${names[0]}': looked for ${tried.join(', ')}.`,
    hint: didYouMean(names[0]!, await moduleNames(fs)) ?? `Write ${tried[0]}.`,
    places: entry.configured ? [{ file: fs.uri(entry.file) }] : [],
  };
}

async function moduleNames(fs: FileSystem): Promise<string[]> {
  const names: string[] = [];
  for await (const { path } of fs.list(pipelinesDir, { recursive: true })) {
    const name = nameOfModuleFile(path);
    if (name !== undefined) names.push(name);
  }
  return names;
}

async function firstExisting(fs: FileSystem, paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    if (await fs.exists(path)) return path;
  }
  return undefined;
}
