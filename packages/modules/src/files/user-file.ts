import { realpathSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { isFile } from './file-stamp.js';
import type { ResolutionTrace } from './resolution-trace.js';

const scriptExtensions = ['.ts', '.mts', '.js', '.mjs'];
const loadableExtensions = new Set([...scriptExtensions, '.json']);

/** What TypeScript lets an import name for a file that is written in TypeScript. */
const sourcesOf: Readonly<Record<string, string>> = { '.js': '.ts', '.mjs': '.mts' };

export function isLoadable(file: string): boolean {
  return loadableExtensions.has(extname(file));
}

export function isScript(file: string): boolean {
  return scriptExtensions.includes(extname(file));
}

/**
 * The files that a path may mean, in order: `x.js` also means `x.ts`, `x` means `x.ts` `x.mts` `x.js` `x.mjs`
 * and then the same endings of `x/index`.
 */
export function fileCandidates(path: string): string[] {
  const extension = extname(path);
  const source = sourcesOf[extension];
  if (source !== undefined) return [path.slice(0, -extension.length) + source, path];
  if (loadableExtensions.has(extension)) return [path];
  const isDirectory = basename(path) === '' || /[\\/]$/.test(path);
  const asFile = isDirectory ? [] : scriptExtensions.map((ending) => path + ending);
  const asIndex = scriptExtensions.map((ending) => join(path, `index${ending}`));
  return [...(extension === '' ? [] : [path]), ...asFile, ...asIndex];
}

/** The real path of the first candidate that exists, or undefined. */
export function findUserFile(path: string, trace: ResolutionTrace): string | undefined {
  for (const candidate of fileCandidates(path)) {
    if (isFile(candidate)) return trace.realPath(candidate);
    trace.absent.add(candidate);
  }
  return undefined;
}

/** `path` with links resolved in its existing part, so that a missing file still has one spelling. */
export function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPathOf(parent), basename(path));
  }
}
