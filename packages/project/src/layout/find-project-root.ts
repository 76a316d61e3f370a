import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { aText, FlowerPowerError, requireArgument } from '@flowerpower/core';
import { localPath, workingFolder } from '@flowerpower/fs';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { projectFiles } from './project-layout.js';

/**
 * The nearest folder at or above `start` that holds a project.
 *
 * @throws FlowerPowerError `FP_PROJECT_NOT_FOUND`, naming every place that was looked at.
 */
export function findProjectRoot(start: string): string {
  requireArgument('The folder', aText, start);
  const looked: string[] = [];
  for (let dir = resolve(start); ; dir = dirname(dir)) {
    if (filesIn(dir).length > 0) return dir;
    looked.push(join(dir, projectFiles[0]!));
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
 *   files configure it; `FP_FS_INVALID_PATH`.
 */
export function requireProject(dir: string): string {
  const root = resolve(localPath(dir, workingFolder));
  const files = filesIn(root);
  if (files.length === 0) {
    const hint =
      'A relative folder counts from the working folder. Create a project there with `flowerpower init`.';
    throw notFound(root, [join(root, projectFiles[0]!)], hint);
  }
  if (files.length > 1) throw ambiguous(files);
  return root;
}

function filesIn(dir: string): string[] {
  return projectFiles.map((file) => join(dir, file)).filter((file) => existsSync(file));
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
  const last = looked.length > 1 ? ` and in ${looked.length - 1} parent folders` : '';
  return new FlowerPowerError({
    code,
    message: `There is no project in ${start}: looked for ${looked[0]}${last}.`,
    hint,
    context: { looked },
  });
}
