import { Readable } from 'node:stream';
import type { CallOptions, FileSystem } from '../contract/file-system.js';
import { checkPath, joinPath } from '../paths/normalize-path.js';

export interface ViewOptions {
  /** Ends every call, besides the signal that a call is given. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Asked before a file changes, or all that is below a directory (`tree`). What it throws refuses the call, and nothing
   * is changed.
   */
  readonly beforeChange?: ((path: string, reach: 'file' | 'tree') => void) | undefined;
}

/**
 * A filesystem as one of its users sees it. To close it closes nothing: the filesystem belongs to whoever made it.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem, createView } from '@flowerpower/fs';
 *
 * const shared = createMemoryFileSystem();
 * const view = createView(shared.sub('jobs/7'), { signal: AbortSignal.timeout(60_000) });
 * await view.write('log.txt', 'done');
 * await shared.readText('jobs/7/log.txt'); // 'done'
 * ```
 */
export function createView(fs: FileSystem, options: ViewOptions = {}): FileSystem {
  const { signal, beforeChange = () => {} } = options;
  const held = <O extends CallOptions>(given: O | undefined): O | undefined => {
    if (signal === undefined) return given;
    const own = given?.signal;
    return { ...given, signal: own === undefined ? signal : AbortSignal.any([own, signal]) } as O;
  };
  return {
    scheme: fs.scheme,
    capabilities: fs.capabilities,
    uri: (path) => fs.uri(path),
    stat: (path, given) => fs.stat(path, held(given)),
    exists: (path, given) => fs.exists(path, held(given)),
    read: (path, given) => fs.read(path, held(given)),
    readRanges: (path, ranges, given) => fs.readRanges(path, ranges, held(given)),
    readText: (path, given) => fs.readText(path, held(given)),
    createReadStream: (path, given) => fs.createReadStream(path, held(given)),
    async write(path, data, given) {
      try {
        beforeChange(path, 'file');
      } catch (error) {
        if (data instanceof Readable) data.destroy();
        throw error;
      }
      return fs.write(path, data, held(given));
    },
    async openWrite(path, given) {
      beforeChange(path, 'file');
      return fs.openWrite(path, held(given));
    },
    async append(path, data, given) {
      beforeChange(path, 'file');
      return fs.append(path, data, held(given));
    },
    list: (path, given) => fs.list(path, held(given)),
    glob: (pattern, given) => fs.glob(pattern, held(given)),
    async copy(source, target, given) {
      beforeChange(target, 'file');
      return fs.copy(source, target, held(given));
    },
    async move(source, target, given) {
      beforeChange(source, 'file');
      beforeChange(target, 'file');
      return fs.move(source, target, held(given));
    },
    async delete(path, given) {
      beforeChange(path, 'file');
      return fs.delete(path, held(given));
    },
    async deleteDir(path, given) {
      beforeChange(path, 'tree');
      return fs.deleteDir(path, held(given));
    },
    listUnfinished: (path, given) => fs.listUnfinished(path, held(given)),
    async deleteUnfinished(path, given) {
      return fs.deleteUnfinished(path, held(given));
    },
    async ensureDir(path, given) {
      beforeChange(path, 'file');
      return fs.ensureDir(path, held(given));
    },
    checksum: (path, algorithm, given) => fs.checksum(path, algorithm, held(given)),
    async signedUrl(path, given) {
      if (given.method === 'PUT') beforeChange(path, 'file');
      return fs.signedUrl(path, held(given)!);
    },
    sub(prefix) {
      const inner = fs.sub(prefix);
      const checked = checkPath(prefix);
      const normal = 'path' in checked ? checked.path : prefix;
      return createView(inner, {
        signal,
        beforeChange: (path, reach) => beforeChange(joinPath(normal, path), reach),
      });
    },
    close: () => Promise.resolve(),
  };
}
