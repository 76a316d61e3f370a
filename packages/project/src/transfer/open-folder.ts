import { resolve } from 'node:path';
import { FlowerPowerError } from '@flowerpower/core';
import { createLocalFileSystem, type FileSystem, localPath, workingFolder } from '@flowerpower/fs';
import { isRemote } from '../remote/is-remote.js';
import { openRemote, type RemoteRequest } from '../remote/open-remote.js';

/**
 * Opens the folder of a project, of this machine or elsewhere.
 *
 * @throws (rejects) FileSystemError `FP_FS_INVALID_PATH`; what `openRemote` throws.
 */
export async function openFolder(
  dir: string,
  options: Omit<RemoteRequest, 'uri'>,
): Promise<{ readonly fs: FileSystem; close(): Promise<void> }> {
  if (isRemote(dir)) return openRemote({ ...options, uri: dir });
  if (options.fs !== undefined) {
    throw new FlowerPowerError({
      code: 'FP_BAD_OPTION',
      message: `fs is given for '${dir}', which is a folder of this machine.`,
      hint: 'Name the project by its URI on that filesystem, or leave fs out.',
    });
  }
  const fs = createLocalFileSystem({ root: resolve(localPath(dir, workingFolder)) });
  return { fs, close: () => fs.close() };
}
