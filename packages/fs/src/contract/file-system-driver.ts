/**
 * What a backend implements. `createFileSystem` turns it into a `FileSystem`: it checks and normalises paths,
 * watches signals, wraps errors and builds everything else from these few calls.
 *
 * A driver may rely on: paths are normal (`''` is the root), ranges are well-formed, at most one condition is set
 * and only when `casWrite` is not `none`, `contentType` and `metadata` come only with `capabilities.metadata`.
 */
import type { FileSystemErrorReason } from '../errors/file-system-error.js';
import type {
  ByteRange,
  Capabilities,
  FileInfo,
  SignedUrlOptions,
  UnfinishedWrite,
  WriteConditions,
} from './file-system.js';

export interface DriverCall {
  /** Pass it on to the backend, and look at it between steps. The facade looks at it before the call. */
  readonly signal: AbortSignal | undefined;
}

export interface DriverRead extends DriverCall {
  readonly range: ByteRange | undefined;
  readonly ifMatch: string | undefined;
}

export interface DriverWrite extends DriverCall, WriteConditions {
  /** False: nothing needs to wait until the bytes are on the device. */
  readonly durable?: boolean | undefined;
  readonly contentType: string | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
}

export interface DriverDelete extends DriverCall {
  /** Delete only this version (PreconditionFailed), where the backend can: the facade has compared it just before. */
  readonly ifMatch?: string | undefined;
}

export interface DriverCopy extends DriverCall, WriteConditions {}

export interface DriverList extends DriverCall {
  readonly recursive: boolean;
  readonly includeDirs: boolean;
  /** Yield only keys behind this one (a directory's key ends in `/`). */
  readonly startAfter: string | undefined;
}

export interface DriverUnfinished extends DriverCall {
  readonly recursive: boolean;
}

/** An open file. The facade calls `read` one at a time and `close` exactly once, perhaps while a `read` is pending. */
export interface DriverReader {
  /** The next bytes, never empty; undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Releases the file or connection, also before the end. */
  close(): Promise<void>;
}

/** A file being written. The facade calls one method at a time, and nothing after a `close` that resolved. */
export interface DriverWriter {
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<FileInfo>;
  /** Also called after a failed `write` or `close`. Leaves nothing behind. */
  abort(): Promise<void>;
}

/** How a driver reads a native error. */
export interface Failure {
  readonly reason: FileSystemErrorReason;
  readonly retryable?: boolean | undefined;
  readonly status?: number | undefined;
  /** Completes the message: why, in this driver's words. */
  readonly detail?: string | undefined;
  /** Default: the standing advice for the reason. */
  readonly hint?: string | undefined;
}

/** What of a {@link Failure} only some backends know. */
export type FailureFacts = Pick<Failure, 'retryable' | 'status' | 'hint'>;

/** Thrown by a driver for what it recognises better than `classify` can. */
export class DriverFailure extends Error {
  override readonly name = 'DriverFailure';
  readonly failure: Failure;

  /** `detail` completes the message; `cause` is the native error, where there was one. */
  constructor(reason: FileSystemErrorReason, detail?: string, cause?: unknown, facts?: FailureFacts) {
    super(detail ?? reason, cause === undefined ? undefined : { cause });
    this.failure = { ...facts, reason, detail };
  }
}

/** `append`, `nativeMove` and `signedUrl` follow from the presence of the method. */
export type DriverCapabilities = Omit<Capabilities, 'append' | 'nativeMove' | 'signedUrl'>;

export interface FileSystemDriver {
  /** Short name for errors, for example `local`. */
  readonly backend: string;
  readonly scheme: string;
  /** What cannot be told from the methods below. */
  readonly capabilities: DriverCapabilities;
  uri(path: string): string;
  /** NotFound when neither a file nor children exist; a file wins over children. The root is a directory. */
  stat(path: string, call: DriverCall): Promise<FileInfo>;
  /** NotFound, IsDirectory, RangeNotSatisfiable and PreconditionFailed reject here, not in `read`. */
  openRead(path: string, call: DriverRead): Promise<DriverReader>;
  openWrite(path: string, call: DriverWrite): Promise<DriverWriter>;
  /** In UTF-8 byte order of the key; nothing for an absent directory. */
  list(path: string, call: DriverList): AsyncIterable<FileInfo>;
  /** Deletes one file; NotFound when absent. */
  delete(path: string, call: DriverDelete): Promise<void>;
  /** Reads a native error; undefined when it is not recognised. */
  classify(error: unknown): Failure | undefined;
  /** Copies one file inside the backend, with its metadata, in one visible step. */
  copy(source: string, target: string, call: DriverCopy): Promise<FileInfo>;
  /** Moves in one step. Without it the facade copies, then deletes. */
  move?(source: string, target: string, call: DriverCopy): Promise<FileInfo>;
  append?(path: string, data: Uint8Array, call: DriverCall): Promise<void>;
  /** Without it the facade lists and deletes. */
  deleteDir?(path: string, call: DriverCall): Promise<{ deleted: number }>;
  /** With `deleteUnfinished`; without them nothing unfinished can be seen. An absent directory has none. */
  listUnfinished?(path: string, call: DriverUnfinished): AsyncIterable<UnfinishedWrite>;
  /** Deletes those whose writer is dead. */
  deleteUnfinished?(path: string, call: DriverUnfinished): Promise<{ deleted: number; sizeBytes: number }>;
  /** Needed when `realDirectories` is true. */
  ensureDir?(path: string, call: DriverCall): Promise<void>;
  signedUrl?(path: string, options: SignedUrlOptions): Promise<string>;
  /** A driver for what is below a directory. Needed where more than paths leads out of one, such as links. */
  sub?(prefix: string): FileSystemDriver;
  /** Releases clients and sockets. */
  close?(): Promise<void>;
}
