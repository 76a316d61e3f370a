import { FlowerPowerError } from '@flowerpower/core';
import { pipelineKey, validatePipelineName } from '@flowerpower/config';
import type { FileSystem } from '@flowerpower/fs';
import type { Catalog } from '../catalog/read-catalog.js';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { ProjectLayout } from '../layout/project-layout.js';
import { pipelineFiles } from './pipeline-template.js';
import { writeNewFiles } from './write-new-files.js';

export interface NewPipelineOptions {
  /** Replace the files of a pipeline of the same name. Default false. */
  readonly overwrite?: boolean | undefined;
}

export interface NewPipeline {
  readonly name: string;
  /** Files that were written, relative to the project. */
  readonly written: readonly string[];
}

/**
 * Adds a pipeline to a project: a module with three nodes and its configuration.
 *
 * @throws FlowerPowerError `FP_PIPELINE_EXISTS`, or the code of a name that is not allowed; nothing was changed.
 */
export async function newPipeline(
  fs: FileSystem,
  name: string,
  { catalog, layout }: { readonly catalog: Catalog; readonly layout: ProjectLayout },
  options: NewPipelineOptions = {},
): Promise<NewPipeline> {
  const problem = validatePipelineName(name);
  if (problem !== undefined) throw new FlowerPowerError(problem);
  const inTheWay: string[] = [];
  for (const path of layout.moduleFiles(name).flat()) {
    if (await fs.exists(path)) inTheWay.push(path);
  }
  for (const { name: taken, fileName, file, configured } of catalog) {
    if (configured && [taken, fileName].some((each) => pipelineKey(each) === pipelineKey(name)))
      inTheWay.push(file);
  }
  const files = pipelineFiles(name, layout);
  // Overwriting replaces the two files that are written; a module in another language stays in the way.
  const replaced = (path: string) => options.overwrite && files.some((file) => file.path === path);
  if (inTheWay.some((path) => !replaced(path))) {
    const code: ProjectErrorCode = 'FP_PIPELINE_EXISTS';
    throw new FlowerPowerError({
      code,
      message: `The pipeline '${name}' is already there: ${inTheWay.join(', ')}. Nothing was changed.`,
      hint: 'Choose another name, or replace it with overwrite (--overwrite).',
      places: inTheWay.map((path) => ({ file: fs.uri(path) })),
    });
  }
  await writeNewFiles(fs, files, options.overwrite ?? false);
  return { name, written: files.map(({ path }) => path) };
}
