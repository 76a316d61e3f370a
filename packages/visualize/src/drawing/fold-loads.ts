import type { Graph, GraphNode } from '@flowerpower/core';

/**
 * The graph with one node for each loaded value: the node that loads, which gives the value with the facts about it, is
 * drawn as part of the one that takes the value, unless something else takes the pair or it is among `outputs`.
 */
export function foldLoads(graph: Graph, outputs: ReadonlySet<string>): Graph {
  const readers = new Map<string, string[]>();
  for (const { name, dependencies } of graph.nodes.values()) {
    for (const { node } of dependencies) {
      if (graph.nodes.get(node)?.loaded === 'pair') readers.set(node, [...(readers.get(node) ?? []), name]);
    }
  }
  const pairOf = new Map<string, GraphNode>();
  for (const [pair, [reader, ...others]] of readers) {
    const isAlone = others.length === 0 && !outputs.has(pair);
    if (isAlone && graph.nodes.get(reader!)?.loaded === 'value') pairOf.set(reader!, graph.nodes.get(pair)!);
  }
  if (pairOf.size === 0) return graph;
  const folded = new Set([...pairOf.values()].map(({ name }) => name));
  const nodes = new Map<string, GraphNode>();
  for (const node of graph.nodes.values()) {
    const pair = pairOf.get(node.name);
    if (pair !== undefined) {
      // The options, and the file among them, are bound where the value is loaded.
      const bound = { ...pair.bound, ...node.bound };
      nodes.set(node.name, { ...pair, ...node, bound, dependencies: pair.dependencies });
    } else if (!folded.has(node.name)) nodes.set(node.name, node);
  }
  return { ...graph, nodes };
}
