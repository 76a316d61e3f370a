import type { FileSystem } from '@flowerpower/fs';
import { nameOfConfigFile, pipelineConfigDir } from '../layout/project-layout.js';

/** A pipeline that exists, as far as its configuration file tells. */
export interface PipelineEntry {
  /** As its file is named; a `name:` key inside may say otherwise, which is known once it is loaded. */
  readonly name: string;
  /** Its configuration file, relative to the project. */
  readonly file: string;
}

/** The pipelines of a project, by name: every YAML file under `conf/pipelines`. Reads no file. */
export async function listPipelines(fs: FileSystem): Promise<PipelineEntry[]> {
  const entries: PipelineEntry[] = [];
  for await (const { path } of fs.list(pipelineConfigDir, { recursive: true })) {
    if (/\.ya?ml$/.test(path)) entries.push({ name: nameOfConfigFile(path), file: path });
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
