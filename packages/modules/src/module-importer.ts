import { extname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  aBoolean,
  aFunction,
  aText,
  type OptionRules,
  required,
  requireArgument,
  requireOptions,
  type DefinedModule,
  defineModule,
  type NodeSource,
} from '@flowerpower/core';
import { type CacheDirectory, cacheDirectories, isTrusted } from './cache/cache-directory.js';
import { checkManifest } from './cache/check-manifest.js';
import { type Manifest, manifestPath, readManifest } from './cache/manifest.js';
import { locateModule } from './files/locate-module.js';
import type { SourceText } from './files/source-text.js';
import { realPathOf } from './files/user-file.js';
import type { TransformMemo } from './graph/module-graph.js';
import { importOrStall } from './import-or-stall.js';
import { importConditions } from './resolve/conditions.js';

export interface ModuleImporterOptions {
  /** The project's directory. Module names and relative paths start here. */
  readonly root: string;
  /**
   * Where transformed modules are kept, absolute or relative to the root.
   * Default: `node_modules/.cache/flowerpower/modules` in the root; when that cannot be written, a directory of the
   * current user in the system's temporary directory.
   */
  readonly cacheDir?: string | undefined;
  /**
   * How to call a file, given its real path, in places, source maps and errors. For files that were copied here from
   * elsewhere: those that are called and read alike are one module, wherever their copies are. Default: its path.
   */
  readonly nameOf?: ((file: string) => string) | undefined;
}

export interface ImportOptions {
  /**
   * Looks whether the module or any file it imports changed since it was loaded. Default false: the module loaded
   * first is returned. Without a change the same module is returned.
   */
  readonly reload?: boolean | undefined;
  /**
   * Called in place of evaluating the module, with its file; gives what `load` gives, or rejects. For whoever wants to
   * know which import the running code belongs to, or how long it lasts. Not called for a module that is loaded, or being
   * loaded by another call.
   */
  readonly around?: AroundImport | undefined;
}

export type AroundImport = (file: string, load: () => Promise<object>) => Promise<object>;

const plainly: AroundImport = (_file, load) => load();

/** A user's module with its exports, the facts of its source, and what it consists of. */
export interface ImportedModule extends DefinedModule<object> {
  /** Absolute path of the source, links resolved; or what `nameOf` calls it. */
  readonly file: string;
  /** Absolute path of the source, links resolved. */
  readonly path: string;
  /** What the source says about the exported functions, by export name. */
  readonly nodes: Readonly<Record<string, NodeSource>>;
  /** The user's files that the module consists of: itself first, then what it imports. Packages are not among them. */
  readonly closure: readonly string[];
  /** SHA-256 over paths (relative to the root) and contents of the closure: equal on every machine. */
  readonly hash: string;
}

export interface ModuleImporter {
  /**
   * Imports a module: `.ts`, `.mts`, `.js` or `.mjs`.
   *
   * Each file of a closure is transformed alone and imported by its own URL, so two modules that import the same file
   * share it, and after a change only that file and its importers are new; the others keep their instance. Packages
   * are left to Node. Old versions stay in memory (Node never frees a module), and a module that threw while it was
   * evaluated throws again until a file of its closure changes.
   *
   * A file counts as unchanged when size and both times (modified, changed) are as they were; a file that changed
   * less than two seconds before it was read is compared by content.
   *
   * Rejects with a FlowerPowerError whose code is a key of `moduleErrors`.
   *
   * @param file - absolute or relative to the root; the extension may be left out.
   */
  import(file: string, options?: ImportOptions): Promise<ImportedModule>;
}

interface Loaded {
  readonly url: string;
  readonly module: ImportedModule;
}

const rules: OptionRules = { root: required(aText), cacheDir: aText, nameOf: aFunction };
const importRules: OptionRules = { reload: aBoolean, around: aFunction };

/**
 * Creates an importer for the modules of one project. It needs no build step, no loader hooks and no global state,
 * with one exception: it switches on source maps in this thread (`process.setSourceMapsEnabled(true)`), so that
 * stack traces show lines of the TypeScript source. Workers create their own importer; all share the files on disk.
 *
 * @throws FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name.
 *
 * @example
 * ```ts
 * import { createModuleImporter } from '@flowerpower/modules';
 *
 * const importer = createModuleImporter({ root: process.cwd() });
 * const { name, exports, nodes } = await importer.import('pipelines/hello_world');
 * ```
 */
