import { compareKeys } from '../paths/compare-keys.js';
import { prefixOf } from './files-from-keys.js';

/**
 * Of all keys of a store those that `filesFromKeys` wants for a directory, in its order: every key below it when the call is
 * recursive, else those of one level with what the others have in common up to the next `/`. For stores that have all keys at
 * hand; others are asked for a prefix and a delimiter.
 *
 * @example
 * ```ts
 * import { keysOfLevel } from '@flowerpower/fs';
 *
 * keysOfLevel(['a/x', 'a/b/y', 'a/b/z', 'c'], 'a', false); // ['a/b/', 'a/x']
 * ```
 */
export function keysOfLevel(keys: Iterable<string>, path: string, recursive: boolean): string[] {
  const prefix = prefixOf(path);
  const levelOf = (key: string) => {
    const slash = recursive ? -1 : key.indexOf('/', prefix.length);
    return slash === -1 ? key : key.slice(0, slash + 1);
  };
  const below = [...keys].filter((key) => key.startsWith(prefix));
  return [...new Set(below.map(levelOf))].sort(compareKeys);
}
