/** Where the paths of `from` and `to` lead when nothing was bound to them: what the driver was given. */
import { type NodeContext, type OptionRule, requireArgument } from '@flowerpower/core';
import type { FileSystem } from '@flowerpower/fs';
import type { IoContext } from '../contract/io.js';
import { aPlace } from '../contract/io-rules.js';
import { ioError } from '../errors/io-error.js';
import { areNamedFileSystems, fileSystemsKey, type NamedFileSystems } from './file-system-of.js';
import type { StorageOptions } from './storage-options.js';
import { withLocation } from './with-location.js';

/**
 * Finds the filesystem of a path, and may refuse it for what is to be done there.
 *
 * @param storageOptions - those that stand beside the path; whoever cannot use them refuses them.
 */
export type Resolve = (
  path: string,
  use?: 'read' | 'write',
  storageOptions?: StorageOptions,
) => ReturnType<IoContext['resolve']>;

/** Where paths lead: all of them to one filesystem, or each to the one that `resolve` finds. */
export type FilePlace =
  | { readonly fileSystem: FileSystem; readonly resolve?: undefined }
  | { readonly resolve: Resolve; readonly fileSystem?: undefined };

export type FileResourcesOptions = FilePlace & {
  /** What nodes find with `fileSystemOf`. `project` is `fileSystem` where nothing else is given for it. */
  readonly fileSystems?: NamedFileSystems | undefined;
};

/** The same for every copy of this package. */
const key = 'flowerpower.files';

/** @param of - who was given it. @throws FlowerPowerError `FP_BAD_OPTION` for what leads nowhere. */
export function resolveOf(where: FilePlace, of: string): Resolve {
  requireArgument('The options', aPlace, where, of);
  const { fileSystem, resolve } = where;
  if (fileSystem === undefined) return resolve;
  return withLocation(
    (path, _use, storageOptions) => {
      if (storageOptions !== undefined) throw noPlaceForOptions(path);
      return { fs: fileSystem, path };
    },
    () => fileSystem.uri(''),
  );
}

/**
 * What a driver needs to be given so that `from` and `to` find their files, and `fileSystemOf` its filesystems. In the pipelines of a project this is
 * done already: there, paths are relative to the project.
 *
 * @example
 * ```ts
 * import { createDriver, loadNode } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources, from } from '@flowerpower/io';
 *
 * const fileSystem = createMemoryFileSystem();
 * await fileSystem.write('motd.txt', 'Hello');
 * const m = { motd: loadNode(from.text({ path: 'motd.txt' })) };
 * const driver = createDriver({ modules: [m], resources: fileResources({ fileSystem }) });
 * await driver.execute(['motd']); // { motd: 'Hello' }
 * ```
 */
export function fileResources(where: FileResourcesOptions): Readonly<Record<string, unknown>> {
  const resolve = resolveOf(where, 'fileResources');
  const { fileSystem, fileSystems = {} } = where;
  requireArgument('fileSystems', namedFileSystems, fileSystems, 'fileResources');
  const project = fileSystem === undefined ? {} : { project: fileSystem };
  return { [key]: resolve, [fileSystemsKey]: { ...project, ...fileSystems } };
}

const namedFileSystems: OptionRule = {
  fits: areNamedFileSystems,
  expected: 'an object of filesystems, or of functions that give them, by name',
};

/** @throws FlowerPowerError `FP_IO_NO_FILES` when the driver was not given {@link fileResources}. */
export function resolveIn({ resources }: NodeContext): Resolve {
  const resolve = resources?.[key];
  if (typeof resolve === 'function') return resolve as Resolve;
  throw ioError({
    code: 'FP_IO_NO_FILES',
    message: 'Nothing says to which filesystem the path belongs.',
    hint: 'Give createDriver({ resources: fileResources({ fileSystem }) }), or take from and to of createMaterializers({ fileSystem }).',
  });
}

function noPlaceForOptions(path: string) {
  return ioError({
    code: 'FP_IO_OPTIONS',
    message: `storageOptions are given for '${path}', which is on the filesystem that was given.`,
    hint: 'Give the options to that filesystem when it is made.',
  });
}
