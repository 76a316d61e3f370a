import type { Readable } from 'node:stream';
import type { DriverReader } from '../../contract/file-system-driver.js';
import type { CallOptions, FileSystem, FileWriter } from '../../contract/file-system.js';
import { byteStream } from '../../facade/byte-stream.js';
import { decodeText } from '../../facade/decode-text.js';
import { type CallSite, Guard } from '../../facade/guard.js';
import { GuardedWriter } from '../../facade/guarded-writer.js';
import { joinPath } from '../../paths/normalize-path.js';
import { type CountedMethod, type Fault, type RecordedCall, requireFaults } from './fault.js';
import { faultMeter } from './meet-faults.js';

export interface FaultyFileSystem {
  /** The given filesystem, except for the faults. */
  readonly fs: FileSystem;
  /** Every call so far, in the order in which they were made. */
  readonly calls: readonly RecordedCall[];
  /** Faults that no call has met: what was to be tested has not happened. */
  readonly unmet: readonly Fault[];
  /** Streams not yet ended or destroyed and writers not yet closed or aborted. */
  readonly openHandles: number;
}

/**
 * Wraps a filesystem so that chosen calls fail, wait, or give less than there is, to prove what its user does then.
 * Everything else is passed on, and recorded. Each fault happens once. A call that fails or waits has not reached the
 * wrapped filesystem; after a failed call of a writer nothing of its file is left, as `FileWriter` promises.
 *
 * @param faults - default none: the calls are only recorded.
 * @throws FileSystemError `FP_FS_BAD_OPTION` for a fault that could never happen.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { withFaults } from '@flowerpower/fs/testing';
 *
 * const { fs, calls } = withFaults(createMemoryFileSystem(), [
 *   { call: 2, fail: 'Unavailable' }, // the second call, whichever it is
 *   { call: 1, method: 'read', truncateAfter: 3 }, // the first `read`
 * ]);
 * await fs.write('a', 'whole');
 * await fs.write('b', 'never').catch((error) => console.log(error.code)); // FP_FS_UNAVAILABLE
 * console.log((await fs.read('a')).byteLength); // 3
 * console.log(calls.map(({ method, path }) => `${method} ${path}`)); // [ 'write a', 'write b', 'read a' ]
 * ```
 */
