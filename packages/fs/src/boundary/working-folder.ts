import { FileSystemError } from '../errors/file-system-error.js';

/**
 * The working folder of this process, absolute.
 *
 * @throws FileSystemError `FP_FS_NOT_FOUND` when it was removed, or renamed where nobody can tell.
 */
export function workingFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new FileSystemError({
      reason: 'NotFound',
      op: 'locate',
      uri: '',
      backend: 'local',
      message: 'The working folder of this process does not exist any more.',
      hint: 'Change to a folder that exists, or name every folder by an absolute path.',
      cause,
    });
  }
}
