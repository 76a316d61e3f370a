/** Coordinates what a project does with its pipelines. Each part is a file of its own. */
import {
  type Assignment,
  type Overrides,
  type PipelineConfig,
  pipelineKey,
  type Resolved,
  type RunConfig,
  runOptionList,
} from '@flowerpower/config';
import { FlowerPowerError, type Graph, type Problem } from '@flowerpower/core';
import type { Boundary, FileSystem, UnfinishedWrite } from '@flowerpower/fs';
import type { ImportedModule, ModuleImporter } from '@flowerpower/modules';
import {
  defaultCacheDir,
  type FileCacheStore,
  type LoadNode,
  type PipelineDefinition,
  type PipelineRunner,
  type RunControl,
  type RunOutcome,
  type RunOverrides,
  type RunResult,
} from '@flowerpower/runtime';
import { findPipeline, type PipelineEntry, readCatalog, requireOwnNames } from './catalog/read-catalog.js';
import type { CheckOptions } from './check/check-edges.js';
import { missingInputs } from './check/missing-inputs.js';
import type { CheckReport, MissingInput } from './check/report.js';
import { startProblems } from './check/start-problems.js';
import type { ConfigurationSources } from './configuration/read-configuration.js';
import { readPipelineConfig } from './configuration/read-configuration.js';
import type { NewPipeline, NewPipelineOptions } from './create/new-pipeline.js';
import type { DrawFormat, DrawPipelineOptions } from './draw/draw-graph.js';
import type { ProjectErrorCode } from './errors/catalogue.js';
import { importModules } from './modules/import-modules.js';
import { importSchemas } from './modules/import-schemas.js';
import { createMask } from './secrets/mask.js';

/** Settings of `run:` for one call; `inputs` and `outputs` belong to the run itself. */
type RunSettings = {
  readonly [Key in Exclude<keyof RunConfig, 'inputs' | 'finalVars'>]?: Overrides<RunConfig>[Key];
};

/** Settings of one call, above all files and variables, and what only code can give. */
export interface PipelineOverrides extends RunOverrides, RunSettings {
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Assignments as in `--set run.timeout=30`, and settings from flags. */
  readonly set?: readonly (string | Assignment)[] | undefined;
}

/** A pipeline that was read and imported; nothing of it has run. */
export interface LoadedPipeline {
  readonly name: string;
  readonly configuration: Resolved<PipelineConfig>;
  /** The additional modules first, its own last. */
  readonly modules: readonly ImportedModule[];
  /** Of the files that `io.load.x.schema` names, by file as it is written there. */
  readonly schemaModules: Readonly<Record<string, ImportedModule>>;
  /** The loaders of `io.load`, with the types of what they give. */
  readonly loaders: readonly LoadNode[];
  /** For looking at: values from the environment are replaced by their references, as `${DB_PASSWORD}`. */
  readonly graph: Graph;
  /** What a run computes when nothing else is asked for. */
  readonly outputs: readonly string[];
  readonly warnings: readonly Problem[];
}

export interface PipelineManager {
  /** Every pipeline that can be run, by name. @throws (rejects) `FP_PIPELINE_AMBIGUOUS` */
  list(): Promise<PipelineEntry[]>;
  /** Reads the configuration, imports the modules and builds the graph. Executes no node. */
  load(name: string, overrides?: PipelineOverrides): Promise<LoadedPipeline>;
  /**
   * Runs a pipeline, by name or as it was loaded; of a loaded one only what belongs to a run can be overridden.
   *
   * @throws (rejects) the error of the fault, with its class: NodeExecutionError for a node, FlowerPowerError
   *   with the code of whatever was wrong before a node ran.
   */
  run(pipeline: string, overrides?: PipelineOverrides): Promise<RunResult>;
  run(pipeline: LoadedPipeline, overrides?: RunOverrides): Promise<RunResult>;
  /**
   * As `run` for a loaded pipeline, and gives what there is also when the run fails: what became of each node, the
   * outputs that were computed, what was saved.
   */
  settle(
    pipeline: LoadedPipeline,
    overrides?: RunOverrides,
    onControl?: (control: RunControl) => void,
  ): Promise<RunOutcome>;
  /** As `run`, for a pipeline of synchronous nodes that was loaded before. @throws `FP_PIPELINE_NOT_LOADED`. */
  runSync(name: string, overrides?: RunOverrides): RunResult;
  /** Adds a pipeline that runs as it is. */
  create(name: string, options?: NewPipelineOptions): Promise<NewPipeline>;
  /** The picture of a pipeline: text, or bytes for `png`. */
  draw<F extends DrawFormat>(
    name: string,
    format: F,
    options?: DrawPipelineOptions,
  ): Promise<F extends 'png' ? Uint8Array : string>;
  /**
   * Draws a pipeline into a file, in one step, and gives the real path of the file.
   *
   * @param file - relative to the project, or absolute.
   * @throws (rejects) `FP_FS_OUTSIDE_ROOT` or `FP_FS_INVALID_PATH` for a file that may not be written, before anything
   *   of the pipeline is read.
   */
  saveDrawing(name: string, format: DrawFormat, file: string): Promise<string>;
  /**
   * Checks whether a run would start, and the types from node to node with the project's own TypeScript compiler. What
   * passes starts, given the inputs that `openInputs` names.
   */
  check(name: string, options?: CheckPipelineOptions): Promise<CheckReport>;
  /** Whether a run of a loaded pipeline would start. The part of `check` that needs no compiler. */
  examine(pipeline: LoadedPipeline): StartReport;
  /** The caches that the pipelines of the project use, or would use. Opens none. */
  caches(): Promise<ProjectCache[]>;
  /** Writes that have not finished in the directories of a pipeline's `io.save`. Runs nothing. */
  unfinished(name: string): Promise<UnfinishedOutputs[]>;
}

