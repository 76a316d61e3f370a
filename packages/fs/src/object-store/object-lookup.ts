/** What a path is in a store that has only objects: one of them, a directory because others lie below it, or nothing. */
import { DriverFailure, type DriverCall } from '../contract/file-system-driver.js';
import type { FileInfo } from '../contract/file-system.js';
import { prefixOf } from './files-from-keys.js';

export interface ObjectLookupOptions<Info> {
  /** The facts about one object; undefined when there is none. */
  readonly head: (key: string, signal: AbortSignal | undefined) => Promise<Info | undefined>;
  /** Something for each object whose key begins so, at least for the first. */
  readonly list: (prefix: string, signal: AbortSignal | undefined) => AsyncIterable<unknown>;
  readonly infoOf: (object: Info) => FileInfo;
}

export interface ObjectLookup<Info> {
  /** As a driver's `stat`. */
  stat(path: string, call: DriverCall): Promise<FileInfo>;
  /** @throws DriverFailure `IsDirectory` or `NotFound` when the path names no object. */
  object(path: string, signal: AbortSignal | undefined): Promise<Info>;
  /** What `open` gives, or else what the path is instead of an object. @throws as `object`. */
  opened<T>(path: string, signal: AbortSignal | undefined, open: () => Promise<T>): Promise<T>;
  /** What a call on a file says when no object is there: `IsDirectory` or `NotFound`. */
  noFile(path: string, signal: AbortSignal | undefined): Promise<DriverFailure>;
}

export function objectLookup<Info>({ head, list, infoOf }: ObjectLookupOptions<Info>): ObjectLookup<Info> {
  const find = async (path: string, signal: AbortSignal | undefined) =>
    path === '' ? undefined : head(path, signal);

  async function hasChildren(path: string, signal: AbortSignal | undefined): Promise<boolean> {
    for await (const _child of list(prefixOf(path), signal)) return true;
    return false;
  }

  async function noFile(path: string, signal: AbortSignal | undefined): Promise<DriverFailure> {
    const isDirectory = path === '' || (await hasChildren(path, signal));
    return new DriverFailure(isDirectory ? 'IsDirectory' : 'NotFound');
  }

  return {
    noFile,
    async opened(path, signal, open) {
      if (path === '') throw new DriverFailure('IsDirectory');
      try {
        return await open();
      } catch (error) {
        const absent = error instanceof DriverFailure && error.failure.reason === 'NotFound';
        throw absent ? await noFile(path, signal) : error;
      }
    },
    async object(path, signal) {
      const found = await find(path, signal);
      if (found === undefined) throw await noFile(path, signal);
      return found;
    },
    async stat(path, { signal }) {
      const found = await find(path, signal);
      if (found !== undefined) return infoOf(found);
      // The root is a directory also while nothing is in it, if only there is a store to list.
      if ((await hasChildren(path, signal)) || path === '') return { path, type: 'directory' };
      throw new DriverFailure('NotFound');
    },
  };
}
