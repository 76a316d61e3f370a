import {
  type DriverOptions,
  errorFromProblems,
  type Graph,
  type GraphNode,
  type Problem,
} from '@flowerpower/core';
import { checkRunOptions } from '../config/check-run-options.js';
import { readRetryNames } from '../config/known-names.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import { type BoundParts, bindParts } from './bind-parts.js';
import { placedProblems } from '../config/placed-problems.js';
import { problemsOf } from '../errors/runtime-error.js';
import type { RunConfig } from '../config/run-config.js';
import type { IoBinding, LoadNode, SaveNode } from '../context/bind-io.js';
import type { CacheBinding } from '../context/file-caches.js';
import type { NamedPath } from '../context/named-path.js';
import type { ExecutionContext } from '../context/build-execution-context.js';
import type { ResolvedExecutor } from '../context/resolve-executor.js';
import { graphProblems } from '../telemetry/adapter-checks.js';
import type { ChosenAdapter } from '../telemetry/resolve-adapters.js';
import { checkedNodes } from './checked-nodes.js';
import { pathsInCode } from './paths-in-code.js';
import { type BuiltGraph, buildGraph, type PipelineDriver } from './build-graph.js';

/** A pipeline that can run: every name in it is known and its graph is built. */
export interface BuiltPipeline {
  readonly definition: PipelineDefinition;
  readonly driver: PipelineDriver;
  /** What it was made of, for a preview. */
  readonly driverOptions: DriverOptions<readonly object[]>;
  /** With a node for each entry of `io:`. */
  readonly graph: Graph;
  /**
   * What a run computes when nothing else is asked for: `finalVars`, or every leaf, savers in code among them. A node
   * that only a saver uses is a leaf too; a loader of `io:` that nothing uses is none, it runs only when it is asked for.
   */
  readonly outputs: readonly string[];
  /** Inputs given by `params` and, above them, by `run.inputs`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly loaders: readonly LoadNode[];
  readonly savers: readonly SaveNode[];
  /** Every saver, of `io` and in code: from the name of its node to the name under which a result tells of it. */
  readonly savedAs: ReadonlyMap<string, string>;
  /** The same for every node that loads a value together with the facts about it. */
  readonly loadedAs: ReadonlyMap<string, string>;
  /** By node that loads a value together with the facts about it, the one that hands the value on. */
  readonly valueNodes: ReadonlyMap<string, string>;
  /** The nodes that let checked values pass, with the parameters that get what the checks found. */
  readonly checked: ReadonlyMap<string, readonly string[]>;
  readonly executor: ResolvedExecutor;
  /** What watches its runs. */
  readonly adapters: readonly ChosenAdapter[];
  /** What is retried: `run.retry.retryExceptions`, and what names of Python in it stand for. */
  readonly retryExceptions: readonly string[];
  /** Settings without effect, in words. Each run logs them. */
  readonly warnings: readonly string[];
}

/** What depends on modules, `io`, `params`, `config` and `cache` only, and is kept as long as those are the same objects. */
interface GraphPart {
  readonly key: readonly unknown[];
  readonly io: IoBinding;
  readonly parts: BoundParts;
  readonly cache: CacheBinding;
  readonly built: BuiltGraph;
}

