/** The filesystems that URIs name: made when first needed, kept for the life of the runner, closed in reverse. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { errorFromProblems, messageOf, type Place, type Problem } from '@flowerpower/core';
import {
  type Boundary,
  createBoundary,
  type FileSystem,
  type LocationUse,
  parentPath,
} from '@flowerpower/fs';
import { parseOptions, type StorageOptions, withLocation } from '@flowerpower/io';
import type { FileSystemFactory, Registry } from '@flowerpower/plugin';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf, runnerClosed, runtimeError } from '../errors/runtime-error.js';
import { mergeStorage } from './merge-storage.js';
import { refuseUnsetStorage, type UnsetStorage, unsetStorageOf } from './unset-storage.js';
import { withoutValues } from './without-values.js';

/** A path or URI as a person wrote it, and the options of its filesystem that stand beside it. */
export interface FileRef {
  readonly path: string;
  readonly storageOptions?: StorageOptions | undefined;
}

/** A filesystem and the path of a file or directory on it. */
export interface Location {
  readonly fs: FileSystem;
  readonly path: string;
}

/** Where a path is saved to. */
export interface SavedDirectory extends Location {
  /** Whether what is saved there may lie in any folder below. */
  readonly recursive: boolean;
}

export interface FileSystems {
  /** What is wrong with a path, as far as can be told without making a filesystem. */
  check(path: string, as?: 'file' | 'folder', use?: LocationUse): readonly Problem[];
  /** What is wrong with the options beside a path, in words without their values. None where the path itself is wrong. */
  checkOptions(file: FileRef): readonly Problem[];
  /**
   * @throws FileSystemError `FP_FS_PROTECTED` for what nothing writes to, and for a folder in which some of it lies; what
   *   `check` reports.
   */
  requireWritable(path: string, as: 'file' | 'folder'): void;
  /** The real path of a location on this machine; undefined elsewhere. @throws what `check` reports. */
  fileOf(path: string): string | undefined;
  /**
   * The same text for every spelling of one location, links in it followed. Other options make another location, since only
   * their plugin knows which of them decide where it is. @throws what `check` reports.
   */
  keyOf(file: FileRef): string;
  /**
   * Makes the filesystems of these paths. If one cannot be made, those that this call made are closed again.
   *
   * @throws (rejects) FlowerPowerError `FP_FILE_SYSTEM_START`; what `unsetStorage` says of their schemes.
   */
  open(files: readonly FileRef[]): Promise<void>;
  /**
   * A location in the project is on the project's filesystem; any other one that may be used goes through the registry.
   *
   * @param storageOptions - merged over those of the scheme. Equal options have one filesystem.
   * @throws FileSystemError `FP_FS_OUTSIDE_ROOT`, `FP_FS_INVALID_PATH`, `FP_FS_PROTECTED`; `FP_STORAGE_OPTIONS`; what the
   *   registry and the filesystem throw.
   */
  resolve(path: string, use?: 'read' | 'write', storageOptions?: StorageOptions): Location;
  /** The directories in which these files lie, each once. */
  directoriesOf(files: readonly FileRef[]): readonly SavedDirectory[];
  /** Closes what was made here, last first, all of it even when one fails. @throws (rejects) `FP_CLOSE_FAILED` */
  close(): Promise<void>;
}

export interface FileSystemsOptions {
  readonly registry: Registry;
  /** Of the project. Never closed here. */
  readonly fs: FileSystem;
  /** Which locations may be used. Default: those in the folder of `fs`, where that is a folder of this machine. */
  readonly boundary?: Boundary | undefined;
  /** By URI scheme. */
  readonly storageOptions: Readonly<Record<string, unknown>>;
  /** Where the options of a scheme are written. */
  readonly placeOfStorage?: ((scheme: string) => Place | undefined) | undefined;
  /** Options that are not known. Whatever would use a filesystem without them is refused; all else goes on. Default none. */
  readonly unsetStorage?: readonly UnsetStorage[] | undefined;
  /** What `resolve` gives a filesystem as. Default: as it is. */
  readonly metered?: ((fs: FileSystem) => FileSystem) | undefined;
}

/** Options of one scheme, as they were given and as its filesystems take them. */
interface Accepted {
  readonly factory: FileSystemFactory;
  readonly given: unknown;
  readonly options: unknown;
  readonly index: number;
  /** What is not known of them. Where something is, they are not judged, and no filesystem is made with them. */
  readonly unset: readonly UnsetStorage[];
}

