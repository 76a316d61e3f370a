/**
 * What a program sees of any filesystem: local disk, memory, a rooted view, an object store.
 * Facts and sources: docs of the storage backends; the ordering, range and condition rules are the common
 * ground of POSIX, S3 and GCS.
 */
import type { Readable } from 'node:stream';

/** Given to every call. An aborted signal raises FP_FS_ABORTED, or FP_FS_TIMEOUT when it came from `AbortSignal.timeout`. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Conditions of a write, judged together with it. At most one of them. */
export interface WriteConditions {
  /** Create only: FP_FS_ALREADY_EXISTS when the file is there. */
  readonly ifNotExists?: boolean | undefined;
  /** The `version` the file must still have: FP_FS_PRECONDITION_FAILED otherwise. */
  readonly ifMatch?: string | undefined;
}

/** Bytes from `start` up to but without `end` (default: the end of the file), or the last `suffix` bytes. */
export type ByteRange = { readonly start: number; readonly end?: number } | { readonly suffix: number };

export interface ReadOptions extends CallOptions {
  /** A range that reaches beyond the end is cut there; one that starts there raises FP_FS_RANGE_NOT_SATISFIABLE. */
  readonly range?: ByteRange | undefined;
  /** Read this `version` or raise FP_FS_PRECONDITION_FAILED. */
  readonly ifMatch?: string | undefined;
}

export interface ReadRangesOptions extends CallOptions {
  /** Read this `version` or raise FP_FS_PRECONDITION_FAILED. */
  readonly ifMatch?: string | undefined;
}

export interface WriteOptions extends CallOptions, WriteConditions {
  /**
   * Whether the bytes must survive a power cut once the call has ended. Default true. False is for what can be made
   * again, and saves waiting for a local disk; a crash of the process alone loses nothing.
   */
  readonly durable?: boolean | undefined;
  /** Media type; FP_FS_UNSUPPORTED without `capabilities.metadata`. */
  readonly contentType?: string | undefined;
  /** User metadata; FP_FS_UNSUPPORTED without `capabilities.metadata`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

export interface ListOptions extends CallOptions {
  /** Everything below instead of one level. Default false. */
  readonly recursive?: boolean | undefined;
  /** Whether directories appear. Default: true for one level, false for a recursive listing. */
  readonly includeDirs?: boolean | undefined;
  /** Continue behind this key. A directory sorts as its path with `/` appended: to continue behind it, append `/`. */
  readonly startAfter?: string | undefined;
  /** At most this many entries, at least 1. Default: all. */
  readonly limit?: number | undefined;
}

export interface DeleteOptions extends CallOptions {
  /** Default true: deleting what is not there succeeds. With false it raises FP_FS_NOT_FOUND. */
  readonly missingOk?: boolean | undefined;
}

export interface DeleteDirOptions extends CallOptions {
  /** Must be true to empty the root. */
  readonly allowRoot?: boolean | undefined;
}

export interface SignedUrlOptions extends CallOptions {
  readonly method: 'GET' | 'PUT';
  /** Whole seconds that the URL stays valid, 1 to 604800 (seven days). */
  readonly expiresInS: number;
  /** The content type a PUT must carry. */
  readonly contentType?: string | undefined;
}

/**
 * Facts about a file or directory. Those that `write`, `close`, `copy` and `move` give have path, type, size and version;
 * the others only where the backend tells them with the write.
 */
