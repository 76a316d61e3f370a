/** Keys of an object store, which has no directories, as files and directories. */
import type { DriverList } from '../contract/file-system-driver.js';
import type { FileInfo } from '../contract/file-system.js';
import { compareKeys } from '../paths/compare-keys.js';
import { checkPath } from '../paths/normalize-path.js';

/** One line of a store's listing. */
export interface ListedKey {
  readonly key: string;
  /** Absent for what several keys have in common. */
  readonly info?: FileInfo | undefined;
}

/** What the keys below a directory begin with. */
export function prefixOf(path: string): string {
  return path === '' ? '' : `${path}/`;
}

/**
 * What a driver's `list` gives for a directory, out of its store's listing of `prefixOf(path)`: all keys when the call is
 * recursive, else those of one level with what the others have in common up to the next `/`; in UTF-8 byte order, from
 * `startAfter` on or from the start.
 *
 * An object whose key ends in `/` stands for a directory. Keys that no path can name (`a//b`, `/a`, `..`) are left out.
 *
 * @example
 * ```ts
 * import { filesFromKeys } from '@flowerpower/fs';
 *
 * const keys = (async function* () {
 *   yield { key: 'a/b', info: { path: 'a/b', type: 'file' as const } };
 * })();
 * const call = { recursive: true, includeDirs: true, startAfter: undefined, signal: undefined };
 * for await (const { path } of filesFromKeys(keys, '', call)) console.log(path); // a, then a/b
 * ```
 */
export async function* filesFromKeys(
  keys: AsyncIterable<ListedKey> | Iterable<ListedKey>,
  path: string,
  { includeDirs, startAfter }: Pick<DriverList, 'includeDirs' | 'startAfter'>,
): AsyncGenerator<FileInfo, void> {
  const isBehind = (key: string) => startAfter === undefined || compareKeys(key, startAfter) > 0;
  const prefixLength = prefixOf(path).length;
  // The directories above the last key: all keys below one of them follow each other.
  let above: readonly string[] = [];
  for await (const { key, info } of keys) {
    if (!canBeNamed(key)) continue;
    const directories = directoriesOf(key, prefixLength);
    if (includeDirs) {
      for (const directory of directories) {
        if (above.includes(directory) || !isBehind(directory)) continue;
        yield { path: directory.slice(0, -1), type: 'directory' };
      }
    }
    above = directories;
    if (info !== undefined && !key.endsWith('/') && isBehind(key)) yield info;
  }
}

/** Every directory between the listed one and the key, with its slash; the key itself too if it ends in one. */
function directoriesOf(key: string, prefixLength: number): string[] {
  const directories: string[] = [];
  for (let slash = key.indexOf('/', prefixLength); slash !== -1; slash = key.indexOf('/', slash + 1)) {
    directories.push(key.slice(0, slash + 1));
  }
  return directories;
}

function canBeNamed(key: string): boolean {
  const path = key.endsWith('/') ? key.slice(0, -1) : key;
  const checked = checkPath(path);
  return path !== '' && 'path' in checked && checked.path === path;
}
