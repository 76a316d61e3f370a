import { readdirSync } from 'node:fs';
import { sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readProperty } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';

/**
 * What is called like a YAML file below a folder, but is left out of its listing because it cannot be read as one: a link
 * that leads nowhere or out of the project, a folder, a pipe.
 *
 * @param listed - the paths of the listing.
 */
export function unlistedFiles(fs: FileSystem, dir: string, listed: ReadonlySet<string>): string[] {
  const uri = fs.uri(dir);
  if (!uri.startsWith('file:')) return [];
  try {
    return readdirSync(fileURLToPath(uri), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.ya?ml$/.test(path))
      .map((path) => `${dir}/${path.split(sep).join('/')}`)
      .filter((path) => !listed.has(path));
  } catch (error) {
    if (readProperty(error, 'code') === 'ENOENT') return [];
    throw error;
  }
}
