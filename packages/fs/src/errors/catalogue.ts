/** Every error code this package raises, with the situation it stands for. */
export const fsErrors = {
  FP_FS_NOT_FOUND: 'Nothing is stored under this path.',
  FP_FS_ALREADY_EXISTS: 'A create-only write met an existing file.',
  FP_FS_PRECONDITION_FAILED: 'The file is not the version that `ifMatch` asked for.',
  FP_FS_PERMISSION_DENIED: 'The backend refused access.',
  FP_FS_IS_DIRECTORY: 'A file was asked for and the path is a directory.',
  FP_FS_NOT_DIRECTORY: 'A directory was asked for and the path, or a part of it, is a file.',
  FP_FS_NOT_FILE: 'A file was asked for and the path is a pipe, a socket or a device.',
  FP_FS_NOT_EMPTY: 'A directory was expected to be empty and is not.',
  FP_FS_INVALID_PATH: 'The path or URI is malformed, or would leave the root of the filesystem.',
  FP_FS_BAD_OPTION: 'An option of a filesystem has the wrong type, or there is no option of that name.',
  FP_FS_OUTSIDE_ROOT: 'The location is outside the project, and `allowOutside` names no folder around it.',
  FP_FS_PROTECTED: 'Something would be written over what the project itself is made of.',
  FP_FS_INVALID_TEXT: 'Text was asked for and the bytes are not valid UTF-8.',
  FP_FS_RANGE_NOT_SATISFIABLE: 'The byte range is malformed or starts at or after the end of the file.',
  FP_FS_UNSUPPORTED: 'The filesystem does not have this ability.',
  FP_FS_ABORTED: 'The signal given to the call was aborted.',
  FP_FS_TIMEOUT: 'The call was cut off by a time limit.',
  FP_FS_NO_SPACE: 'No space is left where a file was to be written.',
  FP_FS_THROTTLED: 'The backend asked for fewer requests.',
  FP_FS_UNAVAILABLE: 'The backend could not serve the request now; trying again may help.',
  FP_FS_CHECKSUM_MISMATCH: 'The bytes received are not the bytes the backend says it stores.',
  FP_FS_UNKNOWN: 'The backend failed in a way this package does not recognise; see the cause.',
} as const;

export type FsErrorCode = keyof typeof fsErrors;
