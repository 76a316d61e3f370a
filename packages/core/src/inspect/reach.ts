/** What a node needs and what needs it, over the topological order of the graph: one sweep, no recursion. */
import type { Graph } from '../model/graph.js';

/** The names and everything that they need, in topological order. */
export function upstreamOf(graph: Graph, names: Iterable<string>): string[] {
  const reached = new Set(names);
  for (const node of [...graph.nodes.values()].reverse()) {
    if (!reached.has(node.name)) continue;
    for (const { node: source } of node.dependencies) reached.add(source);
  }
  return inOrder(graph, reached);
}

/** The names and everything that needs them, in topological order. */
export function downstreamOf(graph: Graph, names: Iterable<string>): string[] {
  const reached = new Set(names);
  for (const { name, dependencies } of graph.nodes.values()) {
    if (dependencies.some(({ node }) => reached.has(node))) reached.add(name);
  }
  return inOrder(graph, reached);
}

/** Every node on some way from one to the other, both included, in topological order; empty without a way. */
export function pathBetween(graph: Graph, from: string, to: string): string[] {
  const below = new Set(downstreamOf(graph, [from]));
  return upstreamOf(graph, [to]).filter((name) => below.has(name));
}

function inOrder(graph: Graph, names: ReadonlySet<string>): string[] {
  return [...graph.nodes.keys()].filter((name) => names.has(name));
}