export interface CheckPipelineOptions extends Pick<CheckOptions, 'signal'> {
  /** True for a pipeline that is given inputs when it is run: a missing one is a warning. Default false: a problem. */
  readonly allowOpenInputs?: boolean | undefined;
}

/** Whether a run would start. */
export interface StartReport {
  /** What keeps it from starting. */
  readonly problems: readonly Problem[];
  /** Inputs that it needs, and that nothing in the configuration gives. */
  readonly missing: readonly MissingInput[];
}

/** A directory in which a run writes, or died while it wrote. */
export interface UnfinishedOutputs {
  /** As its location is written in errors: `file:///…`, `s3://…`. */
  readonly dir: string;
  readonly writes: readonly UnfinishedWrite[];
}

/** A directory in which values of nodes are kept. */
export interface ProjectCache {
  /** As configured: relative to the project, or a URI. */
  readonly dir: string;
  /** The pipelines whose cache is here and switched on. */
  readonly pipelines: readonly string[];
  readonly store: FileCacheStore;
}

export interface PipelineManagerParts extends ConfigurationSources {
  readonly root: string;
  readonly fs: FileSystem;
  /** Which locations may be used. */
  readonly boundary: Boundary;
  readonly importer: ModuleImporter;
  readonly runner: PipelineRunner;
  readonly onMask: ((mask: (message: string) => string) => void) | undefined;
}

