/** A project that is not a folder of this machine: which URIs and paths are in it, and which of its entries are protected. */
import { checkPath, joinPath } from '../paths/normalize-path.js';
import { type ParsedUri, parseUri } from '../uri/parse-uri.js';
import type { ProtectedEntry } from './protected-entries.js';

export interface PathsBelow {
  /** The path in the project of a URI that lies in it. */
  pathOf(uri: ParsedUri): string | undefined;
  /** Names are keys there, and keys that differ in case are two. */
  protectedEntryOf(path: string): ProtectedEntry | undefined;
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
      if (key === prefix) return '';
      const start = joinPath(prefix, '');
      if (start === '') return key;
      return key.startsWith(`${start}/`) ? key.slice(start.length + 1) : undefined;
    },
    protectedEntryOf(path) {
      const key = normal(path);
      const name = protect.find((entry) => key === entry || key?.startsWith(`${entry}/`));
      return name === undefined ? undefined : { name, isItself: key === name };
    },
  };
}

/** What is no path is for the filesystem to refuse. */
function normal(path: string): string | undefined {
  const checked = checkPath(path);
  return 'path' in checked ? checked.path : undefined;
}
