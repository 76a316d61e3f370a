/** Makes the nth call on a filesystem fail, to prove that its user cleans up whatever happens. */
import type { Readable } from 'node:stream';
import type { FileSystem, FileWriter } from '../contract/file-system.js';
import { FileSystemError } from '../errors/file-system-error.js';
import { byteStream } from '../facade/byte-stream.js';

export interface FaultyFileSystem {
  /** The given filesystem, except that its nth call fails. */
  readonly fs: FileSystem;
  /** Calls so far. `calls < n` after a run means that no fault was met. */
  readonly calls: number;
  /** Streams not yet ended or destroyed and writers not yet closed or aborted. */
  readonly openHandles: number;
}

/**
 * Wraps a filesystem so that its nth call (from 1) rejects with FP_FS_UNAVAILABLE instead of being made. Counted are
 * the methods of the filesystem, each chunk read from a stream, each entry of a listing, and `write`, `close` and
 * `abort` of writers.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { failAtNthCall } from '@flowerpower/fs/testing';
 *
 * const faulty = failAtNthCall(createMemoryFileSystem(), 2);
 * await faulty.fs.write('a', '1');
 * await faulty.fs.write('b', '2').catch((error) => console.log(error.code)); // FP_FS_UNAVAILABLE
 * ```
 */
export function failAtNthCall(target: FileSystem, n: number): FaultyFileSystem {
  let calls = 0;
  let openHandles = 0;

  const count = async <T>(op: string, path: string, call: () => Promise<T>): Promise<T> => {
    calls++;
    if (calls === n) throw injected(target, n, op, path);
    return call();
  };

  const wrapStream = (path: string, stream: Readable): Readable => {
    openHandles++;
    const chunks = stream.iterator({ destroyOnReturn: true });
    return byteStream(
      {
        read: () =>
          count('read', path, async () => {
            const { done, value } = await chunks.next();
            return done ? undefined : (value as Uint8Array);
          }),
        async close() {
          openHandles--;
          stream.destroy();
        },
      },
      (error) => error as Error,
      undefined,
    );
  };

  const wrapWriter = (path: string, writer: FileWriter): FileWriter => {
    openHandles++;
    let open = true;
    const ended = () => {
      if (open) openHandles--;
      open = false;
    };
    return {
      write: (chunk) => count('write', path, () => writer.write(chunk)),
      close: async () => {
        const info = await count('close', path, () => writer.close());
        ended();
        return info;
      },
      abort: async () => {
        await count('abort', path, () => writer.abort());
        ended();
      },
    };
  };

  async function* wrapList<Entry>(
    op: string,
    path: string,
    entries: AsyncIterable<Entry>,
  ): AsyncIterable<Entry> {
    for await (const info of entries) {
      await count(op, path, async () => undefined);
      yield info;
    }
  }

  const wrap = (fs: FileSystem): FileSystem => ({
    scheme: fs.scheme,
    capabilities: fs.capabilities,
    uri: (path) => fs.uri(path),
    stat: (path, options) => count('stat', path, () => fs.stat(path, options)),
    exists: (path, options) => count('exists', path, () => fs.exists(path, options)),
    read: (path, options) => count('read', path, () => fs.read(path, options)),
    readRanges: (path, ranges, options) =>
      count('readRanges', path, () => fs.readRanges(path, ranges, options)),
    readText: (path, options) => count('readText', path, () => fs.readText(path, options)),
    createReadStream: (path, options) =>
      count('createReadStream', path, async () => wrapStream(path, await fs.createReadStream(path, options))),
    write: (path, data, options) => count('write', path, () => fs.write(path, data, options)),
    openWrite: (path, options) =>
      count('openWrite', path, async () => wrapWriter(path, await fs.openWrite(path, options))),
    append: (path, data, options) => count('append', path, () => fs.append(path, data, options)),
    list: (path, options) => wrapList('list', path, fs.list(path, options)),
    glob: (pattern, options) => wrapList('glob', pattern, fs.glob(pattern, options)),
    copy: (source, to, options) => count('copy', source, () => fs.copy(source, to, options)),
    move: (source, to, options) => count('move', source, () => fs.move(source, to, options)),
    delete: (path, options) => count('delete', path, () => fs.delete(path, options)),
    deleteDir: (path, options) => count('deleteDir', path, () => fs.deleteDir(path, options)),
    listUnfinished: (path, options) => wrapList('listUnfinished', path, fs.listUnfinished(path, options)),
    deleteUnfinished: (path, options) =>
      count('deleteUnfinished', path, () => fs.deleteUnfinished(path, options)),
    ensureDir: (path, options) => count('ensureDir', path, () => fs.ensureDir(path, options)),
    checksum: (path, algorithm, options) =>
      count('checksum', path, () => fs.checksum(path, algorithm, options)),
    signedUrl: (path, options) => count('signedUrl', path, () => fs.signedUrl(path, options)),
    sub: (prefix) => wrap(fs.sub(prefix)),
    close: () => fs.close(),
  });

  return {
    fs: wrap(target),
    get calls() {
      return calls;
    },
    get openHandles() {
      return openHandles;
    },
  };
}

function injected(fs: FileSystem, n: number, op: string, path: string): FileSystemError {
  return new FileSystemError({
    reason: 'Unavailable',
    op,
    uri: fs.uri(path),
    backend: 'fault-injection',
    message: `${op} '${path}' failed: call ${n} was made to fail.`,
  });
}