export function createModuleImporter(options: ModuleImporterOptions): ModuleImporter {
  requireOptions(options, rules, 'createModuleImporter');
  process.setSourceMapsEnabled(true);
  const projectRoot = realPathOf(resolve(options.root));
  const directories = cacheDirectories(
    projectRoot,
    options.cacheDir === undefined ? undefined : resolve(projectRoot, options.cacheDir),
  );
  const { nameOf = (path: string) => path } = options;
  const conditions = importConditions();
  const memo: TransformMemo = new Map();
  const located = new Map<string, string>();
  const loads = new Map<string, Promise<Loaded>>();

  return {
    async import(file, options = {}) {
      requireArgument('The file of a module', aText, file);
      requireOptions(options, importRules, 'import');
      const { reload = false, around = plainly } = options;
      const path = resolve(projectRoot, file);
      const source = (reload ? undefined : located.get(path)) ?? locateModule(path, file);
      located.set(path, source);
      const known = loads.get(source);
      if (known !== undefined && !reload) return (await known).module;
      // A reload waits for the load before it, whose failure belongs to whoever asked for it.
      const next =
        known === undefined
          ? refresh(source, around)
          : known.then(
              (loaded) => refresh(source, around, loaded),
              () => refresh(source, around),
            );
      loads.set(source, next);
      try {
        return (await next).module;
      } catch (error) {
        if (loads.get(source) === next) loads.delete(source);
        throw error;
      }
    },
  };

  async function refresh(source: string, around: AroundImport, before?: Loaded): Promise<Loaded> {
    const { manifest, cacheDirectory } = await prepare(source);
    const url = pathToFileURL(join(cacheDirectory, manifest.sources[0]!.output.name)).href;
    if (before?.url === url) return before;
    const isThenable = Object.hasOwn(manifest.nodes, 'then');
    const imported = await around(source, async () => {
      try {
        return await importOrStall(isThenable ? holding(url) : url, source);
      } catch (error) {
        const { importFailure } = await import('./cold-path.js');
        throw importFailure(error, manifest, { projectRoot, cacheDirectory, nameOf });
      }
    });
    const exports = isThenable ? (imported as { readonly inner: object }).inner : imported;
    const { nodes, hash, versions } = manifest;
    const module = defineModule({
      name: moduleName(source),
      exports,
      file: nameOf(source),
      nodes,
      codeVersion: hash,
      codeVersions: versions,
    });
    const closure = manifest.sources.map(({ path }) => path);
    return {
      url,
      module: Object.freeze({ ...module, file: nameOf(source), path: source, nodes, closure, hash }),
    };
  }

  /** The manifest of what to import now: the stored one when nothing changed, else a new one. */
  async function prepare(source: string): Promise<{ manifest: Manifest; cacheDirectory: string }> {
    for (const directory of directories) {
      const stored = await storedManifest(directory, source);
      if (stored !== undefined) return { manifest: stored, cacheDirectory: directory.path };
    }
    const { buildModule, storeInFirst } = await import('./cold-path.js');
    return storeInFirst(directories, async (cacheDirectory) => {
      const manifest = await buildModule(source, {
        projectRoot,
        cacheDirectory,
        conditions,
        memo,
        nameOf,
      });
      return { manifest, cacheDirectory };
    });
  }

  async function storedManifest(directory: CacheDirectory, source: string): Promise<Manifest | undefined> {
    if (!isTrusted(directory)) return undefined;
    const path = manifestPath(directory.path, projectRoot, source);
    const manifest = readManifest(path, source, [...conditions]);
    if (manifest === undefined) return undefined;
    const check = await checkManifest(manifest, directory.path, readOnDemand);
    if (check.state === 'stale') return undefined;
    if (check.state !== 'renewed') return manifest;
    const { renewManifest } = await import('./cold-path.js');
    renewManifest(path, check.manifest);
    return check.manifest;
  }

  function moduleName(source: string): string {
    const path = relative(projectRoot, source);
    return path
      .slice(0, path.length - extname(path).length)
      .split(sep)
      .join('/');
  }
}

/**
 * The URL of a module that exports another one as `inner`. A promise of a module with an export called `then` would call
 * it, so such a module is fetched inside of another.
 */
function holding(url: string): string {
  return `data:text/javascript,${encodeURIComponent(`export * as inner from ${JSON.stringify(url)};`)}`;
}

async function readOnDemand(path: string): Promise<SourceText> {
  const { readSourceText } = await import('./cold-path.js');
  return readSourceText(path);
}
