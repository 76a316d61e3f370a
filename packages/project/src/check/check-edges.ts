/** `flowerpower check`: the types of all edges of a pipeline, judged by the project's own TypeScript. */
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  aBoolean,
  aFunction,
  aListOf,
  aNameList,
  aRecord,
  aSignal,
  aText,
  anything,
  type Graph,
  type OptionRules,
  type Problem,
  readProperty,
  required,
  requireOptions,
} from '@flowerpower/core';
import type { CheckErrorCode } from './catalogue.js';
import { checkError } from './check-error.js';
import { type CheckFolder, inCheckFolder } from './check-folder.js';
import { type CheckModule, checkedModules } from './checked-module.js';
import { collectProblems } from './collect-problems.js';
import { edgeNames, type PlaceOf } from './edge-names.js';
import { findTypeScript } from './find-typescript.js';
import { findPackage, findUpwards } from './find-upwards.js';
import { judgedEdges } from './judged-edges.js';
import { missingInputs } from './missing-inputs.js';
import { nodeExports, placedGraph } from './node-exports.js';
import { type Diagnostic, parseDiagnostics } from './parse-diagnostics.js';
import type { CheckReport } from './report.js';
import type { LoadedInput } from './loaded-input.js';
import { runTsc, type TscResult } from './run-tsc.js';
import type { SavedOutput } from './saved-output.js';
import { shadowConfig } from './shadow-config.js';
import { writeShadowProgram } from './shadow-program.js';

