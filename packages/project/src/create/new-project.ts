import { basename, resolve } from 'node:path';
import {
  aBoolean,
  aListOf,
  aRecord,
  aText,
  FlowerPowerError,
  messageOf,
  type OptionRules,
  required,
  requireOptions,
  shorten,
  withMethods,
} from '@flowerpower/core';
import { isProjectName, projectNameRule } from '@flowerpower/config';
import {
  createLocalFileSystem,
  type FileSystem,
  isFileSystemError,
  localPath,
  workingFolder,
} from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { layoutOf, type ProjectLayout } from '../layout/project-layout.js';
import { isRemote } from '../remote/is-remote.js';
import type { RemoteRequest } from '../remote/open-remote.js';
import { absentFolders, removeEmptyFolders } from './absent-folders.js';
import { projectFiles, surroundingFiles } from './project-template.js';
import { writeNewFiles } from './write-new-files.js';

export interface NewProjectOptions extends Pick<RemoteRequest, 'plugins' | 'storageOptions' | 'fs'> {
  /** The folder, or its URI; made if absent. Default: the working folder. */
  readonly dir?: string | undefined;
  /** Default: the name of the folder. */
  readonly name?: string | undefined;
  /** Replace the configuration of a project that is already there. Default false. */
  readonly overwrite?: boolean | undefined;
  /** The version of `flowerpower` to depend on. */
  readonly version: string;
}

export interface NewProject {
  readonly root: string;
  readonly name: string;
  /** Files that were written, relative to the root. */
  readonly written: readonly string[];
  /** Files that were already there and stay as they are. */
  readonly kept: readonly string[];
}

const rules: OptionRules = {
  dir: aText,
  name: aText,
  overwrite: aBoolean,
  version: required(aText),
  plugins: aListOf('plugins', 'Write plugins: [plugin].'),
  storageOptions: aRecord,
  fs: withMethods('a filesystem', 'read', 'write', 'list'),
};

/**
 * Makes a folder a project. Files that only surround it (package.json, tsconfig.json, …) are written where
 * they are missing and never replaced.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION`, `FP_PROJECT_NAME`, `FP_PROJECT_EXISTS`, `FP_PROJECT_FOLDER`, or `FP_FS_…` when it cannot be written to; no file was
 *   changed then, and no folder made.
 */
export async function newProject(options: NewProjectOptions): Promise<NewProject> {
  requireOptions(options, rules, 'newProject');
  const dir = options.dir ?? '.';
  if (isRemote(dir)) return newRemoteProject(dir, options);
  const root = resolve(localPath(dir, workingFolder));
  const name = nameFor(root, options);
  const layout = layoutOf(process.env);
  const { pipelinesDir, pipelineConfigDir } = layout;
  const absent = absentFolders(root, [pipelinesDir, pipelineConfigDir]);
  let isMade = false;
  const fs = createLocalFileSystem({ root });
  try {
    await makeFolder(fs, root);
    const made = await writeProject(fs, root, { ...options, layout, name });
    await fs.ensureDir(pipelinesDir);
    await fs.ensureDir(pipelineConfigDir);
    isMade = true;
    return made;
  } finally {
    await fs.close();
    if (!isMade) removeEmptyFolders(absent);
  }
}

/** Elsewhere there are no folders to make. */
async function newRemoteProject(uri: string, options: NewProjectOptions): Promise<NewProject> {
  const { openRemote } = await import('../remote/open-remote.js');
  const { plugins, storageOptions, fs: given } = options;
  const remote = await openRemote({ uri, plugins, storageOptions, fs: given });
  try {
    const name = nameFor(remote.uri, options);
    return await writeProject(remote.fs, remote.uri, { ...options, layout: layoutOf(process.env), name });
  } finally {
    await remote.close();
  }
}

function nameFor(root: string, { name = basename(root) }: Pick<NewProjectOptions, 'name'>): string {
  if (!isProjectName(name)) throw badName(name);
  return name;
}

async function writeProject(
  fs: FileSystem,
  root: string,
  {
    name,
    layout,
    version,
    overwrite = false,
  }: NewProjectOptions & { readonly name: string; readonly layout: ProjectLayout },
): Promise<NewProject> {
  let present: string | undefined;
  for (const file of layout.projectFiles) {
    if (present === undefined && (await fs.exists(file))) present = file;
  }
  if (!overwrite && present !== undefined) {
    const code: ProjectErrorCode = 'FP_PROJECT_EXISTS';
    throw new FlowerPowerError({
      code,
      message: `There is already a project in ${root}; nothing was changed.`,
      hint: 'Choose another folder, or replace its configuration with overwrite (--overwrite).',
      places: [{ file: fs.uri(present) }],
    });
  }
  const template = { name, version, layout };
  const own = projectFiles({ ...template, file: present ?? layout.projectFiles[0]! });
  const missing = [];
  const kept: string[] = [];
  for (const file of surroundingFiles(template)) {
    if (await fs.exists(file.path)) kept.push(file.path);
    else missing.push(file);
  }
  await writeNewFiles(fs, [...own, ...missing], overwrite);
  return { root, name, written: [...own, ...missing].map(({ path }) => path), kept };
}

function badName(name: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_NAME';
  return new FlowerPowerError({
    code,
    message: `${JSON.stringify(shorten(name, 100))} is not a name for a project; nothing was written.`,
    hint: `Give another one with name (--name): ${projectNameRule}.`,
  });
}

async function makeFolder(fs: FileSystem, root: string): Promise<void> {
  try {
    await fs.ensureDir('');
  } catch (cause) {
    const code: ProjectErrorCode = 'FP_PROJECT_FOLDER';
    throw new FlowerPowerError({
      code,
      message: isFileSystemError(cause, 'NotDirectory')
        ? `There is a file where the folder ${root} would be; nothing was changed.`
        : `The folder ${root} cannot be made: ${messageOf(cause)}`,
      hint: 'Choose another folder.',
      cause,
    });
  }
}
