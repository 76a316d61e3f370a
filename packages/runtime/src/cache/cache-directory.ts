/**
 * Whether a cache may be kept in a folder of this machine: a new one, an empty one, or one that holds a cache already. A cache
 * is recognised by its entries, `keys`, `values`, `locks`, `last` and `.gitignore`; a folder with any other belongs to somebody else.
 */
import { readdirSync } from 'node:fs';
import { nameList } from '@flowerpower/core';

const ours: readonly string[] = ['keys', 'values', 'locks', 'last', '.gitignore'];

export type CacheDirectory =
  /** There is no such folder yet. */
  | 'new'
  /** Empty, a cache, or not to be read. */
  | 'usable'
  /** Why it is neither; reads on after the name of the folder. */
  | { readonly refusal: string };

/** @param dir - absolute. */
export function lookAtCacheDirectory(dir: string): CacheDirectory {
  let names: readonly string[];
  try {
    names = readdirSync(dir);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'new';
    // A folder that cannot be read costs the store a warning, and never a run.
    return code === 'ENOTDIR' ? { refusal: 'is not a folder' } : 'usable';
  }
  // Unfinished files of the filesystem lie beside those that they become.
  const others = names.filter(
    (name) => !ours.includes(name) && !(name.startsWith('..gitignore.') && name.endsWith('.tmp')),
  );
  return others.length === 0 ? 'usable' : { refusal: `holds something else: ${nameList(others)}` };
}
