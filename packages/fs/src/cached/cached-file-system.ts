import { createHash } from 'node:crypto';
import type { FileSystem } from '../contract/file-system.js';
import { isFileSystemError } from '../errors/file-system-error.js';
import { copyBetween } from '../facade/copy-between.js';
import { createView } from '../facade/create-view.js';
import { isFileSystem, requireFileSystem } from '../facade/require-file-system.js';
import { isText, requireOptions } from '../facade/require-options.js';
import { type SharedCall, sharedCall } from './shared-call.js';
import { joinPath } from '../paths/normalize-path.js';

export interface CachedOptions {
  /** Where copies are kept: usually a local disk. Never closed here. */
  readonly store: FileSystem;
  /** The directory of the copies on it. Default: its root. */
  readonly dir?: string | undefined;
}

/**
 * A filesystem whose files are read from copies: each version of a file is fetched once, however often it is read. Every
 * read asks the source for the version first, so that nothing stale is read; listings and facts are never kept.
 *
 * `read`, `readText` and `createReadStream` of a whole file make a copy. Ranges come from a copy that is there, and from the
 * source otherwise, so that reading a part of a large file stays cheap. Files of a source that tells no version are not
 * kept. A copy of another size than the file is made anew. Copies are never
 * removed: `store.deleteDir(dir)` does that at any time. Where a copy cannot be made or opened, the source is read.
 *
 * @throws FileSystemError `FP_FS_BAD_OPTION`
 *
 * @example
 * ```ts
 * import { cached, createMemoryFileSystem } from '@flowerpower/fs';
 *
 * const bucket = createMemoryFileSystem();
 * await bucket.write('model.bin', 'weights');
 * const fs = cached(bucket, { store: createMemoryFileSystem() });
 * await fs.readText('model.bin'); // from the bucket
 * await fs.readText('model.bin'); // from the copy
 * ```
 */
export function cached(source: FileSystem, options: CachedOptions): FileSystem {
  requireFileSystem('cached', 'The source', source);
  requireOptions('cached', options, { store: ['a FileSystem', isFileSystem], dir: ['a text', isText] });
  requireFileSystem('cached', 'store', options.store);
  const { store, dir = '' } = options;
  /** Of this process, by copy, so that readers at the same time fetch a version once. */
  const fetching = new Map<string, SharedCall>();

  async function copyOf(path: string, signal: AbortSignal | undefined): Promise<Copy | undefined> {
    const { type, version, size } = await source.stat(path, { signal });
    if (type !== 'file' || version === undefined) return undefined;
    const name = createHash('sha256')
      .update(JSON.stringify([source.uri(path), version]))
      .digest('hex');
    return { path: joinPath(dir, `${name.slice(0, 2)}/${name}`), version, size };
  }

  /** False where there is no copy, and for whoever does not wait for it any longer. */
  async function fetched(path: string, copy: Copy, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      if (await holds(store, copy)) return true;
      let fetch = fetching.get(copy.path);
      if (fetch === undefined) {
        fetch = sharedCall(async (unwanted) => {
          await copyBetween({ fs: source, path }, { fs: store, path: copy.path }, { signal: unwanted });
        });
        fetching.set(copy.path, fetch);
        fetch.ended.finally(() => fetching.delete(copy.path)).catch(() => undefined);
      }
      return (await fetch.wait(signal)) && (await holds(store, copy));
    } catch (error) {
      if (isFileSystemError(error)) return false;
      throw error;
    }
  }

  /** Reads from a copy of the version that is there now, or else from the source. */
  async function reading<T>(
    path: string,
    options: {
      readonly signal?: AbortSignal | undefined;
      readonly ifMatch?: string | undefined;
      readonly range?: object | undefined;
    },
    read: (fs: FileSystem, path: string) => Promise<T>,
  ): Promise<T> {
    // What keeps the source from telling is said by the call itself.
    const copy = await copyOf(path, options.signal).catch(unlessForeign);
    const fits = copy !== undefined && (options.ifMatch === undefined || options.ifMatch === copy.version);
    if (!fits) return read(source, path);
    const isThere =
      options.range === undefined ? await fetched(path, copy, options.signal) : await holds(store, copy);
    if (!isThere) return read(source, path);
    try {
      return await read(store, copy.path);
    } catch (error) {
      if (!isFileSystemError(error)) throw error;
      // The source knows better, or says in its own name what is wrong, and that the call was aborted.
      return read(source, path);
    }
  }

  return {
    ...createView(source),
    close: () => source.close(),
    read: (path, options = {}) => reading(path, options, (fs, where) => fs.read(where, inside(fs, options))),
    readText: (path, options = {}) =>
      reading(path, options, (fs, where) => fs.readText(where, inside(fs, options))),
    createReadStream: (path, options = {}) =>
      reading(path, options, (fs, where) => fs.createReadStream(where, inside(fs, options))),
    readRanges: (path, ranges, options = {}) =>
      reading(path, { ...options, range: ranges }, (fs, where) =>
        fs.readRanges(where, ranges, inside(fs, options)),
      ),
    sub: (prefix) => cached(source.sub(prefix), { store, dir }),
  };

  /** A copy is one version, whose own version is another. */
  function inside<O extends { readonly ifMatch?: string | undefined }>(fs: FileSystem, options: O): O {
    return fs === store ? { ...options, ifMatch: undefined } : options;
  }
}

interface Copy {
  readonly path: string;
  /** Of the file that it is a copy of. */
  readonly version: string;
  /** Of that file too. A copy of another size was cut off or altered. */
  readonly size: number | undefined;
}

function unlessForeign(error: unknown): undefined {
  if (!isFileSystemError(error)) throw error;
}

async function holds(store: FileSystem, { path, size }: Copy): Promise<boolean> {
  try {
    const copy = await store.stat(path);
    return copy.type === 'file' && copy.size === size;
  } catch {
    return false;
  }
}
