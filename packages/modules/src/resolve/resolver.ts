import { isBuiltin } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isFile } from '../files/file-stamp.js';
import type { ResolutionTrace } from '../files/resolution-trace.js';
import { fileCandidates, findUserFile, realPathOf } from '../files/user-file.js';
import { ancestors, installedPackage, isInstalled, splitPackage } from './installed-package.js';
import {
  type PackageManifest,
  readPackageManifest,
  resolveExport,
  resolvePackageImport,
} from './package-target.js';
import type { ProjectOptions } from './project-options.js';

/** What a specifier in a user's module means. */
export type Resolution =
  /** A file of the user: part of the graph. */
  | { readonly kind: 'file'; readonly file: string }
  /** Left to Node, under this specifier. */
  | { readonly kind: 'external'; readonly specifier: string }
  /** A path to a file that does not exist. */
  | { readonly kind: 'unresolved'; readonly tried: readonly string[] }
  /** A package that is not installed; `tried` lists what tsconfig paths would have made of it. */
  | { readonly kind: 'missing-package'; readonly specifier: string; readonly tried: readonly string[] };

export type Resolver = (specifier: string, importer: string) => Resolution;

export interface ResolverOptions {
  /** Where the transformed modules stand, and hence from where Node resolves packages. */
  readonly cacheDirectory: string;
  readonly conditions: ReadonlySet<string>;
  readonly projectOptions: (directory: string) => ProjectOptions;
  readonly trace: ResolutionTrace;
}

/**
 * Resolves imports as if the source file itself were imported: relative paths, tsconfig paths, `#imports`, the
 * package's own name, and packages. A package keeps its bare name when the cache directory sees the same copy, else
 * it becomes the URL of the copy that the source sees: either way it is the instance everyone else gets.
 */
export function createResolver({
  cacheDirectory,
  conditions,
  projectOptions,
  trace,
}: ResolverOptions): Resolver {
  const manifests = new Map<string, PackageManifest | undefined>();

  return (specifier, importer) => {
    const directory = dirname(importer);
    if (/^\.{1,2}(?:[\\/]|$)/.test(specifier)) return userFile(joinKeepingSlash(directory, specifier));
    if (/^(?:[\\/]|[a-z]:[\\/])/i.test(specifier)) return userFile(resolve(specifier));
    if (specifier.startsWith('file:')) return userFile(fileURLToPath(specifier));
    if (/^[a-z][a-z\d+.-]*:/i.test(specifier) || isBuiltin(specifier)) return { kind: 'external', specifier };

    const mapped = projectOptions(directory)
      .matchPaths(specifier)
      .filter((path) => !isInstalled(path));
    for (const path of mapped) {
      const file = findUserFile(path, trace);
      if (file !== undefined) return { kind: 'file', file };
    }
    const tried = mapped.flatMap(fileCandidates);
    const own = packageScope(directory);
    if (specifier.startsWith('#')) return ownImport(specifier, own, tried);
    return packageFile(specifier, directory, own) ?? { kind: 'missing-package', specifier, tried };
  };

  function userFile(path: string): Resolution {
    const file = findUserFile(path, trace);
    return file === undefined ? { kind: 'unresolved', tried: fileCandidates(path) } : { kind: 'file', file };
  }

  /** A file named by a package.json: the user's own when it stands outside node_modules. */
  function targetFile(path: string): Resolution {
    if (!isInstalled(path)) return userFile(path);
    return { kind: 'external', specifier: pathToFileURL(realPathOf(path)).href };
  }

  function ownImport(specifier: string, own: PackageManifest | undefined, tried: string[]): Resolution {
    const target = own && resolvePackageImport(own, specifier, conditions);
    if (target === undefined) return { kind: 'unresolved', tried };
    if ('file' in target) return targetFile(target.file);
    if (isBuiltin(target.specifier)) return { kind: 'external', specifier: target.specifier };
    return (
      packageFile(target.specifier, own!.directory, own) ?? {
        kind: 'missing-package',
        specifier: target.specifier,
        tried,
      }
    );
  }

  function packageFile(
    specifier: string,
    directory: string,
    own: PackageManifest | undefined,
  ): Resolution | undefined {
    const [name, subpath] = splitPackage(specifier);
    if (own?.name === name && own.exports !== undefined) {
      const path = resolveExport(own, subpath, conditions);
      return path === undefined ? { kind: 'unresolved', tried: [] } : targetFile(path);
    }
    const seen = installedPackage(name, directory, trace);
    if (seen === undefined) return undefined;
    const seenFromCache = installedPackage(name, cacheDirectory);
    if (seenFromCache !== undefined && realPathOf(seenFromCache) === realPathOf(seen)) {
      return { kind: 'external', specifier };
    }
    const manifest = manifestOf(seen);
    const path = manifest && resolveExport(manifest, subpath, conditions);
    // Node says best why a package does not offer a path.
    if (path === undefined) return { kind: 'external', specifier };
    return { kind: 'external', specifier: pathToFileURL(realPathOf(path)).href };
  }

  function packageScope(directory: string): PackageManifest | undefined {
    for (const folder of ancestors(directory)) {
      const manifest = manifestOf(folder);
      if (manifest !== undefined) return manifest;
    }
    return undefined;
  }

  function manifestOf(directory: string): PackageManifest | undefined {
    if (manifests.has(directory)) return manifests.get(directory);
    const manifest = readPackageManifest(directory);
    const path = join(directory, 'package.json');
    if (isFile(path)) trace.inputs.add(path);
    else trace.absent.add(path);
    manifests.set(directory, manifest);
    return manifest;
  }
}

/** `join`, but `./folder/` keeps its slash: it can only mean a directory. */
function joinKeepingSlash(directory: string, specifier: string): string {
  const path = join(directory, specifier);
  return /(?:^|[\\/])\.{0,2}$/.test(specifier) && !path.endsWith(sep) ? path + sep : path;
}
