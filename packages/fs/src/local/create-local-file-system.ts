import type { FileSystem } from '../contract/file-system.js';
import { workingFolder } from '../boundary/working-folder.js';
import { createFileSystem } from '../facade/create-file-system.js';
import { isText, requireOptions } from '../facade/require-options.js';
import { LocalDriver } from './local-driver.js';

export interface LocalFileSystemOptions {
  /** The directory that paths are relative to. It need not exist yet. Default: the working directory at this moment. */
  readonly root?: string | undefined;
}

/**
 * The local disk below `root`. Nothing outside of it can be reached, also not through symbolic links.
 *
 * Writes go to a temporary file in the same directory, hidden from listings, are flushed to the disk, and take effect
 * in one step; parent directories are made on the way and stay. A process that is killed leaves its temporary file
 * behind; its name, `.name.<machine>.<process>.<start>.<random>.tmp`, tells whose it is, and whoever writes into that
 * directory next removes it first (see `deleteUnfinished`). `ifNotExists` holds against every process, `ifMatch`
 * against writers in this process.
 *
 * Not guaranteed: that the new name survives a power cut (the content does). When another process swaps a directory for
 * a link in the middle of a call, nothing outside is read, appended to or replaced; a new empty file or folder may be
 * left there, and `copy`, `move`, `delete` and `list` may follow it, since Node has no calls relative to an open folder.
 *
 * @throws FileSystemError `FP_FS_BAD_OPTION`
 *
 * @example
 * ```ts
 * import { createLocalFileSystem } from '@flowerpower/fs';
 *
 * const fs = createLocalFileSystem({ root: 'data' });
 * await fs.write('out/summary.json', '{"total": 3}');
 * console.log(await fs.readText('out/summary.json'));
 * ```
 */
export function createLocalFileSystem(options: LocalFileSystemOptions = {}): FileSystem {
  requireOptions('createLocalFileSystem', options, { root: ['a text', isText] });
  return createFileSystem(new LocalDriver(options.root ?? workingFolder()));
}
