import { createFileSystem, type FileSystem } from '@flowerpower/fs';
import { checkedOptions } from './checked-options.js';
import type { S3Options } from './options.js';
import { s3Driver } from './s3-driver.js';

export interface S3FileSystemOptions extends S3Options {
  /** The name of the bucket, which exists. */
  readonly bucket: string;
}

/**
 * A bucket of S3, or of a store that speaks its protocol, as a filesystem. Connects at the first call. Credentials come
 * from where every AWS tool finds them, and from nowhere else.
 *
 * Not guaranteed: that `version` changes when the same bytes are written again, as it is the entity tag; and conditions
 * on stores that ignore them.
 *
 * @throws FileSystemError `FP_FS_BAD_OPTION`, naming every option that does not fit.
 *
 * @example
 * ```ts
 * import { createS3FileSystem } from '@flowerpower/plugin-s3';
 *
 * const fs = createS3FileSystem({ bucket: 'shop-data', region: 'eu-central-1' });
 * console.log(fs.uri('raw/sales.csv')); // s3://shop-data/raw/sales.csv
 * await fs.close();
 * ```
 */
export function createS3FileSystem(options: S3FileSystemOptions): FileSystem {
  return createFileSystem(s3Driver(checkedOptions(options)));
}
