import { dirname, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Place } from '@flowerpower/core';

/** A path or file URL as a person types it: relative to the working folder where that is shorter and near, and no root. */
export function showPath(file: string, cwd: string): string {
  const path = file.startsWith('file://') ? fileURLToPath(file) : file;
  if (!isAbsolute(path) || cwd === dirname(cwd)) return path;
  const near = relative(cwd, path);
  return near.length < path.length && !near.startsWith('../../..') ? near : path;
}

/** `file:line:column` as far as known. */
export function showPlace({ file, line, column }: Place, cwd: string): string {
  const position = [line, column].filter((part) => part !== undefined).map((part) => `:${part}`);
  return `${showPath(file, cwd)}${position.join('')}`;
}
