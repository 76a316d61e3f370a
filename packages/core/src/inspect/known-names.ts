import { errorFromProblems } from '../errors/flowerpower-error.js';
import { createSuggester } from '../errors/suggest.js';
import type { Graph } from '../model/graph.js';

/** @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one. */
export function requireKnown({ nodes }: Pick<Graph, 'nodes'>, names: readonly string[]): void {
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
