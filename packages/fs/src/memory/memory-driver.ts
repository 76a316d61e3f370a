/**
 * Files in this process, with the semantics of an object store: keys instead of directories, content type and
 * metadata, atomic conditions. What works here works on S3 and GCS.
 */
import { randomUUID } from 'node:crypto';
import {
  type DriverCall,
  type DriverCopy,
  DriverFailure,
  type DriverList,
  type DriverRead,
  type DriverReader,
  type DriverWrite,
  type DriverWriter,
  type Failure,
  type FileSystemDriver,
} from '../contract/file-system-driver.js';
import type { FileInfo, WriteConditions } from '../contract/file-system.js';
import { resolveRange } from '../facade/check-range.js';
import { filesFromKeys, type ListedKey } from '../object-store/files-from-keys.js';
import { keysOfLevel } from '../object-store/keys-of-level.js';

interface StoredFile {
  readonly bytes: Uint8Array;
  readonly mtime: Date;
  readonly version: string;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
}

export class MemoryDriver implements FileSystemDriver {
  readonly backend = 'memory';
  readonly scheme = 'memory';
  readonly capabilities = { casWrite: 'atomic', metadata: true, realDirectories: false } as const;
  readonly #name: string;
  readonly #files = new Map<string, StoredFile>();
  /** Two filesystems of one name share nothing, nor do two processes. */
  readonly #versions = randomUUID();
  #lastVersion = 0;

  constructor(name: string) {
    this.#name = name;
  }

  uri(path: string): string {
    return `memory://${this.#name}/${path}`;
  }

  classify(_error: unknown): Failure | undefined {
    return undefined;
  }

  async stat(path: string, _call: DriverCall): Promise<FileInfo> {
    const file = this.#files.get(path);
    if (file !== undefined) return infoOf(path, file);
    if (this.#hasChildren(path)) return { path, type: 'directory' };
    throw new DriverFailure('NotFound');
  }

  async openRead(path: string, call: DriverRead): Promise<DriverReader> {
    const { bytes, version } = this.#file(path);
    if (call.ifMatch !== undefined && call.ifMatch !== version) throw new DriverFailure('PreconditionFailed');
    const { start, end } = resolveRange(call.range, bytes.byteLength);
    // A copy, so that a reader cannot change what is stored. (`slice` of a Buffer would be a view.)
    let rest: Uint8Array | undefined = start === end ? undefined : new Uint8Array(bytes.subarray(start, end));
    return {
      async read() {
        const chunk = rest;
        rest = undefined;
        return chunk;
      },
      async close() {
        rest = undefined;
      },
    };
  }

  async openWrite(path: string, call: DriverWrite): Promise<DriverWriter> {
    this.#check(path, call);
    let chunks: Uint8Array[] = [];
    return {
      async write(chunk) {
        // A copy: the caller may use its buffer again.
        chunks.push(new Uint8Array(chunk));
      },
      close: async () => {
        this.#check(path, call);
        return this.#store(path, Buffer.concat(chunks), call.contentType, call.metadata);
      },
      async abort() {
        chunks = [];
      },
    };
  }

  async append(path: string, data: Uint8Array, _call: DriverCall): Promise<void> {
    const file = this.#files.get(path);
    const bytes = Buffer.concat([file?.bytes ?? new Uint8Array(), data]);
    this.#store(path, bytes, file?.contentType, file?.metadata);
  }

  async *list(path: string, call: DriverList): AsyncIterable<FileInfo> {
    yield* filesFromKeys(this.#listed(path, call.recursive), path, call);
  }

  *#listed(path: string, recursive: boolean): Iterable<ListedKey> {
    for (const key of keysOfLevel(this.#files.keys(), path, recursive)) {
      // The consumer may have deleted it since the listing began.
      const file = this.#files.get(key);
      yield { key, info: file && infoOf(key, file) };
    }
  }

  async copy(source: string, target: string, call: DriverCopy): Promise<FileInfo> {
    const file = this.#file(source);
    this.#check(target, call);
    return this.#store(target, file.bytes, file.contentType, file.metadata);
  }

  async delete(path: string, _call: DriverCall): Promise<void> {
    this.#file(path);
    this.#files.delete(path);
  }

  #file(path: string): StoredFile {
    const file = this.#files.get(path);
    if (file !== undefined) return file;
    throw new DriverFailure(this.#hasChildren(path) ? 'IsDirectory' : 'NotFound');
  }

  #hasChildren(path: string): boolean {
    if (path === '') return true;
    for (const key of this.#files.keys()) if (key.startsWith(`${path}/`)) return true;
    return false;
  }

  #check(path: string, { ifNotExists, ifMatch }: WriteConditions): void {
    const file = this.#files.get(path);
    if (ifNotExists && file !== undefined) throw new DriverFailure('AlreadyExists');
    if (ifMatch === undefined) return;
    if (file === undefined) throw new DriverFailure('PreconditionFailed', 'it no longer exists');
    if (file.version !== ifMatch) throw new DriverFailure('PreconditionFailed');
  }

  #store(
    path: string,
    bytes: Uint8Array,
    contentType: string | undefined,
    metadata: Readonly<Record<string, string>> | undefined,
  ): FileInfo {
    const version = `${this.#versions}-${++this.#lastVersion}`;
    const file = { bytes, mtime: new Date(), version, contentType, metadata: metadata && { ...metadata } };
    this.#files.set(path, file);
    return infoOf(path, file);
  }
}

function infoOf(path: string, { bytes, mtime, version, contentType, metadata }: StoredFile): FileInfo {
  return {
    path,
    type: 'file',
    size: bytes.byteLength,
    mtime,
    version,
    ...(contentType !== undefined && { contentType }),
    ...(metadata !== undefined && { metadata: { ...metadata } }),
  };
}
