/** Copies pipelines from one project to another, wherever each of them lies. */
import { type Environment, pipelineKey, validatePipelineName } from '@flowerpower/config';
import { errorFromProblems, FlowerPowerError, type Problem } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import {
  type Catalog,
  type CatalogEntry,
  findPipeline,
  readCatalog,
  requireOwnNames,
} from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ProjectLayout } from '../layout/project-layout.js';
import { changeFiles, existingFile, type FileChange } from './change-files.js';
import { pipelineFilesOf } from './pipeline-files.js';

export interface Transfer {
  readonly from: FileSystem;
  readonly to: FileSystem;
  /** Undefined for every pipeline of the source. */
  readonly names: readonly string[] | undefined;
  /** Replace files that are there. */
  readonly overwrite: boolean;
  readonly environment: Environment;
  /** Of both. */
  readonly layout: ProjectLayout;
  readonly signal?: AbortSignal | undefined;
}

export interface TransferredPipelines {
  readonly pipelines: readonly string[];
  /** Files that were written, relative to the project that they were written to. */
  readonly written: readonly string[];
}

/**
 * All of them or none. Copied are the configuration and the module of each pipeline, as they are; what a module imports, and
 * `conf/project.yml`, stay where they are.
 *
 * @throws (rejects) FlowerPowerError `FP_UNKNOWN_PIPELINE`, `FP_CONFIG_NAME` or `FP_PIPELINE_AMBIGUOUS` for names of the source;
 *   `FP_PIPELINE_EXISTS` for every pipeline that is in the way; `FP_FILES_LEFT`; FileSystemError of whichever end fails.
 */
export async function transferPipelines({
  from,
  to,
  names,
  overwrite,
  environment,
  layout,
  signal,
}: Transfer): Promise<TransferredPipelines> {
  const entries = await chosen(await readCatalog(from, { environment, layout }), names, { from, layout });
  const there = await readCatalog(to, { environment, layout });
  const problems: Problem[] = [];
  const changes = new Map<string, FileChange>();
  for (const entry of entries) {
    const { configuration, modules } = await pipelineFilesOf(from, entry, layout);
    const paths = [...(configuration === undefined ? [] : [configuration]), ...modules];
    const inTheWay = await filesInTheWay(to, { there, layout }, entry);
    if (inTheWay.some((path) => !overwrite || !paths.includes(path))) {
      problems.push(alreadyThere(to, entry, inTheWay));
      continue;
    }
    for (const path of paths) {
      const before = await existingFile(to, path, signal);
      // A file that belongs to nothing, as one that was left behind.
      if (before !== undefined && !overwrite) problems.push(alreadyThere(to, entry, [path]));
      changes.set(path, { path, content: await from.read(path, { signal }), before });
    }
  }
  if (problems.length > 0) {
    const code: ProjectErrorCode = 'FP_PIPELINE_EXISTS';
    throw errorFromProblems(problems, { code, title: 'Pipelines are in the way; nothing was changed' });
  }
  await changeFiles(to, [...changes.values()], signal);
  return { pipelines: entries.map(({ name }) => name), written: [...changes.keys()] };
}

async function chosen(
  catalog: Catalog,
  names: readonly string[] | undefined,
  { from, layout }: Pick<Transfer, 'from' | 'layout'>,
): Promise<readonly CatalogEntry[]> {
  // What is no name is told first.
  if (names !== undefined && (catalog.length > 0 || names.some((name) => validatePipelineName(name)))) {
    const found = names.map((name) => findPipeline(catalog, name, from, ` in ${from.uri('')}`));
    return [...new Set(found)];
  }
  if (catalog.length > 0) return requireOwnNames(catalog, from);
  throw await noPipelines(from, layout);
}

async function noPipelines(
  from: FileSystem,
  { configDir, pipelinesDir, projectFiles }: ProjectLayout,
): Promise<FlowerPowerError> {
  const code: ProjectErrorCode = 'FP_UNKNOWN_PIPELINE';
  const isProject = (await Promise.all(projectFiles.map((file) => from.exists(file)))).includes(true);
  const message = `There are no pipelines in ${from.uri('')}`;
  return new FlowerPowerError({
    code,
    message: isProject ? `${message}.` : `${message}, and no ${projectFiles[0]}: no project is there.`,
    hint: isProject
      ? 'The project has none yet; add one with `flowerpower pipeline new <name>`.'
      : `Name the folder of a project: the one that holds ${configDir}/ and ${pipelinesDir}/.`,
  });
}

/** The files that a pipeline of the same name is made of already. */
async function filesInTheWay(
  to: FileSystem,
  { there, layout }: { readonly there: Catalog; readonly layout: ProjectLayout },
  entry: CatalogEntry,
): Promise<string[]> {
  const found = new Set<string>();
  for (const name of new Set([entry.name, entry.fileName])) {
    for (const path of layout.moduleFiles(name).flat()) {
      if (await to.exists(path)) found.add(path);
    }
    for (const other of there) {
      const isSame = [other.name, other.fileName].some((each) => pipelineKey(each) === pipelineKey(name));
      if (isSame) found.add(other.file);
    }
  }
  return [...found];
}

function alreadyThere(to: FileSystem, { name }: CatalogEntry, files: readonly string[]): Problem {
  const code: ProjectErrorCode = 'FP_PIPELINE_EXISTS';
  return {
    code,
    message: `The pipeline '${name}' is already there: ${files.map((file) => to.uri(file)).join(', ')}. Nothing was changed.`,
    hint: 'Replace the files of the same names with overwrite (--overwrite); a pipeline in other files has to be removed first.',
    places: files.map((file) => ({ file: to.uri(file) })),
  };
}
