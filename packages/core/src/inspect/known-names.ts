import { errorFromProblems } from '../errors/flowerpower-error.js';
import { createSuggester } from '../errors/suggest.js';
import { requireArgument } from '../errors/option-problems.js';
import { aNameList } from '../errors/option-rules.js';
import { readProperty } from '../errors/read-property.js';
import type { Graph } from '../model/graph.js';

/** @throws FlowerPowerError `FP_BAD_OPTION`. */
export function requireGraph(graph: unknown): void {
  const fits = (value: unknown) => readProperty(value, 'nodes') instanceof Map;
  requireArgument('The graph', { fits, expected: 'the graph of a driver' }, graph);
}

/** @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one, `FP_BAD_OPTION` for what is not a name. */
export function requireKnown(graph: Pick<Graph, 'nodes'>, names: readonly string[]): void {
  requireGraph(graph);
  requireArgument('The names', aNameList, names);
  const { nodes } = graph;
  const unknown = [...new Set(names)].filter((name) => !nodes.has(name));
  if (unknown.length === 0) return;
  const nodeLike = createSuggester(() => nodes.keys());
  const problems = unknown.map((name) => ({
    code: 'FP_UNKNOWN_NODE' as const,
    message: `There is no node '${name}'.`,
    hint: nodeLike(name),
  }));
  throw errorFromProblems(problems, { code: 'FP_UNKNOWN_NODE', title: 'Some nodes do not exist' });
}
