import type { CallOptions, FileInfo, FileSystem, WriteConditions } from '../contract/file-system.js';
import { requireFileSystem } from './require-file-system.js';

/** One end of a copy. */
export interface FileLocation {
  readonly fs: FileSystem;
  readonly path: string;
}

/**
 * Copies one file from one filesystem to another as a stream, or by the backend itself where both are the same object.
 * Content type and metadata go along where both can keep them. All or nothing, and one version: when the source changes
 * meanwhile, FP_FS_PRECONDITION_FAILED.
 *
 * @throws (rejects) FileSystemError of whichever end fails; the target is then as it was.
 *
 * @example
 * ```ts
 * import { copyBetween, createMemoryFileSystem } from '@flowerpower/fs';
 *
 * const [bucket, disk] = [createMemoryFileSystem(), createMemoryFileSystem()];
 * await bucket.write('raw/sales.csv', 'region,total\n');
 * await copyBetween({ fs: bucket, path: 'raw/sales.csv' }, { fs: disk, path: 'sales.csv' }, { ifNotExists: true });
 * ```
 */
export async function copyBetween(
  source: FileLocation,
  target: FileLocation,
  options: CallOptions & WriteConditions = {},
): Promise<FileInfo> {
  for (const [name, end] of Object.entries({ source, target })) {
    requireFileSystem('copyBetween', `fs of the ${name}`, (end as Partial<FileLocation> | undefined)?.fs);
  }
  if (source.fs === target.fs) return source.fs.copy(source.path, target.path, options);
  const { signal } = options;
  const { version, contentType, metadata } = await source.fs.stat(source.path, { signal });
  const stream = await source.fs.createReadStream(source.path, { signal, ifMatch: version });
  return target.fs.write(target.path, stream, {
    ...options,
    ...(target.fs.capabilities.metadata && { contentType, metadata }),
  });
}
