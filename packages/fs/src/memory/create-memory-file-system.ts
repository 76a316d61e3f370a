import type { FileSystem } from '../contract/file-system.js';
import { createFileSystem } from '../facade/create-file-system.js';
import { isText, requireOptions } from '../facade/require-options.js';
import { MemoryDriver } from './memory-driver.js';

export interface MemoryFileSystemOptions {
  /** Appears in URIs, `memory://<name>/…`. Default `''`. Two filesystems of one name share nothing. */
  readonly name?: string | undefined;
}

/**
 * An empty filesystem in this process, for tests and scratch data. It behaves like an object store: directories
 * exist only through the files below them, and `x` and `x/y` may both be files.
 *
 * @throws FileSystemError `FP_FS_BAD_OPTION`
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 *
 * const fs = createMemoryFileSystem();
 * await fs.write('a/b.txt', 'hello', { ifNotExists: true });
 * for await (const { path, size } of fs.glob('**' + '/*.txt')) console.log(path, size); // a/b.txt 5
 * ```
 */
export function createMemoryFileSystem(options: MemoryFileSystemOptions = {}): FileSystem {
  requireOptions('createMemoryFileSystem', options, { name: ['a text', isText] });
  return createFileSystem(new MemoryDriver(options.name ?? ''));
}
