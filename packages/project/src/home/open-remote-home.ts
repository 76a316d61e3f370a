import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { FlowerPowerError, messageOf } from '@flowerpower/core';
import { type FileSystem, isFileSystemError } from '@flowerpower/fs';
import type { Plugin } from '@flowerpower/plugin';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import type { HomeOptions, ProjectHome } from './open-home.js';
import type { ProjectLayout } from '../layout/project-layout.js';
import { openRemote } from '../remote/open-remote.js';
import { remoteCode } from '../remote/remote-code.js';
import { userCacheFolder } from '../remote/user-cache-folder.js';

/**
 * @throws (rejects) FlowerPowerError `FP_PROJECT_NOT_FOUND`; `FP_PROJECT_AMBIGUOUS`; `FP_PROJECT_UNREADABLE` with what
 *   the store said as its cause; and what `openRemote` throws.
 */
export async function openRemoteHome(uri: string, options: HomeOptions): Promise<ProjectHome> {
  const { environment, layout, plugins, storageOptions, fs: given } = options;
  const remote = await openRemote({ uri, plugins, storageOptions, fs: given });
  const { fs, plugin, identity, close } = remote;
  const root = remote.uri;
  try {
    await requireProjectFile(fs, root, layout);
    const cacheFolder = userCacheFolder(environment);
    return {
      root,
      place: { uri: root },
      fs,
      runsFolder: join(cacheFolder, 'runs', contentName(JSON.stringify([root, identity]))),
      code: () => remoteCode({ fs, layout, cacheFolder, note: identity }),
      withOwnPlugin: (named, others) => {
        const isNew = ({ name }: Plugin) => named.every((each) => each.name !== name);
        const all = [...named, ...others.filter(isNew)];
        return plugin !== undefined && isNew(plugin) ? [...all, plugin] : all;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A name of a folder for what is too long to be one. */
function contentName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function requireProjectFile(
  fs: FileSystem,
  root: string,
  { projectFiles }: ProjectLayout,
): Promise<void> {
  const files: string[] = [];
  try {
    for (const file of projectFiles) {
      if (await fs.exists(file)) files.push(file);
    }
  } catch (cause) {
    throw unreadable(`${root}/${projectFiles[0]}`, root, cause);
  }
  if (files.length === 0) throw notFound(root, projectFiles);
  if (files.length > 1) {
    const code: ProjectErrorCode = 'FP_PROJECT_AMBIGUOUS';
    throw new FlowerPowerError({
      code,
      message: `Two files configure the project: ${files.map((file) => fs.uri(file)).join(' and ')}.`,
      hint: 'Keep one of them.',
      places: files.map((file) => ({ file: fs.uri(file) })),
    });
  }
}

function notFound(root: string, projectFiles: readonly string[]): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_NOT_FOUND';
  return new FlowerPowerError({
    code,
    message: `There is no project in ${root}: looked for ${root}/${projectFiles[0]}.`,
    hint: `Check bucket and folder, whose names are taken as they are written, or create one with \`flowerpower init ${root}\`.`,
    context: { looked: projectFiles.map((file) => `${root}/${file}`) },
  });
}

/** What may not be looked at is not absent. */
function unreadable(file: string, root: string, cause: unknown): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_UNREADABLE';
  return new FlowerPowerError({
    code,
    message: `The project in ${root} cannot be read: ${messageOf(cause)}`,
    hint: isFileSystemError(cause) ? cause.hint : undefined,
    places: [{ file }],
    cause,
  });
}
