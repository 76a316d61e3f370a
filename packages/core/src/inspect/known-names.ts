import { errorFromProblems } from '../errors/flowerpower-error.js';
import { createSuggester } from '../errors/suggest.js';
import { requireArgument } from '../errors/option-problems.js';
import type { OptionRule } from '../errors/option-rules.js';
import { readProperty } from '../errors/read-property.js';
import type { Graph } from '../model/graph.js';

/** @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one, `FP_BAD_OPTION` without a graph. */
export function requireKnown(graph: Pick<Graph, 'nodes'>, names: readonly string[]): void {
  const { nodes } = requireGraph(graph);
  // From JavaScript anything may come.
  const unknown = [...new Set<unknown>(names)].filter((name) => !nodes.has(name as string)).map(String);
  if (unknown.length === 0) return;
  const nodeLike = createSuggester(() => nodes.keys());
  const problems = unknown.map((name) => ({
    code: 'FP_UNKNOWN_NODE' as const,
    message: `There is no node '${name}'.`,
    hint: nodeLike(name),
  }));
  throw errorFromProblems(problems, { code: 'FP_UNKNOWN_NODE', title: 'Some nodes do not exist' });
}

const aGraph: OptionRule = {
  fits: (value) => readProperty(value, 'nodes') instanceof Map,
  expected: 'that of a driver',
};

export function requireGraph<G extends Pick<Graph, 'nodes'>>(graph: G): G {
  requireArgument('The graph', aGraph, graph);
  return graph;
}
