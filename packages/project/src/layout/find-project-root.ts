import { type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Environment } from '@flowerpower/config';
import { aText, FlowerPowerError, messageOf, readProperty, requireArgument } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { layoutOf, type ProjectLayout } from './project-layout.js';

/**
 * The nearest folder at or above `start` that holds a project.
 *
 * @param environment - may move the folder of the configuration (`FP_CONFIG_DIR`). Default: that of the process.
 * @throws FlowerPowerError `FP_PROJECT_NOT_FOUND`, naming every place that was looked at; `FP_PROJECT_UNREADABLE`; `FP_PROJECT_LAYOUT`.
 */
export function findProjectRoot(start: string, environment: Environment = process.env): string {
  requireArgument('The folder', aText, start);
  const layout = layoutOf(environment);
  const looked: string[] = [];
  for (let dir = resolve(start); ; dir = dirname(dir)) {
    if (filesIn(dir, layout).length > 0) return dir;
    looked.push(join(dir, layout.projectFiles[0]!));
    if (dirname(dir) === dir) break;
  }
  throw notFound(
    resolve(start),
    looked,
    'Create one with `flowerpower init`, or name its folder with --base-dir.',
  );
}

/**
 * @throws FlowerPowerError `FP_PROJECT_NOT_FOUND` unless `dir` itself holds a project; `FP_PROJECT_AMBIGUOUS` when two
 *   files configure it; `FP_PROJECT_UNREADABLE`; `FP_FS_INVALID_PATH`.
 */
export function requireProject(dir: string, layout: ProjectLayout): string {
  const root = resolve(localPath(dir, workingFolder));
  const files = filesIn(root, layout);
  if (files.length === 0) {
    const hint =
      'A relative folder counts from the working folder. Create a project there with `flowerpower init`.';
    throw notFound(root, [join(root, layout.projectFiles[0]!)], hint);
  }
  if (files.length > 1) throw ambiguous(files);
  for (const name of ['package.json', 'tsconfig.json']) requireFile(join(root, name));
  return root;
}

function filesIn(dir: string, { projectFiles }: ProjectLayout): string[] {
  return projectFiles.map((file) => join(dir, file)).filter((file) => statOf(file) !== undefined);
}

/** Compilers and Node read them, and would wait for ever for the writer of a pipe. */
function requireFile(file: string): void {
  const stats = statOf(file);
  if (stats !== undefined && !stats.isFile())
    throw unreadable(file, stats.isDirectory() ? 'it is a folder' : 'it is a pipe or a device, not a file');
}

/** Undefined where nothing is. What may not be looked at is not absent. */
function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    const code = readProperty(error, 'code');
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unreadable(file, code === 'EACCES' ? 'access is denied' : messageOf(error), error);
  }
}

function unreadable(file: string, why: string, cause?: unknown): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_UNREADABLE';
  return new FlowerPowerError({
    code,
    message: `${file} cannot be read: ${why}.`,
    hint:
      cause === undefined
        ? 'Put a file in its place, or remove it.'
        : 'Check the access rights of this process to the file and to each folder above it.',
    places: [{ file }],
    cause,
  });
}

function ambiguous(files: readonly string[]): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_AMBIGUOUS';
  return new FlowerPowerError({
    code,
    message: `Two files configure the project: ${files.join(' and ')}.`,
    hint: 'Keep one of them.',
    places: files.map((file) => ({ file })),
  });
}

function notFound(start: string, looked: readonly string[], hint: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_NOT_FOUND';
  const last =
    looked.length > 1
      ? ` and in ${looked.length === 2 ? 'its parent folder' : `${looked.length - 1} parent folders`}`
      : '';
  return new FlowerPowerError({
    code,
    message: `There is no project in ${start}: looked for ${looked[0]}${last}.`,
    hint,
    context: { looked },
  });
}
