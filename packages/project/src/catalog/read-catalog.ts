/**
 * What pipelines a project has. One rule for their names, wherever a name stands: a pipeline is called as its YAML file
 * says (`name:`), else as the file or, without one, its module is called; dots are folders, and `-` and `_` are one
 * character.
 */
import { type Environment, pipelineKey, readPipelineName, validatePipelineName } from '@flowerpower/config';
import {
  didYouMean,
  errorFromProblems,
  FlowerPowerError,
  type Problem,
  boundedList,
} from '@flowerpower/core';
import { type FileInfo, type FileSystem, type FileSystemError, isFileSystemError } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ProjectLayout } from '../layout/project-layout.js';
import { unlistedFiles } from './unlisted-files.js';

/** A pipeline that can be run by its name. */
export interface PipelineEntry {
  readonly name: string;
  /** Its configuration file, or its module where it has none; relative to the project. */
  readonly file: string;
  /** Whether it has a configuration file. Without one it runs with the defaults. */
  readonly configured: boolean;
}

export interface CatalogEntry extends PipelineEntry {
  /** The name that its file stands for. */
  readonly fileName: string;
}

/** By name. Two entries of one name are reported when it is asked for. */
export type Catalog = readonly CatalogEntry[];

/** What says where files are, and what references in them mean. */
export interface CatalogSources {
  readonly environment: Environment;
  readonly layout: ProjectLayout;
}