/** Builds pipelines, and keeps the graph of each name until a part it is made of is another object. */
export function createPipelineBuilder(
  context: ExecutionContext,
): (definition: PipelineDefinition) => BuiltPipeline {
  const kept = new Map<string, GraphPart>();

  function graphPartOf(definition: PipelineDefinition): GraphPart {
    const { name, modules, schemaModules = {}, params, io, run } = definition;
    const key = [
      params,
      io.load,
      io.save,
      run.config,
      run.allowModuleOverrides,
      run.cache?.enabled && run.cache,
      ...modules,
      ...Object.values(schemaModules),
      ...partsKey(definition),
    ];
    const known = kept.get(name);
    if (known !== undefined && isSame(known.key, key)) return known;
    const own = context.bindIo(definition);
    const parts = bindParts(definition, context.bindIo);
    const binding = {
      ...own,
      loaders: [...own.loaders, ...parts.loaders],
      problems: [...own.problems, ...parts.problems],
    };
    const cache = context.caches.bind(run.cache, definition.placeOf?.(['run', 'cache', 'dir']));
    const surroundings = { io: binding, parts, cache: cache.options, resources: context.resources };
    const part = { key, io: binding, parts, cache, built: buildGraph(definition, surroundings) };
    const isSound = part.built.driver !== undefined && binding.problems.length + cache.problems.length === 0;
    if (isSound) kept.set(name, part);
    return part;
  }

  return (definition) => {
    const { run } = definition;
    const { executor, problems: executorProblems, warnings } = context.resolveExecutor(run);
    const adapters = context.resolveAdapters(definition);
    const retryNames = readRetryNames(run.retry.retryExceptions, definition.modules, context.errorCodes);
    const { io, parts, cache, built } = graphPartOf(definition);
    const { driver } = built;
    const outputs =
      driver === undefined || run.finalVars.length > 0 ? run.finalVars : leavesOf(driver.graph, io, parts);
    const found = [
      ...executorProblems,
      ...adapters.problems,
      ...checkRunOptions(run),
      ...retryNames.problems,
      ...io.problems,
      ...cache.problems,
      ...built.problems,
      ...(driver === undefined ? [] : graphProblems(adapters.adapters, driver.graph)),
      ...(driver === undefined ? [] : context.checkPaths(usualPaths(driver.graph, run, outputs))),
    ];
    if (found.length > 0 || driver === undefined) {
      const title = `The pipeline '${definition.name}' cannot run`;
      const problems = placedProblems([...found, ...planProblems(built.bare, run)], definition);
      throw errorFromProblems(problems, { code: 'FP_INVALID_PIPELINE', title });
    }
    return {
      definition,
      driver,
      driverOptions: built.driverOptions!,
      graph: driver.graph,
      outputs,
      inputs: { ...built.inputs, ...run.inputs },
      loaders: io.loaders,
      savers: io.savers,
      savedAs: namesOf(driver.graph, ({ kind }) => kind === 'saver', /^save\./),
      loadedAs: namesOf(driver.graph, ({ loaded }) => loaded === 'pair', /\.loader$/),
      valueNodes: valueNodesOf(driver.graph),
      checked: checkedNodes(driver.graph),
      executor,
      adapters: adapters.adapters,
      retryExceptions: retryNames.names,
      warnings: [...warnings, ...adapters.warnings, ...retryNames.warnings],
    };
  };
}

/**
 * What is wrong with the outputs and inputs of the configuration, so that it is told with everything else. An input that
 * is missing may still be given to the run.
 */
function planProblems(bare: PipelineDriver | undefined, run: RunConfig): readonly Problem[] {
  try {
    bare?.plan(run.finalVars, { inputs: run.inputs });
    return [];
  } catch (error) {
    return problemsOf(error).filter(({ code }) => code !== 'FP_MISSING_INPUT');
  }
}

/** The files in code that a run without other requests would open; a saver that nobody asks for may name any. */
function usualPaths(graph: Graph, run: RunConfig, outputs: readonly string[]): NamedPath[] {
  const paths = pathsInCode(graph, run.config);
  if (paths.length === 0) return [];
  const needed = new Set(outputs);
  for (const name of needed) {
    for (const { node } of graph.nodes.get(name)?.dependencies ?? []) needed.add(node);
  }
  return pathsInCode(graph, run.config, (name) => needed.has(name));
}

/** What the graphs of the parts are made of. */
function partsKey({ parts = {} }: PipelineDefinition): unknown[] {
  return Object.entries(parts).flatMap(([name, { definition, outputs, inputs }]) => [
    name,
    ...Object.entries(outputs).flat(),
    inputs,
    definition.params,
    definition.io.load,
    definition.run.config,
    definition.run.inputs,
    ...definition.modules,
    ...partsKey(definition),
  ]);
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

/** What comes from a part is no result of its own. */
function leavesOf(graph: Graph, io: IoBinding, { isOfPart }: BoundParts): string[] {
  const ofIo = new Set([...io.loaders, ...io.savers].map(({ node }) => node));
  const used = new Set<string>();
  for (const { kind, dependencies } of graph.nodes.values()) {
    if (kind === 'saver') continue;
    for (const dependency of dependencies) used.add(dependency.node);
  }
  return [...graph.nodes.values()]
    .filter(
      ({ name, kind }) =>
        kind !== 'input' && kind !== 'config' && !ofIo.has(name) && !used.has(name) && !isOfPart(name),
    )
    .map(({ name }) => name);
}

function valueNodesOf({ nodes }: Graph): ReadonlyMap<string, string> {
  const pairs = [...nodes.values()].flatMap(({ name, loaded, dependencies: [pair] }) =>
    loaded === 'value' && pair !== undefined ? [[pair.node, name] as const] : [],
  );
  return new Map(pairs);
}

/** Each node without what marks it, where no other has that name. */
function namesOf(
  { nodes }: Graph,
  isWanted: (node: GraphNode) => boolean,
  mark: RegExp,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const node of nodes.values()) {
    if (!isWanted(node)) continue;
    const short = node.name.replace(mark, '');
    const name = taken.has(short) ? node.name : short;
    taken.add(name);
    names.set(node.name, name);
  }
  return names;
}
