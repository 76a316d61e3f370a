/**
 * One zip archive as a filesystem. It is read whole and written anew whole, in one step, so that it suits archives that fit
 * into memory.
 */
import {
  DriverFailure,
  type FileInfo,
  filesFromKeys,
  type FileSystem,
  type FileSystemDriver,
  isFileSystemError,
  keysOfLevel,
  objectLookup,
  resolveRange,
  type WriteConditions,
} from '@flowerpower/fs';
import { packEntry, readZip, unpackEntry, versionOf, writeZip, type ZipEntry } from './zip-format.js';

export interface ZipDriverOptions {
  /** The name in URIs: `zip://<name>/…`. */
  readonly name: string;
  /** Where the archive lies. Asked at every call. */
  readonly locate: (use: 'read' | 'write') => { readonly fs: FileSystem; readonly path: string };
}

type Entries = Map<string, ZipEntry>;

interface StoredFile {
  readonly path: string;
  readonly entry: ZipEntry;
}

type Signal = AbortSignal | undefined;

export function zipDriver({ name, locate }: ZipDriverOptions): FileSystemDriver {
  /** Changes of this process come one after the other; for those of others see `change`. */
  let last: Promise<unknown> = Promise.resolve();

  async function load(signal: Signal): Promise<{ entries: Entries; version: string | undefined }> {
    const { fs, path } = locate('read');
    try {
      // The version first: should the archive be replaced in between, the condition of the write tells.
      const { version } = await fs.stat(path, { signal });
      return { entries: readZip(await fs.read(path, { signal })), version };
    } catch (error) {
      if (!isFileSystemError(error, 'NotFound')) throw error;
      return { entries: new Map(), version: undefined };
    }
  }

  /** Reads the archive, changes it, and writes it if nobody else has changed it meanwhile; else does all of it again. */
  function change<T>(signal: Signal, apply: (entries: Entries) => T): Promise<T> {
    const done = last.then(async () => {
      for (let attempt = 1; ; attempt++) {
        signal?.throwIfAborted();
        const { entries, version } = await load(signal);
        const result = apply(entries);
        const { fs, path } = locate('write');
        const unchanged = version === undefined ? { ifNotExists: true } : { ifMatch: version };
        try {
          const condition = fs.capabilities.casWrite === 'none' ? {} : unchanged;
          await fs.write(path, writeZip(entries), { signal, ...condition });
          return result;
        } catch (error) {
          const raced =
            isFileSystemError(error, 'PreconditionFailed') || isFileSystemError(error, 'AlreadyExists');
          if (!raced || attempt === 10) throw error;
        }
      }
    });
    last = done.catch(() => {});
    return done;
  }

  // What a path is where there are only files: one of them, a directory because others lie below it, or nothing.
  const lookup = objectLookup<StoredFile>({
    head: async (path, signal) => {
      const entry = (await load(signal)).entries.get(path);
      return entry && { path, entry };
    },
    async *list(prefix, signal) {
      for (const key of (await load(signal)).entries.keys()) if (key.startsWith(prefix)) yield { key };
    },
    infoOf,
  });

  return {
    backend: 'zip',
    scheme: 'zip',
    // As far as the filesystem of the archive keeps conditions; across processes on a local disk it does not.
    capabilities: { casWrite: 'process', metadata: false, realDirectories: false },
    uri: (path) => `zip://${name}/${path}`,
    classify: () => undefined,

    stat: lookup.stat,

    async openRead(path, { range, ifMatch, signal }) {
      const { entry } = await lookup.object(path, signal);
      if (ifMatch !== undefined && ifMatch !== versionOf(entry))
        throw new DriverFailure('PreconditionFailed');
      const content = unpackEntry(entry, path);
      const { start, end } = resolveRange(range, content.byteLength);
      let rest: Uint8Array | undefined = start === end ? undefined : content.slice(start, end);
      return {
        async read() {
          const chunk = rest;
          rest = undefined;
          return chunk;
        },
        close: async () => {},
      };
    },

    async openWrite(path, call) {
      const chunks: Uint8Array[] = [];
      requireCondition((await load(call.signal)).entries, path, call);
      return {
        // A copy, as the caller may use its buffer again. (`slice` of a Buffer would be a view.)
        write: async (chunk) => void chunks.push(new Uint8Array(chunk)),
        close: () =>
          change(call.signal, (entries) => {
            requireCondition(entries, path, call);
            return put(entries, path, packEntry(Buffer.concat(chunks)));
          }),
        abort: async () => {},
      };
    },

    async *list(path, call) {
      const { entries } = await load(call.signal);
      const keys = keysOfLevel(entries.keys(), path, call.recursive);
      const listed = keys.map((key) => {
        const entry = entries.get(key);
        return { key, info: entry && infoOf({ path: key, entry }) };
      });
      yield* filesFromKeys(listed, path, call);
    },

    copy: (source, target, call) =>
      change(call.signal, (entries) => {
        const entry = requireEntry(entries, source);
        requireCondition(entries, target, call);
        return put(entries, target, entry);
      }),

    delete: (path, { signal }) =>
      change(signal, (entries) => {
        requireEntry(entries, path);
        entries.delete(path);
      }),
  };
}

function infoOf({ path, entry }: StoredFile): FileInfo {
  return { path, type: 'file', size: entry.size, mtime: entry.mtime, version: versionOf(entry) };
}

function put(entries: Entries, path: string, entry: ZipEntry): FileInfo {
  entries.set(path, entry);
  return infoOf({ path, entry });
}

function requireEntry(entries: Entries, path: string): ZipEntry {
  const entry = entries.get(path);
  if (entry !== undefined) return entry;
  const isDirectory = [...entries.keys()].some((key) => key.startsWith(`${path}/`));
  throw new DriverFailure(isDirectory ? 'IsDirectory' : 'NotFound');
}

function requireCondition(entries: Entries, path: string, { ifNotExists, ifMatch }: WriteConditions): void {
  const entry = entries.get(path);
  if (ifNotExists && entry !== undefined) throw new DriverFailure('AlreadyExists');
  if (ifMatch === undefined) return;
  if (entry === undefined || versionOf(entry) !== ifMatch) throw new DriverFailure('PreconditionFailed');
}
