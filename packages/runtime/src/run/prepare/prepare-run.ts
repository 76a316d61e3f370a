/** From a built pipeline and the request of one run to what exactly will run. Runs nothing. */
import { boundedList, errorFromProblems, fanOutsAround } from '@flowerpower/core';
import type { ExecutionContext } from '../../context/build-execution-context.js';
import type { IoNode } from '../../context/bind-io.js';
import type { FileRef } from '../../context/file-systems.js';
import type { NamedPath } from '../../context/named-path.js';
import type { Slice } from '../../plan/slice-graph.js';
import { pathsInCode } from '../../pipeline/paths-in-code.js';
import type { BuiltPipeline } from '../../pipeline/build-pipeline.js';
import { defaultCacheDir } from '../../config/run-config.js';
import { placedProblems } from '../../config/placed-problems.js';
import { problemsOf, runtimeError } from '../../errors/runtime-error.js';
import { whyNotWrittenOver } from './why-not-written-over.js';
import { inputProblems } from '../../telemetry/adapter-checks.js';
import { advisedProblem } from './advised-problem.js';
import type { LookedAtData } from '../resume/look-at-data.js';
import { takeUp } from '../resume/take-up.js';
import type { ResumePlan } from '../resume/plan-resume.js';
import type { RunOverrides } from './run-overrides.js';

/** What a run would do. */
export interface RunPlan {
  /** Requested outputs, without savers. */
  readonly outputs: readonly string[];
  /** The savers that run, by their node name (`save.x`): those that come along, and those that are asked for. */
  readonly savers: readonly string[];
  /** Nodes to execute, in topological order. */
  readonly planned: readonly string[];
}

export interface PreparedRun extends RunPlan {
  readonly built: BuiltPipeline;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Values in place of nodes: those of the caller, and those of the run that is resumed. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** Those that the caller gave, now or to the run that is resumed. */
  readonly givenInputs: Readonly<Record<string, unknown>>;
  /** The same for values in place of nodes. */
  readonly given: Readonly<Record<string, unknown>>;
  /** The outputs that were asked for by name; undefined for those of the configuration. */
  readonly asked: readonly string[] | undefined;
  /** What is taken over from the run that is resumed. */
  readonly resumed: ResumePlan;
  /**
   * Outputs that are none but by being leaves, and that a saver reads: the engine is asked for the saver alone, because a
   * value that can be read once has no second reader to give.
   */
  readonly watched: ReadonlySet<string>;
  /** Files of the loaders and savers that run, and the folder of the cache. */
  readonly files: readonly FileRef[];
}

/**
 * @param slice - what the run is restricted to.
 * @param data - of a run that resumes: what became of the data that was loaded. Default: nobody knows.
 * @param checkPaths - judges the files that code names and only this run decides, and what all savers of it write.
 * @throws FlowerPowerError `FP_NOTHING_TO_RUN`; `FP_INVALID_PIPELINE` for such files, or the code of the only one;
 *   `FP_INVALID_EXECUTION` of the core or its parts.
 */
export function prepareRun(
  built: BuiltPipeline,
  request: RunOverrides,
  checkPaths: ExecutionContext['checkPaths'],
  slice?: Slice,
  data?: LookedAtData,
): PreparedRun {
  const { driver, loaders, savers: all } = built;
  const named = (request.outputs?.length ?? 0) > 0 ? request.outputs : request.resume?.from.header.outputs;
  const asked = slice?.requested ?? named;
  const explicit = asked !== undefined;
  const requested = asked ?? built.outputs;
  const outputs = requested.filter((name) => !built.savedAs.has(name));
  const now = { inputs: onlyGiven(request.inputs), overrides: request.overrides ?? {} };
  const taken = request.resume && takeUp(built, request.resume, now, data);
  const givenInputs = taken?.inputs ?? now.inputs;
  const inputs = { ...built.inputs, ...givenInputs };
  const given = taken?.given ?? { ...takenValues(slice), ...now.overrides };
  let overrides = given;

  const plan = (names: readonly string[]) =>
    placed(() => driver.plan(names, { inputs, overrides }).nodes, built, request);

  refuseInputs(built, inputs);
  const computed = explicit ? new Set(plan(requested)) : undefined;
  const along = all
    .filter(({ node, target }) => (computed?.has(target) ?? true) && (slice?.savers?.has(node) ?? true))
    .map(({ node }) => node);
  const wanted = [...new Set([...requested.filter((name) => built.savedAs.has(name)), ...along])];
  if (outputs.length === 0 && wanted.length === 0 && slice?.mayBeEmpty !== true) throw nothingToRun(built);
  const resumed = taken?.plan(outputs, wanted) ?? nothingTaken;
  overrides = { ...resumed.values, ...given };
  const savers = wanted.filter((name) => !resumed.written.includes(name));
  const planned = plan([...new Set([...outputs, ...savers])]);
  const runs = new Set(planned);
  const known = { ...built.definition.run.config, ...inputs, ...overrides };
  const inCode = pathsInCode(built.graph, known, (node) => runs.has(node));
  const { placeOf } = built.definition;
  const pathsOf = (kind: 'load' | 'save', entries: readonly IoNode[]) =>
    entries.flatMap(({ opener, target, path, storageOptions }): NamedPath[] =>
      runs.has(opener) && path !== undefined
        ? [
            {
              at: `io.${kind}.${target}`,
              path,
              storageOptions,
              place: placeOf?.(['io', kind, target, 'path']),
              node: opener,
              writes: kind === 'save',
            },
          ]
        : [],
    );
  const problems = checkPaths(
    [...pathsOf('save', all), ...pathsOf('load', loaders), ...inCode],
    whyNotWrittenOver(built, runs),
  );
  if (problems.length > 0) {
    const title = `The pipeline '${built.definition.name}' cannot run`;
    throw errorFromProblems(problems, { code: 'FP_INVALID_PIPELINE', title });
  }
  const files = [...loaders, ...all].flatMap(({ opener, path, storageOptions }): FileRef[] =>
    runs.has(opener) && path !== undefined ? [{ path, storageOptions }] : [],
  );
  files.push(...inCode);
  const { cache } = built.definition.run;
  if (cache?.enabled === true) files.push({ path: cache.dir ?? defaultCacheDir });
  const isImplied = !explicit && built.definition.run.finalVars.length === 0;
  const watched = isImplied ? savedLeaves(built, outputs, savers, overrides) : new Set<string>();
  return {
    built,
    outputs,
    savers,
    planned,
    inputs,
    overrides,
    givenInputs,
    given,
    asked,
    resumed,
    watched,
    files,
  };
}

