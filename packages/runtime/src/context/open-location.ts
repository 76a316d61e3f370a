import { createBoundary, createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import type { StorageOptions } from '@flowerpower/io';
import type { Registry } from '@flowerpower/plugin';
import { createFileSystems } from './file-systems.js';

/** A filesystem that was made for one URI. */
export interface OpenedLocation {
  readonly fs: FileSystem;
  /** Of the URI, on that filesystem. */
  readonly path: string;
  close(): Promise<void>;
}

/**
 * Opens the filesystem of a URI, for whoever has no project yet.
 *
 * @throws FlowerPowerError `FP_UNKNOWN_SCHEME`, `FP_STORAGE_OPTIONS`, `FP_IO_OPTIONS`, `FP_FILE_SYSTEM_START`.
 */
export function openLocation(registry: Registry, uri: string, options?: StorageOptions): OpenedLocation {
  const scheme = uri.slice(0, uri.indexOf('://')).toLowerCase();
  const fileSystems = createFileSystems({
    registry,
    // Nothing is opened on it: what is opened has a scheme.
    fs: createMemoryFileSystem(),
    boundary: createBoundary({}),
    storageOptions: options === undefined ? {} : { [scheme]: options },
  });
  return { ...fileSystems.resolve(uri), close: fileSystems.close };
}
