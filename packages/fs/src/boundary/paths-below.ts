/** A project that is not a folder of this machine: which URIs and paths are in it, and which of its entries are protected. */
import { checkPath } from '../paths/normalize-path.js';
import { type ParsedUri, parseUri } from '../uri/parse-uri.js';
import type { ProtectedEntry } from './protected-entries.js';

export interface PathsBelow {
  /** The path in the project of a URI that lies in it. */
  pathOf(uri: ParsedUri): string | undefined;
  /** Names are keys there, and keys that differ in case are two. */
  protectedEntryOf(path: string, as: 'file' | 'folder'): ProtectedEntry | undefined;
}

/** @param protect - entries of the project that nothing may be written to. */
export function pathsBelow(uri: string | undefined, protect: readonly string[]): PathsBelow {
  const own = uri === undefined ? undefined : parseUri(uri);
  const prefix = own === undefined ? '' : normal(own.path);
  return {
    pathOf({ scheme, authority, path }) {
      if (own === undefined || scheme !== own.scheme || authority !== own.authority) return undefined;
      const key = normal(path);
      if (key === undefined || prefix === undefined) return undefined;
      if (!isBelow(key, prefix)) return undefined;
      return prefix === '' ? key : key.slice(prefix.length + 1);
    },
    protectedEntryOf(path, as) {
      const key = normal(path);
      if (key === undefined) return undefined;
      const name = protect.find((entry) => isBelow(key, entry) || (as === 'folder' && isBelow(entry, key)));
      return name === undefined ? undefined : { name, isItself: key === name };
    },
  };
}

/** Everything is below the root `''`. */
function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** What is no path is for the filesystem to refuse. */
function normal(path: string): string | undefined {
  const checked = checkPath(path);
  return 'path' in checked ? checked.path : undefined;
}