interface Opened {
  /** Of the root. */
  readonly uri: string;
  /** Which options of the scheme it was made with. */
  readonly index: number;
  readonly fs: FileSystem;
}

/** Where a path leads. Without a scheme it stays on the project's filesystem. */
interface Target {
  readonly scheme?: string;
  readonly authority: string;
  readonly path: string;
  /** The real path, on this machine. */
  readonly file?: string | undefined;
}

/** @throws FlowerPowerError `FP_STORAGE_OPTIONS`, `FP_UNKNOWN_SCHEME`, together when there are several. */
export function createFileSystems(options: FileSystemsOptions): FileSystems {
  const {
    registry,
    fs: projectFs,
    storageOptions,
    boundary = boundaryAround(projectFs),
    unsetStorage = [],
    metered = (fs) => fs,
  } = options;
  /** In the order of creation. */
  const open: Opened[] = [];
  /** By scheme, the options that were asked for and accepted, each once: first those of the scheme itself. */
  const accepted = new Map<string, Accepted[]>();
  let closed = false;

  const problems = Object.keys(storageOptions).flatMap(schemeProblems);
  if (problems.length > 0) {
    throw errorFromProblems(problems, {
      code: 'FP_STORAGE_OPTIONS',
      title: 'The storage options cannot be used',
    });
  }

  /** @throws for a scheme that nobody contributes and for options that it does not accept. */
  function acceptedOf(scheme: string, beside?: StorageOptions): Accepted {
    const factory = registry.fileSystem(scheme);
    const known = accepted.get(scheme) ?? [];
    const given = mergeStorage(storageOptions[scheme], beside);
    const unset = unsetStorageOf(unsetStorage, scheme, beside);
    const same = known.find(
      (each) => isDeepStrictEqual(each.given, given) && each.unset.length === unset.length,
    );
    if (same !== undefined) return same;
    const taken = unset.length > 0 ? undefined : acceptOptions(scheme, factory, given);
    const made = { factory, given, options: taken, index: known.length, unset };
    accepted.set(scheme, [...known, made]);
    return made;
  }

  function schemeProblems(scheme: string): readonly Problem[] {
    try {
      acceptedOf(scheme);
      return [];
    } catch (error) {
      const place = options.placeOfStorage?.(scheme);
      return problemsOf(error).map((problem) => ({
        ...withoutValues(problem, storageOptions[scheme]),
        places: place === undefined ? problem.places : [place],
      }));
    }
  }

  function obtain({ scheme, authority, path }: Target, beside: StorageOptions | undefined): FileSystem {
    if (beside !== undefined) requireScheme(scheme, path);
    if (scheme === undefined) return projectFs;
    const uri = `${scheme}://${authority}`;
    const asked = acceptedOf(scheme, beside);
    refuseUnsetStorage(asked.unset);
    const known = open.find((each) => each.uri === uri && each.index === asked.index);
    if (known !== undefined) return known.fs;
    try {
      const fs = asked.factory.create(asked.options, authority, { resolve: resolvePath });
      open.push({ uri, index: asked.index, fs });
      return fs;
    } catch (cause) {
      const problem: RuntimeProblem = {
        code: 'FP_FILE_SYSTEM_START',
        message: `The filesystem ${uri} could not be made: ${messageOf(cause)}`,
        hint: 'Check the URI and the storage options of its scheme.',
      };
      throw runtimeError({ ...problem, ...withoutValues(problem, asked.given) } as RuntimeProblem, { cause });
    }
  }

  function resolvePath(path: string, use?: 'read' | 'write', beside?: StorageOptions): Location {
    const target = locate(path, 'file', use);
    // A node that was left behind may still ask; what was made for it now, nobody would close.
    if (closed) throw runnerClosed();
    return { fs: obtain(target, beside), path: target.path };
  }

  function resolveMetered(path: string, use?: 'read' | 'write', beside?: StorageOptions): Location {
    const found = resolvePath(path, use, beside);
    return { fs: metered(found.fs), path: found.path };
  }

  function locate(text: string, as?: 'file' | 'folder', use?: LocationUse): Target {
    const location = boundary.locate(text, as, use);
    switch (location.kind) {
      case 'project':
        return { authority: '', path: location.path, file: location.file };
      case 'folder':
        return { scheme: 'file', authority: location.root, path: location.path, file: location.file };
      default:
        return location;
    }
  }

  return {
    check(path, as, use) {
      try {
        const target = locate(path, as, use);
        if (target.scheme === undefined) projectFs.uri(target.path);
        else acceptedOf(target.scheme);
        return [];
      } catch (error) {
        return problemsOf(error);
      }
    },
    checkOptions({ path, storageOptions: beside }) {
      if (beside === undefined) return [];
      let target: Target;
      try {
        target = locate(path);
        if (target.scheme !== undefined) acceptedOf(target.scheme);
      } catch {
        return [];
      }
      try {
        requireScheme(target.scheme, path);
        acceptedOf(target.scheme, beside);
        return [];
      } catch (error) {
        return problemsOf(error).map((problem) => withoutValues(problem, beside));
      }
    },
    requireWritable(path, as) {
      boundary.locate(path, as, 'write');
    },
    fileOf(path) {
      const location = boundary.locate(path, 'folder');
      return location.kind === 'uri' ? undefined : location.file;
    },
    keyOf({ path, storageOptions: beside }) {
      const { scheme, authority, path: key, file } = locate(path);
      if (file !== undefined) return pathToFileURL(file).href;
      // The URI of a path is the same for all its spellings.
      if (scheme === undefined) return projectFs.uri(key);
      const { index } = acceptedOf(scheme, beside);
      // In front, so that what is below a folder begins with the key of the folder.
      return `${scheme}${index === 0 ? '' : ` ${index}`}://${authority}/${key}`;
    },
    async open(files) {
      const before = open.length;
      try {
        for (const { path, storageOptions: beside } of files) obtain(locate(path), beside);
      } catch (error) {
        const failures = await closeAll(open.splice(before));
        if (failures.length === 0) throw error;
        const problems = [...problemsOf(error), ...failures];
        const message = problems.map((problem) => problem.message).join(' ');
        throw runtimeError({ code: 'FP_FILE_SYSTEM_START', message }, { cause: error, problems });
      }
    },
    // What decides which file a path names, so that two projects with one cache do not share what they load.
    resolve: withLocation(resolveMetered, () => ({
      project: projectFs.uri(''),
      root: boundary.root,
      storageOptions,
    })),
    directoriesOf(files) {
      const found: SavedDirectory[] = [];
      for (const { path: text, storageOptions: beside } of files) {
        const { fs, path } = resolvePath(text, undefined, beside);
        const isFolder = /[/\\]$/.test(text);
        const directory = {
          fs,
          path: isFolder ? path.replace(/\/$/, '') : parentPath(path),
          recursive: isFolder,
        };
        const known = found.findIndex((each) => each.fs === fs && each.path === directory.path);
        if (known === -1) found.push(directory);
        else if (isFolder) found[known] = directory;
      }
      return found;
    },
    async close() {
      closed = true;
      const failures = await closeAll(open.splice(0));
      if (failures.length > 0) {
        throw errorFromProblems(failures, {
          code: 'FP_CLOSE_FAILED',
          title: 'Some filesystems could not be closed',
        });
      }
    },
  };
}

