/** The questions of a manager that run nothing: pictures, checks, and what runs have left behind. */
import {
  aBoolean,
  aChoice,
  anything,
  aSignal,
  aText,
  FlowerPowerError,
  isFlowerPowerError,
  type OptionRules,
  type Problem,
  requireArgument,
  requireOptions,
} from '@flowerpower/core';
import type { UnfinishedWrite } from '@flowerpower/fs';
import type { ImportedModule } from '@flowerpower/modules';
import { absentFiles, type NamedFile } from '../check/absent-files.js';
import type { CheckOptions } from '../check/check-edges.js';
import { lookAtFiles } from '../check/look-at-files.js';
import { missingInputs } from '../check/missing-inputs.js';
import type { CheckReport, MissingInput } from '../check/report.js';
import type { CodeFolder } from '../modules/project-code.js';
import { plannedStart } from '../check/start-problems.js';
import type { DrawFormat, DrawPipelineOptions } from '../draw/draw-graph.js';
import { assignments, type Assignments } from '../configuration/assignments.js';
import { neededOfProject } from '../configuration/unset-values.js';
import { createMask } from '../secrets/mask.js';
import type { PipelineLoader } from './load-pipeline.js';
import { partModules, takenValues } from './taken-values.js';
import { aLoadedPipeline, definitionOf, type LoadedPipeline } from './loaded-pipeline.js';
import type { PipelineManagerParts } from './manager-parts.js';

export interface CheckPipelineOptions extends Pick<CheckOptions, 'signal'> {
  /** True for a pipeline that is given inputs when it is run: a missing one is a warning. Default false: a problem. */
  readonly allowOpenInputs?: boolean | undefined;
  /** Assignments as in `--set run.timeout=30`. */
  readonly set?: Assignments | undefined;
}

/** Whether a run would start. */
export interface StartReport {
  /** What keeps it from starting. */
  readonly problems: readonly Problem[];
  /** Inputs that it needs, and that nothing in the configuration gives. */
  readonly missing: readonly MissingInput[];
  /** Variables that are not set, whose values it needs unless it is given them. */
  readonly unset: readonly Problem[];
}

/** A directory in which a run writes, or died while it wrote. */
export interface UnfinishedOutputs {
  /** As its location is written in errors: `file:///…`, `s3://…`. */
  readonly dir: string;
  readonly writes: readonly UnfinishedWrite[];
}

/** What a project tells of its pipelines without running them. */
export interface LooksAtPipelines {
  /** The picture of a pipeline: text, or bytes for `png`. */
  draw<F extends DrawFormat>(
    name: string,
    format: F,
    options?: DrawPipelineOptions,
  ): Promise<F extends 'png' | 'pdf' ? Uint8Array : string>;
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
  /** Writes that have not finished in the directories of a pipeline's `io.save`. Runs nothing. */
  unfinished(name: string): Promise<UnfinishedOutputs[]>;
}

const formats = aChoice('text', 'mermaid', 'dot', 'svg', 'png', 'pdf', 'json');
const checkRules: OptionRules = { allowOpenInputs: aBoolean, signal: aSignal, set: assignments };
const drawRules: OptionRules = { color: aBoolean, width: anything };