export interface CheckOptions {
  /** The project's folder, absolute. TypeScript and tsconfig.json are looked for here and above. */
  readonly root: string;
  /** The pipeline's name; files of the check are named after it. */
  readonly pipeline: string;
  readonly graph: Graph;
  /** The modules that the graph was built from. What a module importer returns fits. */
  readonly modules: readonly CheckModule[];
  /** Values that the configuration gives, by the name of an input or config value. Default none. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  /** What loaders (`io.load`) give at run time. Default nothing. */
  readonly loaders?: readonly LoadedInput[] | undefined;
  /** What savers (`io.save`) take. Default: they are not judged. */
  readonly savers?: readonly SavedOutput[] | undefined;
  /**
   * Where a value of the configuration stands, by its keys: `['params', 'mean', 'digits']`, `['io', 'load', 'rows']`.
   * Default: problems have no places in it.
   */
  readonly placeOf?: PlaceOf | undefined;
  /** True for a text or number that must not be written to disk; only its type is checked. Default never. */
  readonly isSecret?: ((value: string | number) => boolean) | undefined;
  /** Pipelines that this one uses, by the names that their nodes have in front of theirs. Their edges are their own. */
  readonly parts?: readonly string[] | undefined;
  /** The modules of these pipelines, which say what type the values have that are taken from them. */
  readonly partModules?: readonly CheckModule[] | undefined;
  /** True for a text that stands in for a value of which nothing is known; it fits everywhere. Default never. */
  readonly isUnknown?: ((value: string) => boolean) | undefined;
  /** The nodes that a run computes: what only others need is not missed. Default every leaf. */
  readonly outputs?: readonly string[] | undefined;
  /**
   * True for a pipeline that runs unattended, such as one on a schedule: a missing input is then a problem. Default
   * false: it is a warning, for the run may be given it.
   */
  readonly requireInputs?: boolean | undefined;
  /** What to do about a missing input that has variants, by its name. Default: to give it. */
  readonly variants?: ReadonlyMap<string, string> | undefined;
  /** What keeps a run from starting; it goes into the report. Default nothing. */
  readonly start?: readonly Problem[] | undefined;
  /** What else is worth hearing of; it goes into the report. Default nothing. */
  readonly warnings?: readonly Problem[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

const rules: OptionRules = {
  root: required(aText),
  pipeline: required(aText),
  graph: required({ ...aRecord, expected: 'a graph' }),
  modules: required(aListOf('modules', 'Write modules: [module].')),
  inputs: aRecord,
  loaders: aListOf('loaders'),
  savers: aListOf('savers'),
  parts: aNameList,
  partModules: aListOf('modules'),
  placeOf: aFunction,
  isSecret: aFunction,
  isUnknown: aFunction,
  outputs: aNameList,
  requireInputs: aBoolean,
  variants: anything,
  start: aListOf('problems'),
  warnings: aListOf('problems'),
  signal: aSignal,
};

/**
 * Checks the types of a pipeline's edges.
 *
 * Writes the graph as a program to `.flowerpower/check/<pipeline>.check.mts`, or to a temporary folder where the project
 * cannot be written, and runs the project's own `tsc` (5.0 or
 * later) on it, under the project's tsconfig.json without what belongs to emitting. Errors in the project's files are
 * reported as well. A value that is given only at run time fits everywhere, but two functions that want incompatible
 * types of it are reported. Values given by `inputs` or `params` are checked as literals of their JSON value; others
 * (dates, instances of classes) are not. An overloaded function that takes a value from outside counts as calling
 * its first overload that fits the rest.
 *
 * What modifiers made is judged by the types that they give to the definition of the export. Of a node that is fanned
 * out an item is judged, and of an edge that collects the list of them.
 *
 * What a loader gives is judged by the type that it tells for its options, or that the schema of its entry gives; the
 * schema itself is refused where no value can fit both it and the loader. What a saver takes is judged by the type that it tells.
 *
 * Not checked, but listed in `uncheckedEdges` with the reason: what a loader gives where only the data tells, edges of JavaScript modules and of nodes made at run
 * time, and those whose type the modifiers do not tell, such as inputs by position or the result of a generic function
 * under a modifier that rewires it. A missing input is a warning unless `requireInputs` makes it a problem.
 *
 * @throws (rejects) FlowerPowerError `FP_BAD_OPTION`, `FP_CHECK_NO_TYPESCRIPT`, `FP_CHECK_FAILED`, `FP_CHECK_CANCELLED`. A
 *   problem that was found is not an error: it is in the report.
 *
 * @example
 * ```ts
 * import { createDriver } from '@flowerpower/core';
 * import { createModuleImporter } from '@flowerpower/modules';
 * import { checkEdges } from '@flowerpower/project';
 *
 * const root = process.cwd();
 * const modules = [await createModuleImporter({ root }).import('pipelines/etl')];
 * const { graph } = createDriver({ modules });
 * const report = await checkEdges({ root, pipeline: 'etl', graph, modules });
 * for (const problem of report.problems) console.log(problem.message);
 * ```
 */
export async function checkEdges(options: CheckOptions): Promise<CheckReport> {
  requireOptions(options, rules, 'checkEdges');
  const { pipeline, signal, inputs = {}, loaders = [], start = [] } = options;
  const root = await realpath(options.root);
  const typescript = await findTypeScript(root);
  const name = fileName(pipeline);
  const { folder, prepared } = await inCheckFolder(root, (at) =>
    prepareCheck(at, { ...options, root, name, version: typescript.version }),
  );
  const { graph, program, programFile, configFile, ownConfig } = prepared;
  const result = await judged(folder, () =>
    runTsc({
      tsc: typescript.tsc,
      args: ['--project', relative(root, configFile), '--pretty', 'false'],
      cwd: root,
      signal,
    }).then((output) => {
      const diagnostics = diagnosticsOf(output, typescript.version);
      const names = edgeNames(graph, options.placeOf, loaders);
      return collectProblems(diagnostics, { root, program, programFile, configFile, ownConfig, names });
    }),
  );
  const { sources, wrongEdges, gaps, isJudged } = result;
  const missing = missingInputs({
    graph,
    given: [...Object.keys(inputs), ...loaders.map(({ name: loaded }) => loaded)],
    outputs: options.outputs ?? graph.leaves,
    variants: options.variants,
  });
  const required = options.requireInputs === true;
  const problems = [...sources, ...(required ? missing : []), ...wrongEdges];
  const { edges, unchecked } = isJudged ? judgedEdges(graph, program, gaps) : { edges: 0, unchecked: [] };
  return {
    ok: start.length === 0 && problems.length === 0,
    edges,
    unchecked: unchecked.length,
    uncheckedEdges: unchecked,
    start,
    problems,
    warnings: [...(options.warnings ?? []), ...(required ? [] : missing)],
    openInputs: missing.map(({ input }) => input),
    files: [...new Set(options.modules.flatMap(({ file, closure }) => [file, ...(closure ?? [])]))],
    typescript: typescript.version,
    program: programFile,
  };
}

interface Preparation extends CheckOptions {
  /** The pipeline's name in names of files. */
  readonly name: string;
  /** Of TypeScript. */
  readonly version: string;
}

/** Writes the program, and the configuration that it is judged under. */
async function prepareCheck(folder: CheckFolder, options: Preparation) {
  const { root, name, version, inputs = {}, loaders = [], savers = [] } = options;
  const { directory } = folder;
  const modules = await checkedModules([...options.modules, ...(options.partModules ?? [])], directory);
  const own = new Set(options.modules.map((module) => module.name));
  const exports = nodeExports(options.graph, new Map([...modules].filter(([each]) => own.has(each))));
  const graph = placedGraph(options.graph, exports);
  const program = writeShadowProgram({
    graph,
    modules,
    exports,
    inputs,
    loaders: new Map(loaders.map((each) => [each.name, each])),
    savers: new Map(savers.map((each) => [each.node, each])),
    parts: new Set(options.parts),
    isSecret: options.isSecret ?? (() => false),
    isUnknown: options.isUnknown ?? (() => false),
    coreModule: await coreModule(root),
  });
  const ownConfig = await findUpwards(root, 'tsconfig.json');
  const names = { program: `${name}.check.mts`, config: `${name}.tsconfig.json` };
  const config = shadowConfig({
    root,
    directory,
    program: names.program,
    extends: ownConfig,
    version,
    hasNodeTypes: (await findPackage(root, '@types/node')) !== undefined,
  });
  await folder.write({ [names.program]: program.text, [names.config]: config });
  return {
    graph,
    program,
    ownConfig,
    programFile: join(directory, names.program),
    configFile: join(directory, names.config),
  };
}

/** What the compiler says about a folder. Only one that it could not judge is kept, to be looked at. */
async function judged<T>(folder: CheckFolder, judge: () => Promise<T>): Promise<T> {
  const failed: CheckErrorCode = 'FP_CHECK_FAILED';
  try {
    const verdict = await judge();
    await folder.remove();
    return verdict;
  } catch (error) {
    if (readProperty(error, 'code') !== failed) await folder.remove();
    throw error;
  }
}

/** The package from which the project's own modules import `node` and `NodeContext`. */
async function coreModule(root: string): Promise<string | undefined> {
  for (const name of ['@flowerpower/core', 'flowerpower']) {
    if ((await findPackage(root, name)) !== undefined) return name;
  }
  return undefined;
}

/** The pipeline's name as a file name on every system; names that differ stay different. */
function fileName(pipeline: string): string {
  return pipeline.replace(/[^\p{L}\p{N}._-]/gu, (char) => `%${char.codePointAt(0)!.toString(16)}`);
}

function diagnosticsOf({ exitCode, stdout, stderr }: TscResult, version: string): Diagnostic[] {
  const diagnostics = parseDiagnostics(stdout);
  const isCrash = exitCode === 0 ? diagnostics.length > 0 : exitCode > 2 || diagnostics.length === 0;
  if (!isCrash) return diagnostics;
  const output = `${stderr}\n${stdout}`.trim();
  throw checkError({
    code: 'FP_CHECK_FAILED',
    message: `The compiler of TypeScript ${version} ended with exit code ${exitCode}: ${output.slice(0, 2000) || 'no output'}`,
    hint: 'Run `npx tsc --version`. If that fails too, install TypeScript anew.',
    context: { exitCode },
  });
}