export function withFaults(target: FileSystem, faults: readonly Fault[] = []): FaultyFileSystem {
  requireFaults(faults);
  const meter = faultMeter(faults);
  let openHandles = 0;

  function wrap(fs: FileSystem, prefix: string): FileSystem {
    const guard = new Guard({
      backend: 'fault-injection',
      uri: (path) => fs.uri(path),
      classify: () => undefined,
    });

    function meet<T>(
      method: CountedMethod,
      path: string,
      call: (truncateAfter: number) => Promise<T>,
      { signal, target: to }: CallOptions & { readonly target?: string } = {},
    ): Promise<T> {
      const record: RecordedCall = {
        method,
        path: joinPath(prefix, path),
        ...(to !== undefined && { target: joinPath(prefix, to) }),
      };
      return meter.meet({ guard, site: siteOf(method, path, signal, to), record }, call);
    }

    function streamOf(path: string, inner: Readable, left: number, signal: AbortSignal | undefined) {
      openHandles++;
      const reader = readerOf(inner, left);
      return byteStream(
        {
          read: () => meet('stream.read', path, () => reader.read(), { signal }),
          async close() {
            openHandles--;
            await reader.close();
          },
        },
        (error) => guard.error(siteOf('stream.read', path, signal), error),
        signal,
      );
    }

    function writerOf(path: string, inner: FileWriter, signal: AbortSignal | undefined): FileWriter {
      openHandles++;
      const ending =
        <T>(end: () => Promise<T>) =>
        async () => {
          const result = await end();
          openHandles--;
          return result;
        };
      return new GuardedWriter(
        {
          write: (chunk) => meet('writer.write', path, () => inner.write(chunk), { signal }),
          close: () =>
            meet(
              'writer.close',
              path,
              ending(() => inner.close()),
              { signal },
            ),
          // What is dropped because its signal was aborted must still be dropped.
          abort: () =>
            meet(
              'writer.abort',
              path,
              ending(() => inner.abort()),
            ),
        },
        guard,
        siteOf('openWrite', path, signal),
      );
    }

    async function* entriesOf<Entry>(
      method: CountedMethod,
      path: string,
      entries: AsyncIterable<Entry>,
      options: CallOptions | undefined,
    ): AsyncIterable<Entry> {
      await meet(method, path, () => Promise.resolve(), options);
      const iterator = entries[Symbol.asyncIterator]();
      try {
        for (;;) {
          const { done, value } = await meet('entries.next', path, () => iterator.next(), options);
          if (done === true) return;
          yield value;
        }
      } finally {
        await iterator.return?.();
      }
    }

    return {
      scheme: fs.scheme,
      capabilities: fs.capabilities,
      uri: (path) => fs.uri(path),
      stat: (path, options) => meet('stat', path, () => fs.stat(path, options), options),
      exists: (path, options) => meet('exists', path, () => fs.exists(path, options), options),
      read: (path, options) =>
        meet('read', path, async (end) => (await fs.read(path, options)).subarray(0, end), options),
      readRanges: (path, ranges, options) =>
        meet('readRanges', path, () => fs.readRanges(path, ranges, options), options),
      readText: (path, options) =>
        meet(
          'readText',
          path,
          async (end) => {
            if (end === Infinity) return fs.readText(path, options);
            const text = decodeText((await fs.read(path, options)).subarray(0, end));
            if (text !== undefined) return text;
            throw guard.fail(siteOf('readText', path), 'InvalidText', 'its last character was cut in two');
          },
          options,
        ),
      createReadStream: (path, options) =>
        meet(
          'createReadStream',
          path,
          async (end) => streamOf(path, await fs.createReadStream(path, options), end, options?.signal),
          options,
        ),
      write: (path, data, options) => meet('write', path, () => fs.write(path, data, options), options),
      openWrite: (path, options) =>
        meet(
          'openWrite',
          path,
          async () => writerOf(path, await fs.openWrite(path, options), options?.signal),
          options,
        ),
      append: (path, data, options) => meet('append', path, () => fs.append(path, data, options), options),
      list: (path, options) => entriesOf('list', path, fs.list(path, options), options),
      glob: (pattern, options) => entriesOf('glob', pattern, fs.glob(pattern, options), options),
      copy: (source, to, options) =>
        meet('copy', source, () => fs.copy(source, to, options), { signal: options?.signal, target: to }),
      move: (source, to, options) =>
        meet('move', source, () => fs.move(source, to, options), { signal: options?.signal, target: to }),
      delete: (path, options) => meet('delete', path, () => fs.delete(path, options), options),
      deleteDir: (path, options) => meet('deleteDir', path, () => fs.deleteDir(path, options), options),
      listUnfinished: (path, options) =>
        entriesOf('listUnfinished', path, fs.listUnfinished(path, options), options),
      deleteUnfinished: (path, options) =>
        meet('deleteUnfinished', path, () => fs.deleteUnfinished(path, options), options),
      ensureDir: (path, options) => meet('ensureDir', path, () => fs.ensureDir(path, options), options),
      checksum: (path, algorithm, options) =>
        meet('checksum', path, () => fs.checksum(path, algorithm, options), options),
      signedUrl: (path, options) => meet('signedUrl', path, () => fs.signedUrl(path, options), options),
      sub: (sub) => wrap(fs.sub(sub), joinPath(prefix, sub)),
      close: () => meet('close', '', () => fs.close()),
    };
  }

  return {
    fs: wrap(target, ''),
    calls: meter.calls,
    get unmet() {
      return meter.unmet;
    },
    get openHandles() {
      return openHandles;
    },
  };
}

function siteOf(method: CountedMethod, path: string, signal?: AbortSignal, target?: string): CallSite {
  const op = method.slice(method.indexOf('.') + 1);
  return { op, path, signal, ...(target !== undefined && { target }) };
}

/** The first bytes of a stream, as a driver would give them. */
function readerOf(stream: Readable, truncateAfter: number): DriverReader {
  const chunks = stream.iterator({ destroyOnReturn: true }) as AsyncIterator<Uint8Array, undefined>;
  let left = truncateAfter;
  return {
    async read() {
      if (left === 0) return undefined;
      const { done, value } = await chunks.next();
      if (done === true) return undefined;
      const chunk = value.subarray(0, left);
      left -= chunk.byteLength;
      return chunk;
    },
    async close() {
      stream.destroy();
    },
  };
}