export interface FileInfo {
  /** Relative to the filesystem that was asked. */
  readonly path: string;
  readonly type: 'file' | 'directory';
  /** Bytes; files only. */
  readonly size?: number;
  readonly mtime?: Date;
  /** Opaque; changes with every write. Give it to `ifMatch`. Files only. */
  readonly version?: string;
  /** The HTTP entity tag, where the backend has one. Not a content hash. */
  readonly etag?: string;
  readonly contentType?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A write that was begun and has not finished. Never part of a listing. */
export interface UnfinishedWrite {
  /** Of the unfinished file itself, which cannot be opened by it. */
  readonly path: string;
  /** Bytes so far. */
  readonly size: number;
  /** When it was last written to. */
  readonly mtime: Date;
  /**
   * `dead`: the process that began it is gone and nobody will finish it. `unknown`: the process belongs to another
   * machine, where nobody can look; after a week without a byte it counts as dead.
   */
  readonly writer: 'alive' | 'dead' | 'unknown';
}

export interface UnfinishedOptions extends CallOptions {
  /** Everything below instead of one level. Default false. */
  readonly recursive?: boolean | undefined;
}

/** Abilities in which backends differ. */
export interface Capabilities {
  /** `append` works. */
  readonly append: boolean;
  /**
   * How far `ifNotExists` and `ifMatch` hold against other writers: `atomic` against everyone; `process` – `ifMatch`
   * only against writers of this process (`ifNotExists` against everyone); `none` – conditions are refused.
   */
  readonly casWrite: 'atomic' | 'process' | 'none';
  /** Files carry a content type and user metadata. */
  readonly metadata: boolean;
  /** `move` is one atomic step; otherwise it is a copy followed by a delete. */
  readonly nativeMove: boolean;
  /** Directories exist by themselves, and `x` and `x/y` cannot both be files. */
  readonly realDirectories: boolean;
  /** `signedUrl` works. */
  readonly signedUrl: boolean;
}

/** What can be written: bytes, text (stored as UTF-8), or pieces of them as they come. */
export type WriteData =
  | Uint8Array
  | string
  | Readable
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

/**
 * A file being written. Nothing is visible under its path before `close` resolves; a failed `write` or `close`, an
 * `abort`, or an aborted signal leaves the old content as it was and nothing besides it.
 */
export interface FileWriter {
  /** Adds bytes, or text as UTF-8. Calls may overlap; they apply in call order. */
  write(chunk: Uint8Array | string): Promise<void>;
  /** Makes the file visible. */
  close(): Promise<FileInfo>;
  /** Drops what was written. Does nothing after `close` or a second time. */
  abort(): Promise<void>;
}

/**
 * One filesystem. Paths are relative to its root, separated by `/`, and checked the same way everywhere
 * (FP_FS_INVALID_PATH). Every failure is a `FileSystemError`.
 */
export interface FileSystem {
  /** `file`, `memory`, `s3` … */
  readonly scheme: string;
  readonly capabilities: Capabilities;
  /** The absolute location of a path, free of credentials, for logs and errors. */
  uri(path: string): string;
  /** Facts about a file, or a directory. A path that only has children is a directory. */
  stat(path: string, options?: CallOptions): Promise<FileInfo>;
  /** True for what `stat` finds. Rejects when the backend refuses to tell (FP_FS_PERMISSION_DENIED). */
  exists(path: string, options?: CallOptions): Promise<boolean>;
  read(path: string, options?: ReadOptions): Promise<Uint8Array>;
  /** Several `{ start, end }` ranges in the given order. Ranges closer than 64 KiB share a request; at most 8 run at once. */
  readRanges(
    path: string,
    ranges: readonly { readonly start: number; readonly end: number }[],
    options?: ReadRangesOptions,
  ): Promise<Uint8Array[]>;
  /** The file as UTF-8 text without a byte order mark. FP_FS_INVALID_TEXT for malformed bytes. */
  readText(path: string, options?: ReadRangesOptions): Promise<string>;
  /** Rejects before it returns when the file cannot be opened. Read the stream to its end, or destroy it. */
  createReadStream(path: string, options?: ReadOptions): Promise<Readable>;
  /** Replaces the file in one step: readers see the old content or the new, never a part. Creates parents. */
  write(path: string, data: WriteData, options?: WriteOptions): Promise<FileInfo>;
  /** Like `write`, piece by piece. */
  openWrite(path: string, options?: WriteOptions): Promise<FileWriter>;
  /** Adds to the end of a file, which is created if absent. Not atomic: a crash may leave a part of `data`. */
  append(path: string, data: Uint8Array | string, options?: CallOptions): Promise<void>;
  /**
   * What is below a directory, in UTF-8 byte order of the full key on every backend (a directory counts as
   * `path/`). A directory that does not exist, and a file, have no entries. On a local disk, links count as what they
   * lead to. One that leads out of the root has no facts, and a recursive listing that would have to go through such
   * links fails with FP_FS_OUTSIDE_ROOT, once it has given everything else.
   */
  list(path: string, options?: ListOptions): AsyncIterable<FileInfo>;
  /** The files whose path matches a picomatch pattern, in listing order. `*` does not match a leading dot. */
  glob(pattern: string, options?: CallOptions): AsyncIterable<FileInfo>;
  /** Copies one file, with its metadata. */
  copy(source: string, target: string, options?: CallOptions & WriteConditions): Promise<FileInfo>;
  /** Moves one file; see `capabilities.nativeMove`. */
  move(source: string, target: string, options?: CallOptions & WriteConditions): Promise<FileInfo>;
  /** Deletes one file. */
  delete(path: string, options?: DeleteOptions): Promise<void>;
  /** Deletes everything below a directory, and the directory. `deleted` counts files. Absent counts 0. */
  deleteDir(path: string, options?: DeleteDirOptions): Promise<{ deleted: number }>;
  /** Unfinished writes in a directory, in no order. None where a backend keeps none that can be seen. */
  listUnfinished(path: string, options?: UnfinishedOptions): AsyncIterable<UnfinishedWrite>;
  /**
   * Deletes the unfinished writes in a directory whose writer is dead, and nothing else. Safe at any time: another
   * process that is writing keeps its file.
   */
  deleteUnfinished(
    path: string,
    options?: UnfinishedOptions,
  ): Promise<{ deleted: number; sizeBytes: number }>;
  /** Makes a directory and its parents. Does nothing where directories do not exist by themselves. */
  ensureDir(path: string, options?: CallOptions): Promise<void>;
  /** Lower-case hexadecimal digest of the content, computed by reading it. */
  checksum(path: string, algorithm: 'sha256' | 'md5', options?: CallOptions): Promise<string>;
  /** A URL that lets its bearer read or write one file. */
  signedUrl(path: string, options: SignedUrlOptions): Promise<string>;
  /** The filesystem below a directory. Its paths cannot name anything outside of it. Closing it closes nothing. */
  sub(prefix: string): FileSystem;
  /** Releases connections. The filesystem must not be used afterwards. */
  close(): Promise<void>;
}
