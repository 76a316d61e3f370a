import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@flowerpower/config';
import { localPath, workingFolder } from '@flowerpower/fs';

/**
 * Where copies of what lies elsewhere are kept on this machine: the folder that the variable `FP_CACHE_DIR` names, else
 * `flowerpower` in the user's folder for caches.
 *
 * @throws FileSystemError `FP_FS_INVALID_PATH` for a variable that names no folder of this machine.
 */
export function userCacheFolder(
  environment: Environment,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = environment['FP_CACHE_DIR'];
  if (given) return localPath(given, workingFolder);
  if (platform === 'win32')
    return join(environment['LOCALAPPDATA'] || join(homedir(), 'AppData', 'Local'), 'flowerpower');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'flowerpower');
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'flowerpower');
}
