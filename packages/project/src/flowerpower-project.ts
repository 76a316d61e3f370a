import type { AsyncLocalStorage } from 'node:async_hooks';
import type { Assignment, Environment, EnvironmentValue, ProjectConfig } from '@flowerpower/config';
import {
  aBoolean,
  aFunction,
  aListOf,
  aNameList,
  aRecord,
  anything,
  aText,
  isRecord,
  type OptionRules,
  type Problem,
  required,
  requireArgument,
  requireOptions,
  withMethods,
} from '@flowerpower/core';
import { type FileSystem, workingFolder } from '@flowerpower/fs';
import type { AroundImport } from '@flowerpower/modules';
import { createRegistry, type Plugin, type RegisteredStorage } from '@flowerpower/plugin';
import {
  createPipelineRunner,
  type Logger,
  type LogLevel,
  type PipelinePlan,
  type NodeScope,
  type RunEventListener,
  type RunOverrides,
  type RunResult,
} from '@flowerpower/runtime';
import { readCatalog } from './catalog/read-catalog.js';
import { unsetStorageOf } from './configuration/unset-values.js';
import { readProjectConfig } from './configuration/read-configuration.js';
import type { ShowConfigurationOptions, ShownConfiguration } from './configuration/show-configuration.js';
import { readEnvironment } from './configuration/read-environment.js';
import { findProjectRoot } from './layout/find-project-root.js';
import { layoutOf, type ProjectLayout } from './layout/project-layout.js';
import { openHome, type ProjectHome } from './home/open-home.js';
import { projectBoundary } from './boundary/project-boundary.js';
import { createPipelineManager, type PipelineManager } from './pipeline-manager.js';
import type { OnMask } from './pipelines/manager-parts.js';
import type { PipelineOverrides } from './pipelines/pipeline-overrides.js';
import type { PipelineRuns } from './pipelines/run-in-order.js';
import type { PlanPipelineOptions } from './pipelines/run-pipeline.js';
import type { PluginsRequest } from './plugins/import-plugins.js';
import { createProjectRuns, type ProjectRuns } from './runs/project-runs.js';
import { runsFolder } from './runs/runs-folder.js';
import type { ResumedRun, ResumeOptions } from './pipelines/resume-run.js';
import { createMask } from './secrets/mask.js';
import { secretsInProject } from './secrets/secret-options.js';
import type { OutputName, PipelineName, ResultOf, RunOptionsOf } from './typegen/pipeline-types.js';
import type { ExportedSchemas, ExportSchemasOptions } from './schemas/export-schemas.js';
import { version } from './version.js';

