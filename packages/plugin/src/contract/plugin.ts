/** What a plugin is: data and factories. It does no work when it is imported. */
import { aRecord, requireArgument } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { Loader, OptionsSchema, Saver } from '@flowerpower/io';

/** The version of this contract. A plugin states the one it was made for. */
export const pluginApiVersion = 1;

/** Makes the filesystem of a URI scheme. */
export interface FileSystemFactory<Options = unknown> {
  /** What the storage options of the scheme must look like. Without it there are none. */
  readonly options?: OptionsSchema<Options> | undefined;
  /**
   * Makes the filesystem of one authority: `s3://bucket/key` asks for `bucket` and reads `key` from what comes
   * back. `memory` works the same way; for `file` the authority is the root of the machine's path, `/` or `C:\`.
   *
   * Connects and imports heavy libraries at the first call of the filesystem, not here. The caller closes it.
   */
  create(options: Options, authority: string): FileSystem;
}

/** One plugin. Every kind is optional. */
export interface Plugin {
  /** The name of the package, for errors. */
  readonly name: string;
  readonly apiVersion: typeof pluginApiVersion;
  /** By URI scheme, in lower case. */
  readonly fileSystems?: Readonly<Record<string, FileSystemFactory>> | undefined;
  /** By their `type`. */
  readonly loaders?: Readonly<Record<string, Loader<unknown, unknown>>> | undefined;
  /** By their `type`. */
  readonly savers?: Readonly<Record<string, Saver<unknown>>> | undefined;
}

/**
 * Types a plugin. `createRegistry` checks what is in it when a project starts.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for what is no object.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { definePlugin } from '@flowerpower/plugin';
 *
 * export default definePlugin({
 *   name: 'my-plugin',
 *   apiVersion: 1,
 *   fileSystems: { scratch: { create: () => createMemoryFileSystem() } },
 * });
 *
 * declare module '@flowerpower/plugin' {
 *   interface Register {
 *     'my-plugin': { fileSystems: { scratch: undefined } };
 *   }
 * }
 * ```
 */
export function definePlugin<const P extends Plugin>(plugin: P): P {
  requireArgument('The plugin', aRecord, plugin, 'definePlugin');
  return plugin;
}
