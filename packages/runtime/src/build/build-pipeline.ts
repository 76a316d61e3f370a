import { errorFromProblems, type Graph } from '@flowerpower/core';
import { checkRunOptions } from '../config/check-run-options.js';
import type { PipelineDefinition } from '../config/pipeline-definition.js';
import type { IoBinding, IoNode } from '../context/bind-io.js';
import type { ExecutionContext } from '../context/build-execution-context.js';
import type { ResolvedExecutor } from '../context/resolve-executor.js';
import { type BuiltGraph, buildGraph, type PipelineDriver } from './build-graph.js';

/** A pipeline that can run: every name in it is known and its graph is built. */
export interface BuiltPipeline {
  readonly definition: PipelineDefinition;
  readonly driver: PipelineDriver;
  /** With a node for each entry of `io:`. */
  readonly graph: Graph;
  /**
   * What a run computes when nothing else is asked for: `finalVars`, or every leaf. A node that only a saver of
   * `io:` uses is a leaf too; a loader of `io:` that nothing uses is none, it runs only when it is asked for.
   */
  readonly outputs: readonly string[];
  /** Inputs given by `params` and, above them, by `run.inputs`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly loaders: readonly IoNode[];
  readonly savers: readonly IoNode[];
  readonly executor: ResolvedExecutor;
  /** Settings without effect, in words. Each run logs them. */
  readonly warnings: readonly string[];
}

/** What depends on modules, `io`, `params` and `config` only, and is kept as long as those are the same objects. */
interface GraphPart {
  readonly key: readonly unknown[];
  readonly io: IoBinding;
  readonly built: BuiltGraph;
}

/** Builds pipelines, and keeps the graph of each name until a part it is made of is another object. */
export function createPipelineBuilder(
  context: ExecutionContext,
): (definition: PipelineDefinition) => BuiltPipeline {
  const kept = new Map<string, GraphPart>();

  function graphPartOf(definition: PipelineDefinition): GraphPart {
    const { name, modules, params, io, run } = definition;
    const key = [params, io.load, io.save, run.config, ...modules];
    const known = kept.get(name);
    if (known !== undefined && isSame(known.key, key)) return known;
    const binding = context.bindIo(definition);
    const part = { key, io: binding, built: buildGraph(definition, binding) };
    if (part.built.driver !== undefined && binding.problems.length === 0) kept.set(name, part);
    return part;
  }

  return (definition) => {
    const { run } = definition;
    const { executor, problems: executorProblems, warnings } = context.resolveExecutor(run);
    const { io, built } = graphPartOf(definition);
    const { driver } = built;
    const problems = [
      ...executorProblems,
      ...checkRunOptions(run, definition.modules),
      ...io.problems,
      ...built.problems,
    ];
    if (problems.length > 0 || driver === undefined) {
      const title = `The pipeline '${definition.name}' cannot run`;
      throw errorFromProblems(problems, { code: 'FP_INVALID_PIPELINE', title });
    }
    return {
      definition,
      driver,
      graph: driver.graph,
      outputs: run.finalVars.length > 0 ? run.finalVars : leavesOf(driver.graph, io),
      inputs: { ...built.inputs, ...run.inputs },
      loaders: io.loaders,
      savers: io.savers,
      executor,
      warnings,
    };
  };
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function leavesOf(graph: Graph, io: IoBinding): string[] {
  const ofIo = new Set([...io.loaders, ...io.savers].map(({ node }) => node));
  const savers = new Set(io.savers.map(({ node }) => node));
  const used = new Set<string>();
  for (const { name, dependencies } of graph.nodes.values()) {
    if (savers.has(name)) continue;
    for (const dependency of dependencies) used.add(dependency.node);
  }
  return [...graph.nodes.values()]
    .filter(({ name, kind }) => kind !== 'input' && kind !== 'config' && !ofIo.has(name) && !used.has(name))
    .map(({ name }) => name);
}
