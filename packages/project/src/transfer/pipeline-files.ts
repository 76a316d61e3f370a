import type { FileSystem } from '@flowerpower/fs';
import type { CatalogEntry } from '../catalog/read-catalog.js';
import type { ProjectLayout } from '../layout/project-layout.js';

/** The files that are one pipeline's own: its configuration and its module, as far as they are there. */
export interface PipelineFiles {
  readonly configuration: string | undefined;
  readonly modules: readonly string[];
}

export async function pipelineFilesOf(
  fs: FileSystem,
  entry: CatalogEntry,
  layout: ProjectLayout,
): Promise<PipelineFiles> {
  const { name, fileName, file, configured } = entry;
  if (!configured) return { configuration: undefined, modules: [file] };
  const modules: string[] = [];
  for (const each of new Set([name, fileName])) {
    for (const path of layout.moduleFiles(each).flat()) {
      if (!modules.includes(path) && (await fs.exists(path))) modules.push(path);
    }
    // The name of the YAML file counts only where nothing is called as the pipeline.
    if (modules.length > 0) break;
  }
  return { configuration: file, modules };
}