/** Reads the names in the files under `conf` and finds the modules under `pipelines`. Imports nothing. */
export async function readCatalog(fs: FileSystem, { environment, layout }: CatalogSources): Promise<Catalog> {
  const { configDir, overlayDir, pipelineConfigDir, pipelinesDir, projectFiles } = layout;
  const modules: CatalogEntry[] = [];
  // Modules of a folder that a link leads out to have no pipelines of their own; configuration may name them.
  for await (const { path } of filesBelow(fs, pipelinesDir, () => {})) {
    const name = layout.nameOfModuleFile(path);
    if (name !== undefined && validatePipelineName(name) === undefined) {
      modules.push({ name, file: path, configured: false, fileName: name });
    }
  }
  const moduleKeys = new Set(modules.map(({ name }) => pipelineKey(name)));
  const entries: CatalogEntry[] = [];
  const listed = new Set<string>();
  const ofPipelines = (cause: FileSystemError) => requireAllBelow(fs, pipelineConfigDir, cause);
  for await (const { path, size } of filesBelow(fs, configDir, ofPipelines)) {
    // A link out of the project has no size, and no content that may be read.
    if (size === undefined) continue;
    listed.add(path);
    if (!/\.ya?ml$/.test(path) || projectFiles.includes(path) || path.startsWith(`${overlayDir}/`)) continue;
    const fileName = layout.nameOfConfigFile(path);
    const name =
      (await readPipelineName({ file: path, text: await fs.readText(path) }, environment)) ?? fileName;
    // `conf` may hold files for other things; those that belong to a pipeline have a module.
    const hasModule = [name, fileName].some((each) => moduleKeys.has(pipelineKey(each)));
    if (path.startsWith(`${pipelineConfigDir}/`) || hasModule) {
      entries.push({ name, file: path, configured: true, fileName });
    }
  }
  // They stand for their pipelines all the same: whoever asks for one hears why it cannot be read.
  for (const path of unlistedFiles(fs, configDir, listed)) {
    if (projectFiles.includes(path) || path.startsWith(`${overlayDir}/`)) continue;
    const name = layout.nameOfConfigFile(path);
    const isPipeline = path.startsWith(`${pipelineConfigDir}/`) || moduleKeys.has(pipelineKey(name));
    if (isPipeline && validatePipelineName(name) === undefined)
      entries.push({ name, file: path, configured: true, fileName: name });
  }
  const taken = new Set(entries.flatMap(({ name, fileName }) => [name, fileName].map(pipelineKey)));
  for (const entry of modules) {
    const key = pipelineKey(entry.name);
    // A module beside its compiled form is one pipeline.
    if (!taken.has(key)) entries.push(entry);
    taken.add(key);
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param onLinksOut - told in the end of folders that were left out because links lead out of the project there. */
async function* filesBelow(
  fs: FileSystem,
  dir: string,
  onLinksOut: (error: FileSystemError) => Promise<void> | void,
): AsyncGenerator<FileInfo> {
  try {
    yield* fs.list(dir, { recursive: true });
  } catch (error) {
    if (!isFileSystemError(error, 'OutsideRoot')) throw error;
    await onLinksOut(error);
  }
}

/** Links may lead from `conf` to folders of other things; pipelines behind one would be missing in silence. */
async function requireAllBelow(fs: FileSystem, dir: string, cause: FileSystemError): Promise<void> {
  for await (const _file of filesBelow(fs, dir, refuse));
  function refuse({ message }: FileSystemError): never {
    const code: ProjectErrorCode = 'FP_PIPELINE_UNREADABLE';
    throw new FlowerPowerError({
      code,
      message: `The pipelines behind a link cannot be read: ${message}`,
      hint: `Configuration is read in the folder of the project only. Move the folder into ${dir}, or remove the link.`,
      places: [{ file: fs.uri(dir) }],
      cause,
    });
  }
}

/**
 * The entry of a name, also of the name that its file stands for.
 *
 * @param where - said of a project that is not the own one, such as ` in s3://team/shop`.
 * @throws FlowerPowerError `FP_CONFIG_NAME`; `FP_UNKNOWN_PIPELINE`; `FP_PIPELINE_AMBIGUOUS`.
 */
export function findPipeline(catalog: Catalog, name: string, fs: FileSystem, where = ''): CatalogEntry {
  const badName = validatePipelineName(name);
  if (badName) throw new FlowerPowerError({ ...badName, hint: meantByPath(catalog, name) ?? badName.hint });
  const key = pipelineKey(name);
  const named = catalog.filter((entry) => pipelineKey(entry.name) === key);
  const found = named.length > 0 ? named : catalog.filter((entry) => pipelineKey(entry.fileName) === key);
  if (found.length > 1) throw new FlowerPowerError(ambiguous(found, fs));
  if (found[0] === undefined) throw new FlowerPowerError(unknownPipeline(catalog, name, where));
  return found[0];
}

/** A path in place of a name: of the file that configures the pipeline, of its module, or with `/` between the parts. */
function meantByPath(catalog: Catalog, path: string): string | undefined {
  const parts = path
    .replace(/^(?:\.?\/)?(?:conf\/pipelines|pipelines|conf)\//, '')
    .replace(/\.(?:ya?ml|[cm]?[jt]s)$/, '');
  const key = pipelineKey(parts.replaceAll('/', '.'));
  const found = catalog.find(({ name, file }) => file === path || pipelineKey(name) === key);
  return found && `Did you mean '${found.name}'?`;
}

/** @throws FlowerPowerError `FP_PIPELINE_AMBIGUOUS` for every name that several files claim. */
export function requireOwnNames(catalog: Catalog, fs: FileSystem): Catalog {
  const byKey = new Map<string, CatalogEntry[]>();
  for (const entry of catalog) {
    const key = pipelineKey(entry.name);
    byKey.set(key, [...(byKey.get(key) ?? []), entry]);
  }
  const problems = [...byKey.values()]
    .filter((entries) => entries.length > 1)
    .map((entries) => ambiguous(entries, fs));
  if (problems.length === 0) return catalog;
  const code: ProjectErrorCode = 'FP_PIPELINE_AMBIGUOUS';
  throw errorFromProblems(problems, { code, title: 'Several files claim one name' });
}

function ambiguous(entries: Catalog, fs: FileSystem): Problem {
  const code: ProjectErrorCode = 'FP_PIPELINE_AMBIGUOUS';
  return {
    code,
    message: `The pipeline '${entries[0]!.name}' is configured by several files: ${entries.map(({ file }) => file).join(', ')}.`,
    hint: "Keep one, or give each a 'name:' of its own. In names '-' and '_' are one character.",
    places: entries.map(({ file }) => ({ file: fs.uri(file) })),
  };
}

function unknownPipeline(catalog: Catalog, name: string, where: string): Problem {
  const code: ProjectErrorCode = 'FP_UNKNOWN_PIPELINE';
  const known = catalog.map((entry) => entry.name);
  return {
    code,
    message: `There is no pipeline '${name}'${where}.`,
    hint:
      didYouMean(name, known) ??
      (known.length > 0
        ? `Pipelines: ${boundedList(known)}.`
        : 'The project has none yet; add one with `flowerpower pipeline new <name>`.'),
  };
}