function boundaryAround(fs: FileSystem): Boundary {
  return createBoundary({ root: fs.scheme === 'file' ? fileURLToPath(fs.uri('')) : undefined });
}

function acceptOptions(scheme: string, factory: FileSystemFactory, given: unknown): unknown {
  if (factory.options !== undefined) {
    return parseOptions({ type: scheme, options: factory.options }, given ?? {});
  }
  if (given === undefined) return {};
  throw runtimeError({
    code: 'FP_STORAGE_OPTIONS',
    message: `Storage options are given for '${scheme}', which takes none.`,
    hint: 'Remove them.',
  });
}

/** @throws FlowerPowerError `FP_STORAGE_OPTIONS` for a path on the filesystem of the project, which is made already. */
function requireScheme(scheme: string | undefined, path: string): asserts scheme is string {
  if (scheme !== undefined) return;
  throw runtimeError({
    code: 'FP_STORAGE_OPTIONS',
    message: `Storage options are given for '${path}', which has no scheme.`,
    hint: 'They belong to URIs, such as s3://bucket/file.csv. Remove them, or write the whole URI.',
  });
}

async function closeAll(made: readonly Opened[]): Promise<RuntimeProblem[]> {
  const failures: RuntimeProblem[] = [];
  for (const { uri, fs } of made.toReversed()) {
    try {
      await fs.close();
    } catch (error) {
      failures.push({
        code: 'FP_CLOSE_FAILED',
        message: `The filesystem ${uri} could not be closed: ${messageOf(error)}`,
      });
    }
  }
  return failures;
}
