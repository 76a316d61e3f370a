import { boundedList, didYouMean, isRecord, type NodeContext, readProperty } from '@flowerpower/core';
import { createView, type FileSystem } from '@flowerpower/fs';
import { ioError } from '../errors/io-error.js';

/** By name. A function makes it, or finds it, whenever a node asks. */
export type NamedFileSystems = Readonly<Record<string, FileSystem | (() => FileSystem)>>;

/** The same for every copy of this package. */
export const fileSystemsKey = 'flowerpower.fileSystems';

/**
 * A filesystem of the project, for a node: one that `fileSystems:` in `conf/project.yml` names, or `project`, the folder of
 * the project itself. In a driver made in code: one that `fileResources({ fileSystem, fileSystems })` was given, where
 * `project` is `fileSystem`.
 *
 * It is made when it is first asked for, shared by all runs, and closed with the project. Its calls end when the run is
 * cancelled. Nothing outside of its folder can be reached. What a project is made of (`conf/`, `pipelines/`, …) can be read, and is
 * not written to (FP_FS_PROTECTED).
 *
 * What a node reads and writes this way is its own affair: it counts in no cache key, so that a node which asks for a
 * filesystem is never taken from a cache, and it is in no lineage. Data that should be there belongs under `io:`.
 *
 * @throws FlowerPowerError `FP_UNKNOWN_FILE_SYSTEM` with the names that there are; `FP_IO_NO_FILES` in a driver that was given
 *   none; `FP_FILE_SYSTEM_START` when it cannot be made.
 *
 * @example
 * ```ts
 * import { createDriver, type NodeContext } from '@flowerpower/core';
 * import { createMemoryFileSystem } from '@flowerpower/fs';
 * import { fileResources, fileSystemOf } from '@flowerpower/io';
 *
 * const m = {
 *   async newest(ctx: NodeContext) {
 *     const lake = fileSystemOf(ctx, 'lake');
 *     const paths: string[] = [];
 *     for await (const { path } of lake.glob('sales/*.csv')) paths.push(path);
 *     return paths.at(-1);
 *   },
 * };
 * const lake = createMemoryFileSystem();
 * await lake.write('sales/2026-01.csv', 'total');
 * const resources = fileResources({ fileSystem: createMemoryFileSystem(), fileSystems: { lake } });
 * await createDriver({ modules: [m], resources }).execute(['newest']); // { newest: 'sales/2026-01.csv' }
 * ```
 */
export function fileSystemOf(context: Pick<NodeContext, 'resources' | 'signal'>, name: string): FileSystem {
  const named = context.resources?.[fileSystemsKey] as NamedFileSystems | undefined;
  if (named === undefined) {
    throw ioError({
      code: 'FP_IO_NO_FILES',
      message: `Nothing says which filesystem '${name}' is.`,
      hint: 'Give createDriver({ resources: fileResources({ fileSystem, fileSystems: { … } }) }).',
    });
  }
  const found = Object.hasOwn(named, name) ? named[name] : undefined;
  if (found === undefined) throw unknownName(name, Object.keys(named));
  const fs = typeof found === 'function' ? found() : found;
  return createView(fs, { signal: context.signal });
}

/** Whether something is what {@link fileSystemOf} can find filesystems in. */
export function areNamedFileSystems(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.values(value).every(
    (each) => typeof each === 'function' || typeof readProperty(each, 'createReadStream') === 'function',
  );
}

function unknownName(name: string, names: readonly string[]) {
  const hints = [
    didYouMean(name, names),
    `Filesystems: ${boundedList(names) || 'none'}.`,
    'Add others under fileSystems in conf/project.yml.',
  ];
  return ioError({
    code: 'FP_UNKNOWN_FILE_SYSTEM',
    message: `There is no filesystem '${name}'.`,
    hint: hints.filter((hint) => hint !== undefined).join(' '),
  });
}
