import {
  type CachedValue,
  type CachedVersion,
  type CacheEntry,
  type CacheRefusal,
  type CacheStoreSize,
  type DefinedCacheStore,
  aFunction,
  anything,
  anyText,
  defineCacheStore,
  messageOf,
  type OptionRules,
  required,
  requireOptions,
  withMethods,
} from '@flowerpower/core';
import { type FileSystem, isFileSystemError } from '@flowerpower/fs';
import { runtimeError } from '../errors/runtime-error.js';
import { decodeEntry, encodeEntry, type EntryFile } from './entry-file.js';
import { abandonedLocks } from './abandoned-locks.js';
import { cacheFiles, pruneFiles, type PruneResult } from './prune-files.js';
import { createKeyLocks } from './key-locks.js';
import { decodeValue, encodeValue } from './value-codec.js';

export interface FileCacheStoreOptions {
  readonly fs: FileSystem;
  /** Where the cache lives, '' for the whole filesystem; created when it is needed. It may be shared by several processes. */
  readonly dir: string;
  /** At most about this many bytes of files, at least 1. Default 1 GiB. */
  readonly maxSizeBytes?: number | undefined;
  /** Entries older than this are not found and go, at least 1. Default: no limit. */
  readonly maxAgeMs?: number | undefined;
  /** Values of at most this size are kept in the file of their key, so that a hit is one read. Default 16 KiB. */
  readonly inlineSizeBytes?: number | undefined;
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly nowMs?: (() => number) | undefined;
}

export interface FileCacheSize extends CacheStoreSize {
  /** When the oldest and the newest file were written; undefined for an empty cache. */
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
  /** Files that processes began and did not live to finish, with their bytes. `prune` removes them. */
  readonly abandonedFiles: number;
  readonly abandonedBytes: number;
}

/** A cache store on files, with what a command line needs besides. */
export interface FileCacheStore extends DefinedCacheStore {
  size(): Promise<FileCacheSize>;
  /**
   * Removes what is too old, the oldest files until the rest fits, and what dead processes left unfinished. Happens by
   * itself while entries are stored.
   *
   * @param limits - instead of those of the store; 0 bytes for none at all.
   */
  prune(limits?: Partial<Pick<FileCacheStoreOptions, 'maxSizeBytes' | 'maxAgeMs'>>): Promise<PruneResult>;
}

const rules: OptionRules = {
  fs: required(withMethods('a filesystem', 'read', 'write', 'list', 'sub')),
  dir: required(anyText),
  // Limits have an error of their own.
  maxSizeBytes: anything,
  maxAgeMs: anything,
  inlineSizeBytes: anything,
  nowMs: aFunction,
};

/**
 * A cache store on any filesystem: `keys/ab/<key>` and, for values that are not small, `values/cd/<data version>`.
 *
 * Files are replaced in one step and carry a checksum, so a crash, a full disk or another process leaves an entry
 * as it was or as it shall be. An entry that is damaged all the same is deleted and raised as `FP_CACHE_ENTRY_DAMAGED`,
 * which the driver logs; the node is computed. Values are serialised by V8: instances of classes, errors, URLs and
 * symbols would lose what they are, so they are refused with the reason. Numbers of entries and bytes are kept to
 * their limits by whoever stores, without a background process; several processes together may exceed the size
 * for a while.
 *
 * Of several processes with one cache, one computes a key and the others wait for it. That needs a filesystem with
 * conditional writes (`capabilities.casWrite`), as those of local disks, S3 and GCS; on others each computes for itself. Who is dead
 * is not waited for, nor who gave no sign for ten minutes (for a minute, when it is on another machine).
 *
 * The files hold the values of nodes in the clear. Read only caches that you trust: whoever can write there decides
 * what nodes give.
 *
 * @throws FlowerPowerError `FP_BAD_CACHE_STORE` for limits out of range, `FP_BAD_OPTION` for anything else.
 *
 * @example
 * ```ts
 * import { createDriver } from '@flowerpower/core';
 * import { createLocalFileSystem } from '@flowerpower/fs';
 * import { fileCacheStore } from '@flowerpower/runtime';
 *
 * const store = fileCacheStore({ fs: createLocalFileSystem(), dir: '.flowerpower/cache' });
 * console.log((await store.size()).entries);
 * ```
 */
