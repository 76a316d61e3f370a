import type { Place, Problem } from '@flowerpower/core';
import type { Boundary, FileSystem } from '@flowerpower/fs';
import { fileResources } from '@flowerpower/io';
import { pluginResources, type Registry, type ResultBuilder } from '@flowerpower/plugin';
import type { AdapterSettings, PipelineDefinition } from '../config/pipeline-definition.js';
import type { RunConfig } from '../config/run-config.js';
import { type AdapterResolution, resolveAdapters } from '../telemetry/resolve-adapters.js';
import { bindIo, type IoBinding } from './bind-io.js';
import { createFileCaches, type FileCaches } from './file-caches.js';
import {
  createFileSystems,
  type FileRef,
  type FileSystems,
  type Location,
  type SavedDirectory,
} from './file-systems.js';
import { namedFileSystems } from './named-file-systems.js';
import { type NamedPath, pathProblems, type ReasonAgainst } from './named-path.js';
import type { UnsetStorage } from './unset-storage.js';
import { type ExecutorResolution, resolveExecutor } from './resolve-executor.js';

export interface ExecutionContextOptions {
  readonly registry: Registry;
  /** The filesystem of the project: relative paths are relative to its root. The context never closes it. */
  readonly fs: FileSystem;
  /** Which locations may be used. Default: those in the folder of `fs`, where that is a folder of this machine. */
  readonly boundary?: Boundary | undefined;
  /** Options of filesystems by URI scheme. */
  readonly storageOptions?: Readonly<Record<string, unknown>> | undefined;
  /** Where the options of a scheme are written, for errors. */
  readonly placeOfStorage?: ((scheme: string) => Place | undefined) | undefined;
  /** Of these options, those that are not known: what would use a filesystem without them is refused. Default none. */
  readonly unsetStorage?: readonly UnsetStorage[] | undefined;
  /** Times what a node does with filesystems. Default: nothing is timed. */
  readonly metered?: ((fs: FileSystem) => FileSystem) | undefined;
  /** Options of adapters by name, below those of each pipeline. */
  readonly adapter?: AdapterSettings | undefined;
  /** Locations that nodes reach by name, besides `project`. Default none. */
  readonly locations?: Readonly<Record<string, FileRef>> | undefined;
  /** Where a location is written, for errors. */
  readonly placeOfLocation?: ((name: string) => Place | undefined) | undefined;
}

/** What configuration names, found through the registry and held open for as long as it is used. */
export interface ExecutionContext {
  resolveExecutor(run: Pick<RunConfig, 'executor' | 'maxConcurrency'>): ExecutorResolution;
  resolveAdapters(definition: Pick<PipelineDefinition, 'run' | 'adapter'>): AdapterResolution;
  /** @throws FlowerPowerError `FP_UNKNOWN_RESULT_BUILDER` */
  resolveBuilder(builder: string | ResultBuilder | undefined): ResultBuilder | undefined;
  /** Finds the filesystem of a path or URI that the project may use. */
  resolve(path: string, use?: 'read' | 'write'): Location;
  bindIo(
    definition: Pick<PipelineDefinition, 'name' | 'io' | 'placeOf' | 'isUnset' | 'modules' | 'schemaModules'>,
  ): IoBinding;
  readonly caches: FileCaches;
  /** Of the errors that plugins declare. */
  readonly errorCodes: readonly string[];
  /** For the contexts of nodes: where `from` and `to` in code find their files, and filesystems by name. */
  readonly resources: Readonly<Record<string, unknown>>;
  /** What is wrong with these paths, as far as can be told before they are used. */
  checkPaths(paths: readonly NamedPath[], whyNot?: ReasonAgainst): readonly Problem[];
  /** Starts what these files need; all or nothing. @throws (rejects) `FP_FILE_SYSTEM_START` */
  start(files: readonly FileRef[]): Promise<void>;
  /** Where a file is. Makes its filesystem if nobody has. @throws what its location and options are refused with. */
  locate(file: FileRef): Location;
  /** What files name, for comparing them: see `reachOf`. */
  readonly keyOf: FileSystems['keyOf'];
  /** The directories in which these files lie, each once. */
  directoriesOf(files: readonly FileRef[]): readonly SavedDirectory[];
  /** Closes what was started, in reverse order. @throws (rejects) `FP_CLOSE_FAILED` */
  close(): Promise<void>;
}

/**
 * @throws FlowerPowerError `FP_STORAGE_OPTIONS` or `FP_UNKNOWN_SCHEME` for storage options that cannot be used;
 *   `FP_FILE_SYSTEMS` for locations, or the code of the only problem.
 */
export function buildExecutionContext(options: ExecutionContextOptions): ExecutionContext {
  const {
    registry,
    fs,
    boundary,
    storageOptions = {},
    placeOfStorage,
    unsetStorage,
    locations = {},
    placeOfLocation,
  } = options;
  const fileSystems = createFileSystems({
    registry,
    fs,
    boundary,
    storageOptions,
    placeOfStorage,
    unsetStorage,
    metered: options.metered,
  });
  const named = namedFileSystems({ locations, placeOf: placeOfLocation, fileSystems });
  return {
    resolveExecutor,
    resolveAdapters: (definition) => resolveAdapters(definition, registry, options.adapter),
    resolveBuilder: (builder) => (typeof builder === 'string' ? registry.resultBuilder(builder) : builder),
    resolve: fileSystems.resolve,
    bindIo: (definition) => bindIo(definition, { registry, fileSystems }),
    caches: createFileCaches(fileSystems),
    resources: {
      ...fileResources({ resolve: fileSystems.resolve, fileSystems: named }),
      ...pluginResources(registry),
    },
    errorCodes: registry.errorCodes,
    checkPaths: (paths, whyNot) => pathProblems(paths, fileSystems, whyNot),
    start: fileSystems.open,
    locate: ({ path, storageOptions: beside }) => fileSystems.resolve(path, 'read', beside),
    keyOf: fileSystems.keyOf,
    directoriesOf: fileSystems.directoriesOf,
    close: fileSystems.close,
  };
}
