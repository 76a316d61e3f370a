import { boundedList, FlowerPowerError } from '@flowerpower/core';
import { type Catalog, type CatalogEntry, findPipeline, readCatalog } from '../catalog/read-catalog.js';
import type { ConfigurationSources } from '../configuration/read-configuration.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { additionalModules } from '../pipelines/additional-modules.js';
import { changeFiles, existingFile, type FileChange } from './change-files.js';
import { pipelineFilesOf } from './pipeline-files.js';

export interface DeletePipelineOptions {
  /** Delete the module as well. Default false: only the configuration. */
  readonly module?: boolean | undefined;
  /** Ends the call: what was deleted before is taken back. */
  readonly signal?: AbortSignal | undefined;
}

export interface DeletedPipeline {
  readonly name: string;
  /** Relative to the project. */
  readonly deleted: readonly string[];
  /** Its module, where it stays. */
  readonly kept: readonly string[];
}

/**
 * All files or none.
 *
 * @throws (rejects) FlowerPowerError `FP_UNKNOWN_PIPELINE`, `FP_CONFIG_NAME`, `FP_PIPELINE_AMBIGUOUS`; `FP_NOTHING_TO_DELETE` for a
 *   pipeline that has only a module; `FP_MODULE_IN_USE` for a module that other pipelines have too, as their own or under
 *   `run.additionalModules`; `FP_FILES_LEFT`; `FP_FS_ABORTED`.
 */
export async function deletePipeline(
  sources: ConfigurationSources,
  name: string,
  { module = false, signal }: DeletePipelineOptions,
): Promise<DeletedPipeline> {
  const { fs, layout } = sources;
  const catalog = await readCatalog(fs, sources);
  const entry = findPipeline(catalog, name, fs);
  const { configuration, modules } = await pipelineFilesOf(fs, entry, layout);
  if (configuration === undefined && !module) {
    const code: ProjectErrorCode = 'FP_NOTHING_TO_DELETE';
    throw new FlowerPowerError({
      code,
      message: `The pipeline '${entry.name}' has no configuration to delete, only its module ${modules.join(', ')}.`,
      hint: 'Delete the module with module: true (--module).',
      places: modules.map((file) => ({ file: fs.uri(file) })),
    });
  }
  if (module) await requireUnused(sources, catalog, entry, modules);
  const paths = [...(configuration === undefined ? [] : [configuration]), ...(module ? modules : [])];
  const changes: FileChange[] = [];
  for (const path of paths) changes.push({ path, before: await existingFile(fs, path, signal) });
  await changeFiles(fs, changes, signal);
  return { name: entry.name, deleted: paths, kept: module ? [] : modules };
}

async function requireUnused(
  sources: ConfigurationSources,
  catalog: Catalog,
  entry: CatalogEntry,
  modules: readonly string[],
): Promise<void> {
  const users: string[] = [];
  for (const other of catalog) {
    if (other === entry || !other.configured) continue;
    const used = [
      ...(await pipelineFilesOf(sources.fs, other, sources.layout)).modules,
      ...(await additionalModules(other, sources)).flatMap((each) => sources.layout.moduleFiles(each).flat()),
    ];
    if (used.some((path) => modules.includes(path))) users.push(other.name);
  }
  if (users.length === 0) return;
  const code: ProjectErrorCode = 'FP_MODULE_IN_USE';
  throw new FlowerPowerError({
    code,
    message: `The module ${modules.join(', ')} of '${entry.name}' is used by other pipelines: ${boundedList(users)}. Nothing was deleted.`,
    hint: 'Delete the pipeline without its module, or delete the others first.',
    places: modules.map((file) => ({ file: sources.fs.uri(file) })),
  });
}
