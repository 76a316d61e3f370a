import { createFileSystem, type FileSystem } from '@flowerpower/fs';
import { gcsDriver } from './gcs-driver.js';
import type { GcsOptions } from './options.js';

export interface GcsFileSystemOptions extends GcsOptions {
  /** The name of the bucket, which exists. */
  readonly bucket: string;
}

/**
 * A bucket of Google Cloud Storage as a filesystem. Connects at the first call. Credentials come from where every tool of
 * Google finds them, and from nowhere else; with an `endpoint` none are used.
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
  return createFileSystem(gcsDriver(options));
}