export function looksAtPipelines(
  parts: Pick<PipelineManagerParts, 'boundary' | 'fs' | 'runner' | 'root' | 'opening' | 'unset'>,
  { load }: PipelineLoader,
): LooksAtPipelines {
  const { boundary, runner, root } = parts;

  const draw: LooksAtPipelines['draw'] = async (name, format, options = {}) => {
    requireArgument('The format', formats, format);
    requireOptions(options, drawRules, 'draw');
    const { graph, outputs } = await load(name);
    const { drawGraph } = await import('../draw/draw-graph.js');
    return (await drawGraph(graph, format, { title: name, outputs, ...options })) as never;
  };

  return {
    draw,
    async saveDrawing(name, format, file) {
      requireArgument('The format', formats, format);
      requireArgument('The file', aText, file);
      const { pictureFile } = await import('../draw/picture-file.js');
      const target = pictureFile(parts, file);
      await target.write(await draw(name, format));
      return target.file;
    },
    async check(name, options = {}) {
      requireOptions(options, checkRules, 'check');
      const { allowOpenInputs = false, signal, set } = options;
      const { checkEdges } = await import('../check/check-edges.js');
      const pipeline = await load(name, { set });
      const definition = definitionOf(pipeline, root);
      const { graph, savers } = runner.build(definition);
      const files = filesOf(pipeline);
      const { placeOf } = pipeline.configuration;
      const looks = await lookAtFiles(pipeline.loaders, files, boundary, placeOf);
      const question = questionOf(pipeline);
      const start = plannedStart(runner, definition);
      const { code } = pipeline;
      const report = await checkEdges({
        ...question,
        loaders: [
          ...question.loaders.map((loader) => {
            const look = looks.found.get(loader.name);
            return look === undefined ? loader : { ...loader, type: look.valueType, columns: look.columns };
          }),
          ...takenValues(pipeline),
        ],
        parts: Object.keys(pipeline.parts),
        partModules: partModules(pipeline),
        // The values themselves: a masked one has another type.
        graph,
        savers: savers.map(({ target, node, type, valueType }) => ({
          name: target,
          node,
          format: type,
          type: valueType,
        })),
        placeOf,
        root: code.root,
        pipeline: pipeline.name,
        modules: [...pipeline.modules, ...Object.values(pipeline.schemaModules)].map((module) => ({
          ...module,
          file: module.path,
        })),
        isSecret: createMask(pipeline.configuration.environmentValues, [root]).hides,
        isUnknown: isStandIn(pipeline),
        warnings: [...unsetVariables(pipeline, parts), ...absentFiles(files, boundary), ...looks.warnings],
        requireInputs: !allowOpenInputs,
        start: [...start.problems, ...looks.problems],
        variants: start.variants,
        signal,
      }).catch((error: unknown) => failNamed(error, code));
      return code.named(report);
    },
    examine(pipeline) {
      requireArgument('The pipeline', aLoadedPipeline, pipeline);
      const { graph, inputs, loaders, outputs } = questionOf(pipeline);
      const given = [...Object.keys(inputs), ...loaders.map((each) => each.name)];
      const { problems, variants } = plannedStart(runner, definitionOf(pipeline, root));
      return {
        problems,
        missing: missingInputs({ graph, given, outputs, variants }),
        unset: unsetVariables(pipeline, parts),
      };
    },
    async unfinished(name) {
      const { savers } = runner.build(definitionOf(await load(name), root));
      const found: UnfinishedOutputs[] = [];
      for (const { fs, path, recursive } of runner.directoriesOf(
        savers.flatMap(({ path, storageOptions }) => (path === undefined ? [] : [{ path, storageOptions }])),
      )) {
        const writes: UnfinishedWrite[] = [];
        for await (const write of fs.listUnfinished(path, { recursive })) writes.push(write);
        if (writes.length > 0) found.push({ dir: fs.uri(path), writes });
      }
      return found;
    },
  };
}

/** An error of a project that lies elsewhere names its files by their URIs. */
function failNamed(error: unknown, { named }: CodeFolder): never {
  if (!isFlowerPowerError(error)) throw error;
  const { code, message, hint, places, problems, context, cause } = error;
  throw new FlowerPowerError({ ...named({ code, message, hint, places, problems, context }), cause });
}

/** The files that loaders read, without those whose names are not known and those that the pipeline writes itself. */
function filesOf({ loaders, configuration }: LoadedPipeline): NamedFile[] {
  const { unset, value, placeOf } = configuration;
  const written = new Set(Object.values(value.io.save).map((entry) => entry['path']));
  return loaders.flatMap(({ target, path }): NamedFile[] => {
    const keys = ['io', 'load', target, 'path'];
    const isKnown = !unset.some((each) => keys.slice(0, 3).every((key, index) => each.path[index] === key));
    return path === undefined || !isKnown || written.has(path)
      ? []
      : [{ target, path, place: placeOf(keys) }];
  });
}

/** Its own, and those of the filesystems that its files are on. */
function unsetVariables(
  { configuration: { unset, value } }: LoadedPipeline,
  { opening, unset: ofProject }: Pick<PipelineManagerParts, 'opening' | 'unset'>,
): Problem[] {
  const entries = [...Object.values(value.io.load), ...Object.values(value.io.save)];
  const uris = entries.map(({ path }) => (typeof path === 'string' ? path.toLowerCase() : ''));
  const used = opening.unsetStorage.filter(({ scheme }) =>
    uris.some((uri) => uri.startsWith(`${scheme}://`)),
  );
  return [...[...unset, ...used].flatMap(({ problems }) => problems), ...neededOfProject(ofProject)];
}

/** True for texts that stand in for what variables would give, which may be of any type. */
function isStandIn({ configuration }: LoadedPipeline): (value: unknown) => boolean {
  const standIns = new Set<unknown>(configuration.unset.flatMap(({ standIn }) => standIn ?? []));
  return (value) => standIns.has(value);
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
      // Whatever module it comes from, it was imported for this pipeline.
      schema: schema && { module: (schema.module as ImportedModule).name, exportName: schema.exportName },
    })),
    // Savers come along, with what they save.
    outputs: [...outputs, ...Object.keys(io.save)],
  };
}