export interface LoadProjectOptions {
  /** Apply `conf/env/<env>.yml`. Default: the variable `FP_ENV`. */
  readonly env?: string | undefined;
  /** Environment variables for `${…}` and `FP_…`. Default: those of the process. */
  readonly environment?: Environment | undefined;
  /**
   * Read variables that `environment` does not have from `.env.<env>` and `.env` in the project. They are for the
   * configuration; `process.env` is not changed. Default true.
   */
  readonly envFile?: boolean | undefined;
  /** Plugins besides those that `plugins:` in `conf/project.yml` names. */
  readonly plugins?: readonly Plugin[] | undefined;
  /**
   * Folders outside of the project that may be read and written, with everything below them, besides those that
   * `allowOutside:` in `conf/project.yml` names: relative to the project, or absolute.
   */
  readonly allowOutside?: readonly string[] | undefined;
  /**
   * Options of filesystems by URI scheme, in place of those of the same scheme in `conf/project.yml`. A project that lies
   * elsewhere is opened with them.
   */
  readonly storageOptions?: RegisteredStorage | undefined;
  /** Of a project that lies elsewhere, the filesystem of its bucket, in place of one that a plugin makes. Never closed here. */
  readonly fs?: FileSystem | undefined;
  /**
   * Given, for each configuration that is read, a function that replaces texts from the environment in a message by
   * their references, for whoever prints errors, events and logs: those of a run may hold such texts. A second one
   * replaces declared secrets only, for whoever prints outputs.
   */
  readonly onMask?: OnMask | undefined;
  /** Told what happens in every run. */
  readonly onEvent?: RunEventListener | undefined;
  /** How much is logged: `run.logLevel` of every pipeline, above files and variables. A call of `run` may say otherwise. */
  readonly logLevel?: LogLevel | undefined;
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

export interface CreateProjectOptions extends Pick<LoadProjectOptions, 'plugins' | 'storageOptions' | 'fs'> {
  /** The folder, or its URI, such as `s3://bucket/shop`; made if absent. */
  readonly dir: string;
  /** Default: the name of the folder. */
  readonly name?: string | undefined;
  /** Replace the configuration of a project that is already there. Default false. */
  readonly overwrite?: boolean | undefined;
}

const aFileSystem = withMethods('a filesystem', 'read', 'write', 'list');

const loadRules: OptionRules = {
  env: aText,
  environment: aRecord,
  envFile: aBoolean,
  plugins: aListOf('plugins', 'Write plugins: [plugin].'),
  storageOptions: aRecord,
  fs: aFileSystem,
  allowOutside: { ...aNameList, expected: 'a list of folders', hint: "Write ['../shared']." },
  onMask: aFunction,
  onEvent: aFunction,
  log: withMethods('a log, as createLogger makes it', 'sink', 'debug', 'info', 'warn', 'error'),
  logLevel: anything,
  aroundImport: aFunction,
  scope: withMethods('an AsyncLocalStorage', 'run', 'getStore'),
};

const newRules: OptionRules = {
  dir: required(aText),
  name: aText,
  overwrite: aBoolean,
  plugins: loadRules['plugins']!,
  storageOptions: aRecord,
  fs: aFileSystem,
};

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
  /** Absolute path of the project's folder, or its URI. */
  readonly root: string;
  readonly config: ProjectConfig;
  /** Things in the project configuration that are not errors but worth hearing of. */
  readonly warnings: readonly Problem[];
  readonly pipelineManager: PipelineManager;
  /** What was recorded of its runs. */
  readonly runs: ProjectRuns;
  readonly #exportSchemas: (options: ExportSchemasOptions) => Promise<ExportedSchemas>;
  readonly #showConfig: (
    pipeline: string | undefined,
    options: ShowConfigurationOptions,
  ) => Promise<ShownConfiguration>;
  readonly #close: () => Promise<void>;

  private constructor(
    parts: Pick<FlowerPowerProject, 'root' | 'config' | 'warnings' | 'pipelineManager' | 'runs'>,
    asks: {
      readonly exporting: (options: ExportSchemasOptions) => Promise<ExportedSchemas>;
      readonly showing: (
        pipeline: string | undefined,
        options: ShowConfigurationOptions,
      ) => Promise<ShownConfiguration>;
      readonly closing: () => Promise<void>;
    },
  ) {
    this.#exportSchemas = asks.exporting;
    this.#showConfig = asks.showing;
    this.root = parts.root;
    this.config = parts.config;
    this.warnings = parts.warnings;
    this.pipelineManager = parts.pipelineManager;
    this.runs = parts.runs;
    this.#close = asks.closing;
  }

  /**
   * Opens the project in a folder, of this machine or elsewhere: `s3://bucket/shop`. Without a folder it is the nearest project
   * at or above the working folder. Of a project elsewhere everything is
   * read from there, and relative paths stay there. Its code is copied to a folder of this machine, see the guide to object stores;
   * the plugin of the scheme is one of `plugins`, or is found beside the program.
   *
   * @throws (rejects) FlowerPowerError `FP_BAD_OPTION` for options of the wrong type or name; `FP_PROJECT_NOT_FOUND`; the
   *   `FP_CONFIG_…` codes; `FP_PROJECT_LAYOUT`; `FP_UNKNOWN_SCHEME`; `FP_PROJECT_UNREADABLE`; `FP_PROJECT_SYNC`; `FP_ENVIRONMENT_NAME`,
   *   `FP_UNKNOWN_ENVIRONMENT`; `FP_UNKNOWN_PLUGIN`;
   *   `FP_FS_OUTSIDE_ROOT` and `FP_FS_INVALID_PATH` for locations in the project's configuration, or
   *   `FP_PROJECT_LOCATIONS` for several; `FP_FILE_SYSTEMS` and what else is wrong with `fileSystems`.
   */
  static load(options: LoadProjectOptions & { readonly dir?: string }): Promise<FlowerPowerProject>;
  static load(dir?: string, options?: LoadProjectOptions): Promise<FlowerPowerProject>;
  static async load(
    at?: string | (LoadProjectOptions & { readonly dir?: string }),
    more: LoadProjectOptions = {},
  ): Promise<FlowerPowerProject> {
    const { dir: given, ...options }: LoadProjectOptions & { readonly dir?: unknown } = isRecord(at)
      ? at
      : { dir: at };
    if (!isRecord(at)) {
      requireOptions(more, loadRules, 'FlowerPowerProject.load');
      Object.assign(options, more);
    }
    if (given !== undefined) requireArgument('The folder', aText, given, 'FlowerPowerProject.load');
    requireOptions(options, loadRules, 'FlowerPowerProject.load');
    const environment = options.environment ?? process.env;
    const layout = layoutOf(environment);
    const dir = (given as string | undefined) ?? findProjectRoot(workingFolder(), environment);
    const home = await openHome(dir, { ...options, environment, layout });
    try {
      return await FlowerPowerProject.#open(home, { ...options, environment, layout });
    } catch (error) {
      await home.close();
      throw error;
    }
  }

  static async #open(
    home: ProjectHome,
    options: LoadProjectOptions & { readonly environment: Environment; readonly layout: ProjectLayout },
  ): Promise<FlowerPowerProject> {
    const { fs, root } = home;
    const { layout, onEvent, log, scope, onMask, aroundImport } = options;
    const environmentOf = (files: FileSystem) =>
      readEnvironment(files, {
        environment: options.environment,
        env: options.env,
        useFiles: options.envFile ?? true,
      });
    const { environment, env, variablePlaces, ...read } = await environmentOf(fs);
    const sources = {
      fs,
      environment,
      variablePlaces,
      env,
      layout,
      settings: settingsOf(options),
    };
    const configuration = await readProjectConfig(sources, await readCatalog(fs, sources));
    const { value: config } = configuration;
    const warnings = [...read.warnings, ...configuration.warnings];
    const boundary = projectBoundary(home.place, configuration, {
      layout,
      given: options.allowOutside ?? [],
    });
    const maskOf = (values: readonly EnvironmentValue[]) => {
      const mask = createMask(values, [root]);
      onMask?.(mask.text, mask.secrets);
    };
    maskOf(configuration.environmentValues);
    const code = home.code(boundary);
    const named = await loadNamedPlugins({
      code,
      specifiers: config.plugins,
      placeOf: (index) => configuration.placeOf(['plugins', String(index)]),
    });
    const plugins = home.withOwnPlugin(named, options.plugins ?? []);
    const registry = createRegistry(plugins);
    const secrets = secretsInProject(config, registry);
    if (secrets.length > 0) maskOf(secrets);
    const environmentValues = [...configuration.environmentValues, ...secrets];
    const storageOptions = { ...config.storageOptions, ...options.storageOptions };
    const unsetStorage = unsetStorageOf(configuration, options.storageOptions);
    const placeOfStorage = (scheme: string) => configuration.placeOf(['storageOptions', scheme]);
    const files = {
      fs,
      boundary,
      storageOptions,
      placeOfStorage,
      unsetStorage,
      locations: config.fileSystems,
      placeOfLocation: (name: string) => configuration.placeOf(['fileSystems', name]),
    };
    const { store, runs } = createProjectRuns({
      ...config.runs,
      dir: runsFolder(configuration, boundary, home.runsFolder),
    });
    const runner = createPipelineRunner({
      registry,
      recording: { store, env },
      ...files,
      onEvent,
      log,
      scope,
      adapter: config.adapter,
      project: { name: config.name, env },
    });
    const opening = { plugins, storageOptions, unsetStorage };
    const parts = {
      ...sources,
      unset: configuration.unset,
      environmentValues,
      registry,
      root,
      boundary,
      code,
      hooksDir: config.hooksDir,
      pluginNames: config.plugins,
      runner,
      readEnvironment: environmentOf,
      processEnvironment: options.environment,
      runs,
      opening,
      onMask,
      aroundImport,
    };
    const pipelineManager = createPipelineManager(parts);
    const exporting = async (request: ExportSchemasOptions) => {
      const { exportSchemas } = await import('./schemas/export-schemas.js');
      return exportSchemas({ boundary, fs, root }, { registry, pipelines: pipelineManager }, request);
    };
    const showing = async (pipeline: string | undefined, options: ShowConfigurationOptions) => {
      const { showConfiguration } = await import('./configuration/show-configuration.js');
      return showConfiguration(parts, pipeline, options);
    };
    const closing = async () => {
      await runner.close();
      await home.close();
    };
    const asks = { exporting, showing, closing };
    return new FlowerPowerProject({ root, config, warnings, pipelineManager, runs }, asks);
  }

  /** Makes a folder a project and opens it. @throws (rejects) FlowerPowerError `FP_PROJECT_EXISTS`, `FP_BAD_OPTION`. */
  static async new(options: CreateProjectOptions): Promise<FlowerPowerProject> {
    requireOptions(options, newRules, 'FlowerPowerProject.new');
    const { newProject } = await import('./create/new-project.js');
    const { root } = await newProject({ ...options, version: version() });
    const { plugins, storageOptions, fs } = options;
    return FlowerPowerProject.load(root, { plugins, storageOptions, fs });
  }

  get name(): string {
    return this.config.name;
  }

  /**
   * Runs a pipeline; see {@link PipelineManager.run}. Once `flowerpower typegen` has written the types of the project, names, inputs
   * and outputs are checked by the compiler; `pipelineManager.run` takes any text.
   */
  run<const Name extends PipelineName, const Output extends OutputName<Name> = never>(
    name: Name,
    overrides?: RunOptionsOf<Name, Output>,
  ): Promise<ResultOf<Name, Output>> {
    return this.pipelineManager.run(name, overrides as PipelineOverrides) as Promise<ResultOf<Name, Output>>;
  }

  /** Runs several pipelines, or `'all'` of them, in the order in which they need each other; see {@link PipelineManager.runMany}. */
  runMany(names: readonly string[] | 'all', overrides?: PipelineOverrides): Promise<PipelineRuns> {
    return this.pipelineManager.runMany(names, overrides);
  }

  /** Says what a run would do, without doing it; see {@link PipelineManager.plan}. */
  plan(name: string, overrides?: PipelineOverrides, options?: PlanPipelineOptions): Promise<PipelinePlan> {
    return this.pipelineManager.plan(name, overrides, options);
  }

  /** Runs a loaded pipeline of synchronous nodes; see {@link PipelineManager.runSync}. */
  runSync(name: string, overrides?: RunOverrides): RunResult {
    return this.pipelineManager.runSync(name, overrides);
  }

  /** Runs what a run that ended badly has not done; see {@link PipelineManager.resume}. */
  resume(run = 'last', options?: ResumeOptions): Promise<ResumedRun> {
    return this.pipelineManager.resume(run, options);
  }

  /**
   * Writes JSON Schemas (draft-07) of the configuration files, with the formats and schemes of the project's plugins:
   * `project.json`, `pipeline.json`, `environment.json`, and `pipelines/<name>.json` with the names of the nodes of each
   * pipeline. They are what editors complete from. Pipelines are imported, and do not run.
   *
   * @throws (rejects) FileSystemError `FP_FS_OUTSIDE_ROOT`, `FP_FS_INVALID_PATH`, `FP_FS_PROTECTED`.
   */
  exportSchemas(options: ExportSchemasOptions = {}): Promise<ExportedSchemas> {
    requireOptions(options, { dir: aText, pipelines: aNameList }, 'exportSchemas');
    return this.#exportSchemas(options);
  }

  /**
   * The configuration of a pipeline, or of the project where none is named, with where each value comes from. Nothing is
   * imported or run; secrets, and what comes from the environment, are shown as references.
   *
   * @throws (rejects) FlowerPowerError `FP_UNKNOWN_PIPELINE`; the `FP_CONFIG_…` codes, but for variables that are not set.
   *
   * @example
   * ```ts
   * const project = await FlowerPowerProject.load('examples/hello-world');
   * const { values } = await project.showConfig('hello_world', { set: ['run.timeout=30'] });
   * values.find(({ path }) => path.join('.') === 'run.timeout'); // { winner: { value: 30, layer: 'set', place: '--set run.timeout' }, … }
   * ```
   */
  showConfig(pipeline?: string, options: ShowConfigurationOptions = {}): Promise<ShownConfiguration> {
    return this.#showConfig(pipeline, options);
  }

  /** Releases what the project opened. It must not be used afterwards. */
  close(): Promise<void> {
    return this.#close();
  }

  /** For `await using project = …`: closes it where the block ends. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function settingsOf({ logLevel }: LoadProjectOptions): Assignment[] {
  if (logLevel === undefined) return [];
  return [{ path: 'run.logLevel', flag: 'logLevel of FlowerPowerProject.load', value: logLevel }];
}

async function loadNamedPlugins(request: PluginsRequest): Promise<Plugin[]> {
  if (request.specifiers.length === 0) return [];
  const { importPlugins } = await import('./plugins/import-plugins.js');
  return importPlugins(request);
}
