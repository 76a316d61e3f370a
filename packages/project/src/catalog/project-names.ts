import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '@flowerpower/config';
import { createLocalFileSystem } from '@flowerpower/fs';
import { findProjectRoot } from '../layout/find-project-root.js';
import { layoutOf } from '../layout/project-layout.js';
import { readCatalog } from './read-catalog.js';

export interface ProjectNames {
  /** The folder of the project. */
  readonly root: string;
  /** Each with its module, relative to the root, where it has one. */
  readonly pipelines: readonly { readonly name: string; readonly module: string | undefined }[];
  /** The names that `--env` takes. */
  readonly environments: readonly string[];
}

/**
 * What there is in a project of this machine, by its files alone: nothing of it is imported or judged. For shells, which
 * ask at every Tab.
 *
 * @param start - the folder of the project, or one inside it.
 * @param environment - the variables of the process, which may move the folders of a project.
 * @throws (rejects) FlowerPowerError `FP_PROJECT_NOT_FOUND` and the other codes of a project that cannot be opened.
 */
export async function projectNames(start: string, environment: Environment): Promise<ProjectNames> {
  const layout = layoutOf(environment);
  const root = findProjectRoot(start, environment);
  const fs = createLocalFileSystem({ root });
  try {
    const pipelines = [];
    for (const { name } of await readCatalog(fs, { environment, layout }))
      pipelines.push({ name, module: await firstOf(root, layout.moduleFiles(name).flat()) });
    const environments = [];
    for await (const { path } of fs.list(layout.overlayDir)) {
      const [, name] = /([^/]+)\.ya?ml$/.exec(path) ?? [];
      if (name !== undefined) environments.push(name);
    }
    return { root, pipelines, environments };
  } finally {
    await fs.close();
  }
}

async function firstOf(root: string, files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const isThere = await access(join(root, file)).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}
