/**
 * Stands between the facade and a driver: checks paths before a call, watches its signal, and turns whatever the
 * driver throws into a FileSystemError.
 */
import { DriverFailure, type Failure, type FileSystemDriver } from '../contract/file-system-driver.js';
import {
  FileSystemError,
  type FileSystemErrorReason,
  isFileSystemError,
} from '../errors/file-system-error.js';
import { flagAt, isFlowerPower, isInstance, messageOf, textAt } from '../errors/foreign-error.js';
import { checkPath } from '../paths/normalize-path.js';

/** One call as errors describe it. `target` is set for copy and move. */
export interface CallSite {
  readonly op: string;
  readonly path: string;
  readonly target?: string;
  readonly signal?: AbortSignal | undefined;
}

export class Guard {
  readonly #driver: Pick<FileSystemDriver, 'backend' | 'uri' | 'classify'>;

  constructor(driver: Pick<FileSystemDriver, 'backend' | 'uri' | 'classify'>) {
    this.#driver = driver;
  }

  /** The normal form of a path, or FP_FS_INVALID_PATH. */
  path(op: string, path: string): string {
    const checked = checkPath(path);
    if ('path' in checked) return checked.path;
    throw new FileSystemError({
      reason: 'InvalidPath',
      op,
      uri: this.#driver.uri(''),
      backend: this.#driver.backend,
      message: `${op} ${JSON.stringify(path)} failed: ${checked.fault}.`,
    });
  }

  async run<T>(site: CallSite, call: () => Promise<T>): Promise<T> {
    try {
      site.signal?.throwIfAborted();
      return await call();
    } catch (error) {
      throw this.error(site, error);
    }
  }

  fail(site: CallSite, reason: FileSystemErrorReason, detail: string): FileSystemError {
    return this.error(site, new DriverFailure(reason, detail));
  }

  error(site: CallSite, error: unknown): FileSystemError {
    if (isFileSystemError(error)) return error;
    const failure = this.#read(site, error);
    const aboutTarget = targetReasons.has(failure.reason);
    const uri = this.#driver.uri((aboutTarget ? site.target : undefined) ?? site.path);
    const label = site.target === undefined ? `'${site.path}'` : `'${site.path}' to '${site.target}'`;
    const detail =
      failure.detail ?? (failure.reason === 'Unknown' ? messageOf(error) : standing[failure.reason]);
    return new FileSystemError({
      ...failure,
      op: site.op,
      uri,
      backend: this.#driver.backend,
      message: `${site.op} ${label} failed: ${detail} (${uri}).`,
      cause: isInstance(error, DriverFailure) ? error.cause : error,
    });
  }

  #read(site: CallSite, error: unknown): Failure {
    if (isInstance(error, DriverFailure)) return error.failure;
    if (site.signal?.aborted) return { reason: isTimeout(site.signal.reason) ? 'Timeout' : 'Aborted' };
    return this.#driver.classify(error) ?? toldBy(error) ?? { reason: 'Unknown' };
  }
}

/** For these reasons it is the target of a copy or move that is at fault, not the source. */
const targetReasons: ReadonlySet<FileSystemErrorReason> = new Set([
  'AlreadyExists',
  'PreconditionFailed',
  'NotDirectory',
]);

const standing: Readonly<Record<Exclude<FileSystemErrorReason, 'Unknown'>, string>> = {
  NotFound: 'it does not exist',
  AlreadyExists: 'it already exists',
  PreconditionFailed: 'it has changed since it was read',
  PermissionDenied: 'access is denied',
  IsDirectory: 'it is a directory',
  NotDirectory: 'it is not a directory, or runs through a file',
  NotFile: 'it is a pipe, a socket or a device, not a file',
  NotEmpty: 'the directory is not empty',
  BadOption: 'an option cannot be used',
  InvalidPath: 'the path is not valid here',
  OutsideRoot: 'it is outside of the root',
  Protected: 'it is protected',
  InvalidText: 'the bytes are not UTF-8 text',
  RangeNotSatisfiable: 'the range lies outside of the file',
  Unsupported: 'this filesystem cannot do that',
  Aborted: 'the call was aborted',
  Timeout: 'the time limit was reached',
  NoSpace: 'no space is left on the disk, or in the quota',
  Throttled: 'the backend asks for fewer requests',
  Unavailable: 'the backend is not available',
  ChecksumMismatch: 'the bytes do not match their checksum',
};

/** An error that the driver makes itself, such as one of `defineErrors`, says whether another attempt may help, and what to do. */
function toldBy(error: unknown): Failure | undefined {
  const retryable = flagAt(error, 'retryable');
  const hint = isFlowerPower(error) ? textAt(error, 'hint') : undefined;
  return retryable === undefined && hint === undefined ? undefined : { reason: 'Unknown', retryable, hint };
}

function isTimeout(reason: unknown): boolean {
  return isInstance(reason, Error) && textAt(reason, 'name') === 'TimeoutError';
}
