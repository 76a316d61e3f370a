/** The filesystems that URIs name: made when first needed, kept for the life of the runner, closed in reverse. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { errorFromProblems, messageOf, type Place, type Problem } from '@flowerpower/core';
import {
  type Boundary,
  createBoundary,
  type FileSystem,
  type LocationUse,
  parentPath,
} from '@flowerpower/fs';
import { parseOptions, withLocation } from '@flowerpower/io';
import type { FileSystemFactory, Registry } from '@flowerpower/plugin';
import type { RuntimeProblem } from '../errors/catalogue.js';
import { problemsOf, runnerClosed, runtimeError } from '../errors/runtime-error.js';

/** A filesystem and the path of a file or directory on it. */
export interface Location {
  readonly fs: FileSystem;
  readonly path: string;
}

export interface FileSystems {
  /** What is wrong with a path, as far as can be told without making a filesystem. */
  check(path: string, as?: 'file' | 'folder', use?: LocationUse): readonly Problem[];
  /** The real path of a location on this machine; undefined elsewhere. @throws what `check` reports. */
  fileOf(path: string): string | undefined;
  /** The same text for every spelling of one location, links in it followed. @throws what `check` reports. */
  keyOf(path: string): string;
  /**
   * Makes the filesystems of these paths. If one cannot be made, those that this call made are closed again.
   *
   * @throws (rejects) FlowerPowerError `FP_FILE_SYSTEM_START`
   */
  open(paths: readonly string[]): Promise<void>;
  /**
   * A location in the project is on the project's filesystem; any other one that may be used goes through the registry.
   *
   * @throws FileSystemError `FP_FS_OUTSIDE_ROOT`, `FP_FS_INVALID_PATH`, `FP_FS_PROTECTED`; what the registry and the
   *   filesystem throw.
   */
  resolve(path: string, use?: 'read' | 'write'): Location;
  /** The directories in which files of these paths lie, each once. */
  directoriesOf(paths: readonly string[]): readonly Location[];
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
  const { registry, fs: projectFs, storageOptions, boundary = boundaryAround(projectFs) } = options;
  /** In the order of creation. */
  const open = new Map<string, FileSystem>();
  const parsed = new Map<string, unknown>();
  let closed = false;

  const problems = Object.keys(storageOptions).flatMap(schemeProblems);
  if (problems.length > 0) {
    throw errorFromProblems(problems, {
      code: 'FP_STORAGE_OPTIONS',
      title: 'The storage options cannot be used',
    });
  }

  /** @throws for a scheme that nobody contributes and for options that it does not accept. */
  function factoryOf(scheme: string): { readonly factory: FileSystemFactory; readonly options: unknown } {
    const factory = registry.fileSystem(scheme);
    if (!parsed.has(scheme)) parsed.set(scheme, acceptOptions(scheme, factory, storageOptions[scheme]));
    return { factory, options: parsed.get(scheme) };
  }

  function schemeProblems(scheme: string): readonly Problem[] {
    try {
      factoryOf(scheme);
      return [];
    } catch (error) {
      const place = options.placeOfStorage?.(scheme);
      return problemsOf(error).map((problem) => ({
        ...problem,
        places: place === undefined ? problem.places : [place],
      }));
    }
  }

  function obtain(scheme: string, authority: string): FileSystem {
    const uri = `${scheme}://${authority}`;
    const known = open.get(uri);
    if (known !== undefined) return known;
    const { factory, options: accepted } = factoryOf(scheme);
    try {
      const made = factory.create(accepted, authority);
      open.set(uri, made);
      return made;
    } catch (cause) {
      throw runtimeError(
        {
          code: 'FP_FILE_SYSTEM_START',
          message: `The filesystem ${uri} could not be made: ${messageOf(cause)}`,
          hint: 'Check the URI and the storage options of its scheme.',
        },
        { cause },
      );
    }
  }

  function resolvePath(path: string, use?: 'read' | 'write'): Location {
    const { scheme, authority, path: key } = locate(path, 'file', use);
    // A node that was left behind may still ask; what was made for it now, nobody would close.
    if (closed) throw runnerClosed();
    return { fs: scheme === undefined ? projectFs : obtain(scheme, authority), path: key };
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
        else factoryOf(target.scheme);
        return [];
      } catch (error) {
        return problemsOf(error);
      }
    },
    fileOf(path) {
      const location = boundary.locate(path, 'folder');
      return location.kind === 'uri' ? undefined : location.file;
    },
    keyOf(path) {
      const { scheme, authority, path: key, file } = locate(path);
      if (file !== undefined) return pathToFileURL(file).href;
      // The URI of a path is the same for all its spellings.
      return scheme === undefined ? projectFs.uri(key) : `${scheme}://${authority}/${key}`;
    },
    async open(paths) {
      const before = new Set(open.keys());
      try {
        for (const { scheme, authority } of paths.map((path) => locate(path))) {
          if (scheme !== undefined) obtain(scheme, authority);
        }
      } catch (error) {
        const made = [...open].filter(([uri]) => !before.has(uri));
        for (const [uri] of made) open.delete(uri);
        const failures = await closeAll(made);
        if (failures.length === 0) throw error;
        const problems = [...problemsOf(error), ...failures];
        const message = problems.map((problem) => problem.message).join(' ');
        throw runtimeError({ code: 'FP_FILE_SYSTEM_START', message }, { cause: error, problems });
      }
    },
    // What decides which file a path names, so that two projects with one cache do not share what they load.
    resolve: withLocation(resolvePath, () => ({
      project: projectFs.uri(''),
      root: boundary.root,
      storageOptions,
    })),
    directoriesOf(paths) {
      const found = new Map<string, Location>();
      for (const { fs, path } of paths.map((each) => resolvePath(each))) {
        const directory = { fs, path: parentPath(path) };
        found.set(fs.uri(directory.path), directory);
      }
      return [...found.values()];
    },
    async close() {
      closed = true;
      const made = [...open];
      open.clear();
      const failures = await closeAll(made);
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

async function closeAll(
  made: readonly (readonly [uri: string, fs: FileSystem])[],
): Promise<RuntimeProblem[]> {
  const failures: RuntimeProblem[] = [];
  for (const [uri, fs] of made.toReversed()) {
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