export function fileCacheStore(options: FileCacheStoreOptions): FileCacheStore {
  requireOptions(options, rules, 'fileCacheStore');
  const { maxAgeMs = Number.POSITIVE_INFINITY, nowMs = Date.now } = options;
  const { maxSizeBytes = 1024 ** 3, inlineSizeBytes = 16 * 1024 } = options;
  requireLimits({ maxSizeBytes, maxAgeMs, inlineSizeBytes });
  const fs = options.fs.sub(options.dir);
  const place = (level: 'keys' | 'values', hash: string) => `${level}/${hash.slice(0, 2)}/${hash}`;

  const locks = createKeyLocks({ fs });

  /** After a pruning: what remained, and what was written since. Undefined before the first. */
  let total: { sizeBytes: number; writtenBytes: number; prunedMs: number } | undefined;
  let pruning: Promise<PruneResult> | undefined;
  const prune = async (limits: { maxSizeBytes?: number | undefined; maxAgeMs?: number | undefined } = {}) => {
    const prunedMs = nowMs();
    const result = await pruneFiles(fs, {
      maxSizeBytes: limits.maxSizeBytes ?? maxSizeBytes,
      notBeforeMs: prunedMs - (limits.maxAgeMs ?? maxAgeMs),
    });
    total = { sizeBytes: result.sizeBytes, writtenBytes: 0, prunedMs };
    return result;
  };
  const pruneOnce = () => (pruning ??= prune().finally(() => (pruning = undefined)));

  /** Other processes write too, so a part of the limit is enough to look again. */
  const pruneWhenDue = async (writtenBytes: number) => {
    if (total !== undefined) {
      total.writtenBytes += writtenBytes;
      const isFull = total.sizeBytes + total.writtenBytes > maxSizeBytes;
      const isLong = total.writtenBytes > maxSizeBytes / 4 || nowMs() - total.prunedMs > maxAgeMs / 4;
      if (!isFull && !isLong) return;
    }
    await pruneOnce();
  };

  const load = async (path: string, kinds: readonly EntryFile['kind'][]): Promise<EntryFile | undefined> => {
    const bytes = await readIfThere(fs, path);
    if (bytes === undefined) return undefined;
    const entry = decodeEntry(bytes);
    if ('damage' in entry) return dropDamaged(fs, path, entry.damage);
    if (!kinds.includes(entry.kind)) return dropDamaged(fs, path, `it is a ${entry.kind}`);
    return entry;
  };
  const decode = async (path: string, body: Uint8Array): Promise<CachedValue> => {
    try {
      return { value: decodeValue(body) };
    } catch (error) {
      return dropDamaged(fs, path, 'its value cannot be read by this version of Node', error);
    }
  };

  return defineCacheStore({
    contractVersion: 1,
    name: 'file',
    async getVersion(key): Promise<CachedVersion | undefined> {
      const path = place('keys', key);
      const entry = await load(path, ['inline', 'reference']);
      if (entry === undefined) return undefined;
      const { dataVersion, kind, body, writtenMs } = entry;
      if (nowMs() - writtenMs > maxAgeMs) {
        await fs.delete(path);
        return undefined;
      }
      return kind === 'reference' ? { dataVersion } : { dataVersion, cached: await decode(path, body) };
    },
    async getValue(dataVersion) {
      const path = place('values', dataVersion);
      const entry = await load(path, ['value']);
      if (entry === undefined) return undefined;
      if (entry.dataVersion !== dataVersion) return dropDamaged(fs, path, 'it is another value');
      return decode(path, entry.body);
    },
    async set(key, entry): Promise<CacheRefusal | undefined> {
      // Before the first await, so that the caller may change the value afterwards.
      const body = serialised(entry);
      if ('refused' in body) return body;
      const { dataVersion } = entry;
      const writtenMs = nowMs();
      const file = (kind: EntryFile['kind'], content: Uint8Array) =>
        encodeEntry({ kind, writtenMs, dataVersion, body: content });
      const isInline = body.length <= inlineSizeBytes;
      const ofKey = isInline ? file('inline', body) : file('reference', new Uint8Array());
      const ofValue = isInline ? undefined : file('value', body);
      const sizeBytes = ofKey.length + (ofValue?.length ?? 0);
      if (sizeBytes > maxSizeBytes) {
        return { refused: `it has ${sizeBytes} bytes as files, and the store holds ${maxSizeBytes}` };
      }
      // Entries carry a checksum and can be computed again, so a power cut may take them.
      const options = { durable: false };
      if (ofValue !== undefined) await fs.write(place('values', dataVersion), ofValue, options);
      await fs.write(place('keys', key), ofKey, options);
      await pruneWhenDue(sizeBytes);
      return undefined;
    },
    computeOnce: (key, computation) => locks.once(key, computation),
    async delete(key) {
      await fs.delete(place('keys', key));
    },
    async clear() {
      await fs.deleteDir('keys');
      await fs.deleteDir('values');
      total = undefined;
    },
    async size() {
      let entries = 0;
      let sizeBytes = 0;
      let oldest: Date | undefined;
      let newest: Date | undefined;
      for await (const { path, size, mtime } of cacheFiles(fs)) {
        if (path.startsWith('keys/')) entries++;
        sizeBytes += size ?? 0;
        if (mtime !== undefined && (oldest === undefined || mtime < oldest)) oldest = mtime;
        if (mtime !== undefined && (newest === undefined || mtime > newest)) newest = mtime;
      }
      let abandonedFiles = 0;
      let abandonedBytes = 0;
      for await (const { writer, size } of fs.listUnfinished('', { recursive: true })) {
        if (writer !== 'dead') continue;
        abandonedFiles++;
        abandonedBytes += size;
      }
      for await (const { size = 0 } of abandonedLocks(fs)) {
        abandonedFiles++;
        abandonedBytes += size;
      }
      return { entries, sizeBytes, oldest, newest, abandonedFiles, abandonedBytes };
    },
    prune: (limits?: Parameters<FileCacheStore['prune']>[0]) =>
      limits === undefined ? pruneOnce() : prune(limits),
  });
}