export function createPipelineManager(parts: PipelineManagerParts): PipelineManager {
  const { fs, boundary, importer, runner } = parts;
  const loaded = new Map<string, LoadedPipeline>();
  const catalog = () => readCatalog(fs, parts.environment);

  const load = async (name: string, overrides: PipelineOverrides = {}): Promise<LoadedPipeline> => {
    const entry = findPipeline(await catalog(), name, fs);
    const configuration = await readPipelineConfig(parts, {
      entry,
      set: overrides.set,
      overrides: configOverrides(overrides),
    });
    const { run } = configuration.value;
    const mask = createMask(configuration.environmentValues, parts.root);
    parts.onMask?.(mask.text);
    const modules = await importModules(
      { fs, boundary, importer },
      {
        entry,
        additional: run.additionalModules,
        placeOf: (index) => configuration.placeOf(['run', 'additionalModules', String(index)]),
        reload: run.reload,
      },
    );
    const schemaModules = await importSchemas(
      { boundary, importer },
      {
        load: configuration.value.io.load,
        placeOf: (target) => configuration.placeOf(['io', 'load', target, 'schema']),
        reload: run.reload,
      },
    );
    const { graph, outputs, loaders } = runner.build({
      ...configuration.value,
      modules,
      schemaModules,
      placeOf: configuration.placeOf,
    });
    const pipeline = {
      name: configuration.value.name,
      configuration,
      modules,
      schemaModules,
      loaders,
      graph: mask.graph(graph),
      outputs,
      warnings: configuration.warnings,
    };
    loaded.set(pipelineKey(name), pipeline);
    return pipeline;
  };

  const draw: PipelineManager['draw'] = async (name, format, options = {}) => {
    const { graph, outputs } = await load(name);
    const { drawGraph } = await import('./draw/draw-graph.js');
    return (await drawGraph(graph, format, { title: name, outputs, ...options })) as never;
  };

  return {
    list: async () =>
      requireOwnNames(await catalog(), fs).map(({ name, file, configured }) => ({ name, file, configured })),
    load,
    async run(pipeline, overrides = {}) {
      const loadedPipeline = typeof pipeline === 'string' ? await load(pipeline, overrides) : pipeline;
      return runner.run(definitionOf(loadedPipeline, parts.root), overrides);
    },
    settle: (pipeline, overrides = {}, onControl) =>
      runner.settle(definitionOf(pipeline, parts.root), overrides, onControl),
    runSync(name, overrides = {}) {
      const pipeline = loaded.get(pipelineKey(name));
      if (pipeline === undefined) throw notLoaded(name);
      return runner.runSync(definitionOf(pipeline, parts.root), overrides);
    },
    async create(name, options) {
      const { newPipeline } = await import('./create/new-pipeline.js');
      return newPipeline(fs, name, await catalog(), options);
    },
    draw,
    async saveDrawing(name, format, file) {
      const { pictureFile } = await import('./draw/picture-file.js');
      const target = pictureFile(boundary, parts.root, file);
      await target.write(await draw(name, format));
      return target.file;
    },
    async check(name, { allowOpenInputs = false, signal } = {}) {
      const { checkEdges } = await import('./check/check-edges.js');
      const pipeline = await load(name);
      return checkEdges({
        ...questionOf(pipeline),
        // The values themselves: a masked one has another type.
        graph: runner.build(definitionOf(pipeline, parts.root)).graph,
        root: parts.root,
        pipeline: pipeline.name,
        modules: [...pipeline.modules, ...Object.values(pipeline.schemaModules)],
        isSecret: createMask(pipeline.configuration.environmentValues, parts.root).hides,
        requireInputs: !allowOpenInputs,
        start: startProblems(runner, definitionOf(pipeline, parts.root)),
        signal,
      });
    },
    examine(pipeline) {
      const { graph, inputs, loaders, outputs } = questionOf(pipeline);
      return {
        problems: startProblems(runner, definitionOf(pipeline, parts.root)),
        missing: missingInputs({
          graph,
          given: [...Object.keys(inputs), ...loaders.map((each) => each.name)],
          outputs,
        }),
      };
    },
    async unfinished(name) {
      const { savers } = runner.build(definitionOf(await load(name), parts.root));
      const found: UnfinishedOutputs[] = [];
      for (const { fs, path } of runner.directoriesOf(savers.flatMap((saver) => saver.path ?? []))) {
        const writes: UnfinishedWrite[] = [];
        for await (const write of fs.listUnfinished(path)) writes.push(write);
        if (writes.length > 0) found.push({ dir: fs.uri(path), writes });
      }
      return found;
    },
    async caches() {
      const found = new Map<string, { pipelines: string[]; store: FileCacheStore }>();
      for (const entry of await catalog()) {
        const { name } = entry;
        const { cache } = (await readPipelineConfig(parts, { entry })).value.run;
        const dir = cache.dir ?? defaultCacheDir;
        const known = found.get(dir) ?? { pipelines: [], store: runner.cacheStore(cache) };
        if (cache.enabled) known.pipelines.push(name);
        found.set(dir, known);
      }
      return [...found].map(([dir, cache]) => ({ dir, ...cache }));
    },
  };
}

function definitionOf(
  { configuration, modules, schemaModules }: LoadedPipeline,
  root: string,
): PipelineDefinition {
  const { value, environmentValues } = configuration;
  return {
    ...value,
    modules,
    schemaModules,
    placeOf: configuration.placeOf,
    ...(environmentValues.length > 0 && { mask: createMask(environmentValues, root).text }),
  };
}

/** What is asked about a pipeline: its graph, what is given to it, and what it computes. */
function questionOf({ graph, outputs, loaders, configuration }: LoadedPipeline) {
  const { params, run, io } = configuration.value;
  return {
    graph,
    inputs: { ...params, ...run.config, ...run.inputs },
    loaders: loaders.map(({ target, valueType, schema }) => ({
      name: target,
      type: valueType,
      schema: schema && { module: (schema.module as ImportedModule).name, exportName: schema.exportName },
    })),
    // Savers come along, with what they save.
    outputs: [...outputs, ...Object.keys(io.save)],
  };
}

/** The part of a call's overrides that is configuration. Inputs are configuration too: `run.inputs`. */
function configOverrides({ params, ...overrides }: PipelineOverrides): Overrides<PipelineConfig> {
  const run = Object.fromEntries(Object.entries(overrides).filter(([key]) => isRunSetting(key)));
  return { run, ...(params && { params }) };
}

function isRunSetting(key: string): boolean {
  const isOfTheRun = key === 'inputs' || key === 'finalVars';
  return !isOfTheRun && runOptionList.some(({ path }) => path.split('.')[1] === key);
}

function notLoaded(name: string): FlowerPowerError {
  const code: ProjectErrorCode = 'FP_PIPELINE_NOT_LOADED';
  return new FlowerPowerError({
    code,
    message: `The pipeline '${name}' is not loaded; importing its modules takes a promise.`,
    hint: `First: await project.pipelineManager.load('${name}').`,
  });
}
