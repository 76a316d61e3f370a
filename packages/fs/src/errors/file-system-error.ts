/**
 * The one error of every filesystem. It is recognised as a FlowerPower error by the same global symbol that
 * `@flowerpower/core` uses, without depending on that package.
 */
import type { FsErrorCode } from './catalogue.js';

const brand: unique symbol = Symbol.for('flowerpower.error');

/** Why a call failed, the same words on every backend. */
export type FileSystemErrorReason =
  | 'NotFound'
  | 'AlreadyExists'
  | 'PreconditionFailed'
  | 'PermissionDenied'
  | 'IsDirectory'
  | 'NotDirectory'
  | 'NotFile'
  | 'NotEmpty'
  | 'InvalidPath'
  | 'BadOption'
  | 'OutsideRoot'
  | 'Protected'
  | 'InvalidText'
  | 'RangeNotSatisfiable'
  | 'Unsupported'
  | 'Aborted'
  | 'Timeout'
  | 'NoSpace'
  | 'Throttled'
  | 'Unavailable'
  | 'ChecksumMismatch'
  | 'Unknown';

interface ReasonFacts {
  readonly code: FsErrorCode;
  readonly retryable: boolean;
  readonly hint: string | undefined;
}

const facts: Readonly<Record<FileSystemErrorReason, ReasonFacts>> = {
  NotFound: { code: 'FP_FS_NOT_FOUND', retryable: false, hint: 'Check the path; names are case-sensitive.' },
  AlreadyExists: {
    code: 'FP_FS_ALREADY_EXISTS',
    retryable: false,
    hint: 'Choose another path, or leave out `ifNotExists` to replace the file.',
  },
  PreconditionFailed: {
    code: 'FP_FS_PRECONDITION_FAILED',
    retryable: false,
    hint: 'Someone else changed the file: read it again, then repeat the change.',
  },
  PermissionDenied: {
    code: 'FP_FS_PERMISSION_DENIED',
    retryable: false,
    hint: 'Check the access rights of this process.',
  },
  IsDirectory: {
    code: 'FP_FS_IS_DIRECTORY',
    retryable: false,
    hint: 'Name a file, or use list and deleteDir.',
  },
  NotDirectory: {
    code: 'FP_FS_NOT_DIRECTORY',
    retryable: false,
    hint: 'A part of this path is a file; choose a path that does not run through it.',
  },
  NotFile: {
    code: 'FP_FS_NOT_FILE',
    retryable: false,
    hint: 'Store the data in a file; a pipe, a socket or a device has no content that could be read twice.',
  },
  NotEmpty: { code: 'FP_FS_NOT_EMPTY', retryable: false, hint: 'Delete what the directory holds first.' },
  InvalidPath: {
    code: 'FP_FS_INVALID_PATH',
    retryable: false,
    hint: "Paths are relative to the filesystem's root and separated by '/', for example data/sales.csv.",
  },
  BadOption: { code: 'FP_FS_BAD_OPTION', retryable: false, hint: undefined },
  OutsideRoot: {
    code: 'FP_FS_OUTSIDE_ROOT',
    retryable: false,
    hint: 'Keep the file inside, or allow its folder with allowOutside.',
  },
  Protected: {
    code: 'FP_FS_PROTECTED',
    retryable: false,
    hint: 'Write to a folder for data, for example data/ or output/.',
  },
  InvalidText: {
    code: 'FP_FS_INVALID_TEXT',
    retryable: false,
    hint: 'Read the file as bytes, or store it as UTF-8.',
  },
  RangeNotSatisfiable: {
    code: 'FP_FS_RANGE_NOT_SATISFIABLE',
    retryable: false,
    hint: 'A range is { start, end } with 0 <= start < end (end exclusive) or { suffix } of at least 1 byte.',
  },
  Unsupported: { code: 'FP_FS_UNSUPPORTED', retryable: false, hint: 'See `capabilities` of the filesystem.' },
  Aborted: { code: 'FP_FS_ABORTED', retryable: false, hint: undefined },
  Timeout: { code: 'FP_FS_TIMEOUT', retryable: true, hint: 'Allow more time, or check the connection.' },
  NoSpace: {
    code: 'FP_FS_NO_SPACE',
    retryable: false,
    hint: 'Free space, or raise the quota, or write elsewhere.',
  },
  Throttled: {
    code: 'FP_FS_THROTTLED',
    retryable: true,
    hint: 'Wait, then try again with fewer calls at once.',
  },
  Unavailable: { code: 'FP_FS_UNAVAILABLE', retryable: true, hint: 'Try again later.' },
  ChecksumMismatch: {
    code: 'FP_FS_CHECKSUM_MISMATCH',
    retryable: true,
    hint: 'Read again; if it happens again, the stored file is damaged.',
  },
  Unknown: { code: 'FP_FS_UNKNOWN', retryable: false, hint: 'The cause holds what the backend said.' },
};

export interface FileSystemErrorOptions {
  readonly reason: FileSystemErrorReason;
  /** The call that failed, for example `read`. */
  readonly op: string;
  /** Where, free of credentials. */
  readonly uri: string;
  /** The driver's name, for example `local`. */
  readonly backend: string;
  readonly message: string;
  /** Default: the standing advice for the reason. */
  readonly hint?: string | undefined;
  /** Default: true for Timeout, Throttled, Unavailable and ChecksumMismatch. */
  readonly retryable?: boolean | undefined;
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  readonly cause?: unknown;
}

/**
 * Raised by every filesystem call that fails. `reason` says why in the same words on every backend; `code` is
 * the permanent FlowerPower code of that reason.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem, isFileSystemError } from '@flowerpower/fs';
 *
 * try {
 *   await createMemoryFileSystem().read('absent.csv');
 * } catch (error) {
 *   if (isFileSystemError(error, 'NotFound')) console.log(error.code); // FP_FS_NOT_FOUND
 * }
 * ```
 */
export class FileSystemError extends Error {
  static {
    Object.defineProperty(this.prototype, brand, { value: true });
  }
  override readonly name: string = 'FileSystemError';
  readonly code: FsErrorCode;
  readonly hint: string | undefined;
  /** Always empty: a stored file is not a place in a user's source. Here because every FlowerPower error has it. */
  readonly places: readonly never[] = [];
  readonly problems: readonly never[] = [];
  readonly context: Readonly<Record<string, unknown>>;
  readonly reason: FileSystemErrorReason;
  readonly op: string;
  readonly uri: string;
  readonly backend: string;
  readonly retryable: boolean;
  readonly status: number | undefined;

  constructor(options: FileSystemErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    const { code, hint, retryable } = facts[options.reason];
    this.code = code;
    this.hint = options.hint ?? hint;
    this.reason = options.reason;
    this.op = options.op;
    this.uri = options.uri;
    this.backend = options.backend;
    this.retryable = options.retryable ?? retryable;
    this.status = options.status;
    this.context = { reason: this.reason, op: this.op, uri: this.uri, backend: this.backend };
  }
}

/** True for a FileSystemError, also one raised by another copy of this package; with `reason`, only for that reason. */
export function isFileSystemError(value: unknown, reason?: FileSystemErrorReason): value is FileSystemError {
  try {
    if (!(value instanceof Error) || !(brand in value) || !('reason' in value) || !('op' in value))
      return false;
    return reason === undefined || value.reason === reason;
  } catch {
    // Something that cannot be asked, such as a revoked proxy.
    return false;
  }
}