function serialised({ value, rich }: CacheEntry): Uint8Array | CacheRefusal {
  if (rich !== undefined) return { refused: `${rich}, which a file cannot keep` };
  try {
    return encodeValue(value);
  } catch (error) {
    return { refused: `it cannot be serialised: ${messageOf(error)}` };
  }
}

async function readIfThere(fs: FileSystem, path: string): Promise<Uint8Array | undefined> {
  try {
    return await fs.read(path);
  } catch (error) {
    if (isFileSystemError(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Another process may just have put a good one in its place; that one is computed again. */
async function dropDamaged(fs: FileSystem, path: string, damage: string, cause?: unknown): Promise<never> {
  await fs.delete(path);
  throw runtimeError(
    {
      code: 'FP_CACHE_ENTRY_DAMAGED',
      message: `The cache entry ${fs.uri(path)} is damaged and was deleted: ${damage}.`,
      hint: 'Nothing needs to be done; the value is computed again.',
    },
    { cause },
  );
}

function requireLimits(limits: Readonly<Record<string, number>>): void {
  const wrong = Object.entries(limits).filter(
    ([name, limit]) => !(limit >= (name === 'inlineSizeBytes' ? 0 : 1)),
  );
  if (wrong.length === 0) return;
  const list = wrong.map(([name, limit]) => `${name} is ${limit}`).join(', ');
  throw runtimeError({
    code: 'FP_BAD_CACHE_STORE',
    message: `The cache store cannot be made: ${list}.`,
    hint: 'Limits are numbers of at least 1; inlineSizeBytes may be 0.',
  });
}
