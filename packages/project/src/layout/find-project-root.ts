import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FlowerPowerError } from '@flowerpower/core';
import type { ProjectErrorCode } from '../errors/catalogue.js';
import { projectFile } from './project-layout.js';

/**
 * The nearest folder at or above `start` that holds a project.
 *
 * @throws FlowerPowerError `FP_PROJECT_NOT_FOUND`, naming every place that was looked at.
 */
export function findProjectRoot(start: string): string {
  const looked: string[] = [];
  for (let dir = resolve(start); ; dir = dirname(dir)) {
    const file = join(dir, projectFile);
    if (existsSync(file)) return dir;
    looked.push(file);
    if (dirname(dir) === dir) break;
  }
  throw notFound(resolve(start), looked);
}

/** @throws FlowerPowerError `FP_PROJECT_NOT_FOUND` unless `dir` itself holds a project. */
export function requireProject(dir: string): string {
  const root = resolve(dir);
  const file = join(root, projectFile);
  if (!existsSync(file)) throw notFound(root, [file]);
  return root;
}

function notFound(start: string, looked: readonly string[]): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PROJECT_NOT_FOUND';
  const last = looked.length > 1 ? ` and in ${looked.length - 1} parent folders` : '';
  return new FlowerPowerError({
    code,
    message: `There is no project in ${start}: looked for ${looked[0]}${last}.`,
    hint: 'Create one with `flowerpower init`, or name its folder with --base-dir.',
    context: { looked },
  });
}
