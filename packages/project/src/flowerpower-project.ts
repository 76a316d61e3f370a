import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Environment, ProjectConfig } from '@flowerpower/config';
import {
  aBoolean,
  aFunction,
  aListOf,
  aNameList,
  aRecord,
  aText,
  type OptionRules,
  type Problem,
  required,
  requireArgument,
  requireOptions,
  withMethods,
} from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { type AroundImport, createModuleImporter } from '@flowerpower/modules';
import { createRegistry, type Plugin, type RegisteredStorage } from '@flowerpower/plugin';
import {
  createPipelineRunner,
  type Logger,
  type NodeScope,
  type RunEventListener,
  type RunOverrides,
  type RunResult,
} from '@flowerpower/runtime';
import { readCatalog } from './catalog/read-catalog.js';
import { readProjectConfig } from './configuration/read-configuration.js';
import { requireProject } from './layout/find-project-root.js';
import { projectBoundary } from './boundary/project-boundary.js';
import { createPipelineManager, type PipelineManager } from './pipeline-manager.js';
import type { PipelineOverrides } from './pipelines/pipeline-overrides.js';
import type { PluginsRequest } from './plugins/import-plugins.js';
import { createMask } from './secrets/mask.js';
import { version } from './version.js';

export interface LoadProjectOptions {
  /** Apply `conf/env/<env>.yml`. Default: the variable `FP_ENV`. */
  readonly env?: string | undefined;
  /** Environment variables for `${…}` and `FP_…`. Default: those of the process. */
  readonly environment?: Environment | undefined;
  /** Plugins besides those that `plugins:` in `conf/project.yml` names. */
  readonly plugins?: readonly Plugin[] | undefined;
  /**
   * Folders outside of the project that may be read and written, with everything below them, besides those that
   * `allowOutside:` in `conf/project.yml` names: relative to the project, or absolute.
   */
  readonly allowOutside?: readonly string[] | undefined;
  /** Options of filesystems by URI scheme, in place of those of the same scheme in `conf/project.yml`. */
  readonly storageOptions?: RegisteredStorage | undefined;
  /**
   * Given, for each configuration that is read, a function that replaces texts from the environment in a message by
   * their references. For whoever prints errors, events and logs: those of a run may hold such texts.
   */
  readonly onMask?: ((mask: (message: string) => string) => void) | undefined;
  /** Told what happens in every run. */
  readonly onEvent?: RunEventListener | undefined;
  /** Where nodes and runs log. Default: text on standard error. */
  readonly log?: Logger | undefined;
  /** Says which node of which run the running code belongs to, for who wants to attribute what it does. */
  readonly scope?: AsyncLocalStorage<NodeScope> | undefined;
  /**
   * Called in place of evaluating a module, with its file; gives what `load` gives. For who wants to attribute what the
   * module does while it is imported.
   */
  readonly aroundImport?: AroundImport | undefined;
}

export interface CreateProjectOptions {
  /** The folder; made if absent. */
  readonly dir: string;
  /** Default: the name of the folder. */
  readonly name?: string | undefined;
  /** Replace the configuration of a project that is already there. Default false. */
  readonly overwrite?: boolean | undefined;
}

const loadRules: OptionRules = {
  env: aText,
  environment: aRecord,
  plugins: aListOf('plugins', 'Write plugins: [plugin].'),
  storageOptions: aRecord,
  allowOutside: { ...aNameList, expected: 'a list of folders', hint: "Write ['../shared']." },
  onMask: aFunction,
  onEvent: aFunction,
  log: withMethods('a log, as createLogger makes it', 'sink', 'debug', 'info', 'warn', 'error'),
  aroundImport: aFunction,
  scope: withMethods('an AsyncLocalStorage', 'run', 'getStore'),
};

const newRules: OptionRules = { dir: required(aText), name: aText, overwrite: aBoolean };

/**
 * A project: pipelines, their configuration and what runs them. Thin; the work is in `pipelineManager`.
 *
 * @example
 * ```ts
 * import { FlowerPowerProject } from 'flowerpower';
 *
 * const project = await FlowerPowerProject.load('examples/hello-world');
 * const { outputs } = await project.run('hello_world');
 * await project.close();
 * ```
 */
export class FlowerPowerProject {
  /** Absolute path of the project's folder. */
  readonly root: string;
  readonly config: ProjectConfig;
  /** Things in the project configuration that are not errors but worth hearing of. */
  readonly warnings: readonly Problem[];
  readonly pipelineManager: PipelineManager;
  readonly #close: () => Promise<void>;

