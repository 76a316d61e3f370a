import { readdirSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { suggest } from '@flowerpower/core';
import { isDirectory } from './file-stamp.js';

/**
 * `Did you mean 'sales.ts'?` from the files that stand where a missing file was looked for; when its directory is
 * missing too, from the names beside that directory. Undefined when nothing is near.
 */
export function didYouMeanFile(path: string): string | undefined {
  let missing = path;
  while (!isDirectory(dirname(missing)) && dirname(missing) !== missing) missing = dirname(missing);
  let names: string[];
  try {
    names = readdirSync(dirname(missing));
  } catch {
    // A directory that may not be listed has no suggestions to offer; the error itself is raised by the caller.
    return undefined;
  }
  const byStem = new Map(names.map((name) => [withoutExtension(name), name]));
  const near = suggest(withoutExtension(basename(missing)), byStem.keys());
  if (near.length === 0) return undefined;
  return `Did you mean ${near.map((stem) => `'${byStem.get(stem)!}'`).join(' or ')} in ${dirname(missing)}?`;
}

function withoutExtension(name: string): string {
  return name.slice(0, name.length - extname(name).length) || name;
}
