import { createFileSystem, type FileSystem } from '@flowerpower/fs';
import { gcsDriver } from './gcs-driver.js';
import { type GcsFileSystemOptions, requireFileSystemOptions } from './options.js';

/**
 * A bucket of Google Cloud Storage as a filesystem. Connects at the first call. Credentials come from where every tool of
 * Google finds them, and from nowhere else; with an `endpoint`, or `STORAGE_EMULATOR_HOST`, none are used.
 *
 * @throws FileSystemError `FP_FS_BAD_OPTION`, naming every option that cannot be used.
 *
 * @example
 * ```ts
 * import { createGcsFileSystem } from '@flowerpower/plugin-gcs';
 *
 * const fs = createGcsFileSystem({ bucket: 'shop-data' });
 * console.log(fs.uri('raw/sales.csv')); // gs://shop-data/raw/sales.csv
 * await fs.close();
 * ```
 */
export function createGcsFileSystem(options: GcsFileSystemOptions): FileSystem {
  return createFileSystem(gcsDriver(requireFileSystemOptions(options)));
}