  private constructor(
    parts: Pick<FlowerPowerProject, 'root' | 'config' | 'warnings' | 'pipelineManager'>,
    close: () => Promise<void>,
  ) {
    this.root = parts.root;
    this.config = parts.config;
    this.warnings = parts.warnings;
    this.pipelineManager = parts.pipelineManager;
    this.#close = close;
  }

  /**
   * Opens the project in a folder.
   *
   * @throws (rejects) FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name; `FP_PROJECT_NOT_FOUND`; the
   *   `FP_CONFIG_…` codes; `FP_ENVIRONMENT_NAME`, `FP_UNKNOWN_ENVIRONMENT`; `FP_UNKNOWN_PLUGIN`;
   *   `FP_FS_OUTSIDE_ROOT` and `FP_FS_INVALID_PATH` for locations in the project's configuration, or
   *   `FP_PROJECT_LOCATIONS` for several; `FP_FILE_SYSTEMS` and what else is wrong with `fileSystems`.
   */
  static async load(dir = '.', options: LoadProjectOptions = {}): Promise<FlowerPowerProject> {
    requireArgument('The folder', aText, dir, 'FlowerPowerProject.load');
    requireOptions(options, loadRules, 'FlowerPowerProject.load');
    const root = requireProject(dir);
    const environment = options.environment ?? process.env;
    const env = options.env ?? (environment['FP_ENV'] || undefined);
    const fs = createLocalFileSystem({ root });
    const sources = { fs, environment, env };
    const configuration = await readProjectConfig(sources, await readCatalog(fs, environment));
    const { value: config, warnings } = configuration;
    const boundary = projectBoundary(root, configuration, options.allowOutside ?? []);
    options.onMask?.(createMask(configuration.environmentValues, [root]).text);
    const importer = createModuleImporter({ root });
    const named = await loadNamedPlugins({
      root,
      specifiers: config.plugins,
      boundary,
      importer,
      placeOf: (index) => configuration.placeOf(['plugins', String(index)]),
    });
    const registry = createRegistry([...named, ...(options.plugins ?? [])]);
    const { onEvent, log, scope } = options;
    const storageOptions = { ...config.storageOptions, ...options.storageOptions };
    const placeOfStorage = (scheme: string) => configuration.placeOf(['storageOptions', scheme]);
    const files = {
      fs,
      boundary,
      storageOptions,
      placeOfStorage,
      locations: config.fileSystems,
      placeOfLocation: (name: string) => configuration.placeOf(['fileSystems', name]),
    };
    const runner = createPipelineRunner({ registry, ...files, onEvent, log, scope });
    const { onMask, aroundImport } = options;
    const pipelineManager = createPipelineManager({
      ...sources,
      root,
      boundary,
      importer,
      runner,
      onMask,
      aroundImport,
    });
    return new FlowerPowerProject({ root, config, warnings, pipelineManager }, async () => {
      await runner.close();
      await fs.close();
    });
  }

  /** Makes a folder a project and opens it. @throws (rejects) FlowerPowerError `FP_PROJECT_EXISTS`, `FP_BAD_OPTION`. */
  static async new(options: CreateProjectOptions): Promise<FlowerPowerProject> {
    requireOptions(options, newRules, 'FlowerPowerProject.new');
    const { newProject } = await import('./create/new-project.js');
    const { root } = await newProject({ ...options, version: version() });
    return FlowerPowerProject.load(root);
  }

  get name(): string {
    return this.config.name;
  }

  /** Runs a pipeline; see {@link PipelineManager.run}. */
  run(name: string, overrides?: PipelineOverrides): Promise<RunResult> {
    return this.pipelineManager.run(name, overrides);
  }

  /** Runs a loaded pipeline of synchronous nodes; see {@link PipelineManager.runSync}. */
  runSync(name: string, overrides?: RunOverrides): RunResult {
    return this.pipelineManager.runSync(name, overrides);
  }

  /** Releases what the project opened. It must not be used afterwards. */
  close(): Promise<void> {
    return this.#close();
  }
}

async function loadNamedPlugins(request: PluginsRequest): Promise<Plugin[]> {
  if (request.specifiers.length === 0) return [];
  const { importPlugins } = await import('./plugins/import-plugins.js');
  return importPlugins(request);
}
