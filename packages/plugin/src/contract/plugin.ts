/** What a plugin is: data and factories. It does no work when it is imported. */
import { aRecord, requireArgument, withMethods } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { Loader, OptionsSchema, Saver } from '@flowerpower/io';
import type { AdapterFactory } from './adapter.js';
import type { ResultBuilder } from './result-builder.js';

/** The version of this contract. A plugin states the one it was made for. */
export const pluginApiVersion = 1;

/** What a filesystem is made with besides its options. */
export interface FileSystemContext {
  /**
   * Finds the filesystem of a path or URI, and the path inside of it, as for every path of the project: for one that keeps
   * its files in other files. Call it when the filesystem is called, not in `create`.
   */
  resolve(path: string, use?: 'read' | 'write'): { readonly fs: FileSystem; readonly path: string };
}

/**
 * Makes the filesystem of a URI scheme. Made with {@link defineFileSystem}.
 *
 * @typeParam Options - what the schema makes of the storage options.
 * @typeParam Input - the storage options as a user writes them.
 */
export interface FileSystemFactory<Options = unknown, Input = unknown> {
  /** What the storage options of the scheme must look like. Without it there are none. */
  readonly options?: OptionsSchema<Options, Input> | undefined;
  /**
   * Makes the filesystem of one authority: `s3://bucket/key` asks for `bucket` and reads `key` from what comes
   * back. `memory` works the same way; for `file` the authority is the root of the machine's path, `/` or `C:\`.
   *
   * Connects and imports heavy libraries at the first call of the filesystem, not here. The caller closes it.
   */
  create(options: Options, authority: string, context: FileSystemContext): FileSystem;
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
  /** By the name that `run.withAdapter` gives: what watches runs. */
  readonly adapters?: Readonly<Record<string, AdapterFactory>> | undefined;
  /** By the name that `resultBuilder` of a run gives. */
  readonly resultBuilders?: Readonly<Record<string, ResultBuilder>> | undefined;
  /** The codes of its own errors with what they stand for: the `catalogue` of `defineErrors`. Projects may name them. */
  readonly errors?: Readonly<Record<string, string>> | undefined;
}

const aFactory = withMethods('an object with a function create', 'create');

/**
 * Declares how the filesystem of a URI scheme is made. Returns it as it is; the types of the options are inferred.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for what makes no filesystem.
 *
 * @example
 * ```ts
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { defineFileSystem } from '@flowerpower/plugin';
 * import * as v from 'valibot';
 *
 * export const scratch = defineFileSystem({
 *   options: v.strictObject({ team: v.string() }),
 *   create: ({ team }, authority) => createMemoryFileSystem({ name: `${team}-${authority}` }),
 * });
 * ```
 */
export function defineFileSystem<Options, Input = unknown>(
  factory: FileSystemFactory<Options, Input>,
): FileSystemFactory<Options, Input> {
  requireArgument('The factory', aFactory, factory, 'defineFileSystem');
  return factory;
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
 * const plugin = definePlugin({
 *   name: 'my-plugin',
 *   apiVersion: 1,
 *   fileSystems: { scratch: { create: () => createMemoryFileSystem() } },
 * });
 * export default plugin;
 *
 * declare module '@flowerpower/plugin' {
 *   interface Register {
 *     'my-plugin': typeof plugin;
 *   }
 * }
 * ```
 */
export function definePlugin<const P extends Plugin>(plugin: P): P {
  requireArgument('The plugin', aRecord, plugin, 'definePlugin');
  return plugin;
}