const nothingTaken: ResumePlan = { values: {}, written: [], again: [], warnings: [] };
/** What the engine is asked for: the outputs that no saver hands on, and the savers. */
export function requestedNames({
  outputs,
  savers,
  watched,
}: Pick<PreparedRun, 'outputs' | 'savers' | 'watched'>): string[] {
  return [...new Set([...outputs.filter((name) => !watched.has(name)), ...savers])];
}

function takenValues(slice: Slice | undefined): Record<string, unknown> {
  return Object.fromEntries([...(slice?.taken ?? [])].map(([name, { value }]) => [name, value]));
}

/** @throws FlowerPowerError `FP_INVALID_EXECUTION` with everything that adapters have against them, or `FP_ADAPTER_REFUSAL`. */
function refuseInputs(
  { adapters, graph, definition }: BuiltPipeline,
  inputs: Readonly<Record<string, unknown>>,
): void {
  const problems = inputProblems(adapters, graph, inputs);
  if (problems.length === 0) return;
  const title = `The pipeline '${definition.name}' cannot run`;
  throw errorFromProblems(problems, { code: 'FP_INVALID_EXECUTION', title });
}

/** Nodes inside a fan-out have many values, which only the engine puts together. */
function savedLeaves(
  { graph }: BuiltPipeline,
  outputs: readonly string[],
  savers: readonly string[],
  overrides: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
  const read = new Set(
    savers.flatMap((name) => (graph.nodes.get(name)?.dependencies ?? []).map(({ node }) => node)),
  );
  const saved = outputs.filter((name) => read.has(name) && !Object.hasOwn(overrides, name));
  if (saved.length === 0) return new Set();
  const around = fanOutsAround(graph);
  return new Set(
    saved.filter((name) => around.get(name)?.length === 0 && graph.nodes.get(name)?.fanOut === undefined),
  );
}

/** What the engine says about values of the configuration gets the line where they are written. */
function placed<T>(plan: () => T, built: BuiltPipeline, request: RunOverrides): T {
  const { definition } = built;
  try {
    return plan();
  } catch (error) {
    const { inputs = {}, outputs = [] } = request;
    // What this run gives is written nowhere.
    const run = {
      ...definition.run,
      finalVars: outputs.length > 0 ? [] : definition.run.finalVars,
      inputs: Object.fromEntries(
        Object.entries(definition.run.inputs).filter(([name]) => inputs[name] === undefined),
      ),
    };
    const found = problemsOf(error);
    const advised = found.map((problem) => advisedProblem(problem, built, request));
    const problems = placedProblems(advised, { ...definition, run });
    if (problems.every((problem, index) => problem === found[index])) throw error;
    throw errorFromProblems(problems, {
      code: 'FP_INVALID_EXECUTION',
      title: `The pipeline '${definition.name}' cannot run`,
    });
  }
}

/** As TypeScript's optional properties read, undefined counts as not given. */
function onlyGiven(values: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined));
}

function nothingToRun({ definition, loaders }: BuiltPipeline): Error {
  const names = boundedList(loaders.map(({ node }) => node));
  return runtimeError({
    code: 'FP_NOTHING_TO_RUN',
    message: `The pipeline '${definition.name}' has no node to compute and nothing to save.`,
    hint:
      names === ''
        ? 'Export a function from one of its modules.'
        : `It only has loaders, which run when something uses them. Ask for one as an output: ${names}.`,
  });
}
