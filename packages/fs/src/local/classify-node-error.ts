import { isInstance, textAt } from '../errors/foreign-error.js';
import type { Failure } from '../contract/file-system-driver.js';
import type { FileSystemErrorReason } from '../errors/file-system-error.js';

const reasonByCode: Readonly<Record<string, FileSystemErrorReason>> = {
  ENOENT: 'NotFound',
  EEXIST: 'AlreadyExists',
  EACCES: 'PermissionDenied',
  EPERM: 'PermissionDenied',
  EROFS: 'PermissionDenied',
  EISDIR: 'IsDirectory',
  ENOTDIR: 'NotDirectory',
  ENOTEMPTY: 'NotEmpty',
  ENAMETOOLONG: 'InvalidPath',
  ELOOP: 'InvalidPath',
  EINVAL: 'InvalidPath',
  ENOTSUP: 'Unsupported',
  EOPNOTSUPP: 'Unsupported',
  ENOSYS: 'Unsupported',
  ENOSPC: 'NoSpace',
  EDQUOT: 'NoSpace',
  // More than the disk, or a limit of the process, lets one file have.
  EFBIG: 'NoSpace',
  // What opening a pipe or a socket answers when nobody is at its other end.
  ENXIO: 'NotFile',
  EMFILE: 'Unavailable',
  ENFILE: 'Unavailable',
  EBUSY: 'Unavailable',
  EAGAIN: 'Unavailable',
  ETIMEDOUT: 'Timeout',
};

/** Reads the `code` of an error raised by `node:fs`. */
export function classifyNodeError(error: unknown): Failure | undefined {
  const code = codeOf(error);
  const reason = code !== undefined && Object.hasOwn(reasonByCode, code) ? reasonByCode[code] : undefined;
  return reason === undefined ? undefined : { reason };
}

export function codeOf(error: unknown): string | undefined {
  return isInstance(error, Error) ? textAt(error, 'code') : undefined;
}
