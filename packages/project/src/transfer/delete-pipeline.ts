import type { Environment } from '@flowerpower/config';
import { FlowerPowerError } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import { findPipeline, readCatalog } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { changeFiles, existingFile, type FileChange } from './change-files.js';
import { pipelineFilesOf } from './pipeline-files.js';

export interface DeletePipelineOptions {
  /** Delete the module as well. Default false: only the configuration. */
  readonly module?: boolean | undefined;
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
 *   pipeline that has only a module; `FP_FILES_LEFT`.
 */
export async function deletePipeline(
  fs: FileSystem,
  environment: Environment,
  name: string,
  { module = false }: DeletePipelineOptions,
): Promise<DeletedPipeline> {
  const entry = findPipeline(await readCatalog(fs, environment), name, fs);
  const { configuration, modules } = await pipelineFilesOf(fs, entry);
  if (configuration === undefined && !module) {
    const code: ProjectErrorCode = 'FP_NOTHING_TO_DELETE';
    throw new FlowerPowerError({
      code,
      message: `The pipeline '${entry.name}' has no configuration to delete, only its module ${modules.join(', ')}.`,
      hint: 'Delete the module with module: true (--module).',
      places: modules.map((file) => ({ file: fs.uri(file) })),
    });
  }
  const paths = [...(configuration === undefined ? [] : [configuration]), ...(module ? modules : [])];
  const changes: FileChange[] = [];
  for (const path of paths) changes.push({ path, before: await existingFile(fs, path) });
  await changeFiles(fs, changes);
  return { name: entry.name, deleted: paths, kept: module ? [] : modules };
}
