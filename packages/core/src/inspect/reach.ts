/** What a node needs and what needs it, over the topological order of the graph: one sweep, no recursion. */
import type { Graph } from '../model/graph.js';
import { requireKnown } from './known-names.js';

/**
 * The names and everything that they need, inputs and config values included, in topological order.
 *
 * @throws FlowerPowerError `FP_UNKNOWN_NODE` naming every unknown one.
 *
 * @example
 * ```ts
 * import { createEngine } from '@flowerpower/core/engine';
 * import { downstreamOf, pathBetween, upstreamOf } from '@flowerpower/core/inspect';
 *
 * const m = { b: ({ a }: { a: number }) => a + 1, c: ({ b }: { b: number }) => b + 1 };
 * const { graph } = createEngine({ modules: [m] });
 * upstreamOf(graph, 'b'); // ['a', 'b']
 * downstreamOf(graph, 'b'); // ['b', 'c']
 * pathBetween(graph, 'a', 'c'); // ['a', 'b', 'c']
 * ```
 */
export function upstreamOf(graph: Graph, ...names: readonly string[]): readonly string[] {
  requireKnown(graph, names);
  const reached = new Set(names);
  for (const node of [...graph.nodes.values()].reverse()) {
    if (!reached.has(node.name)) continue;
    for (const { node: source } of node.dependencies) reached.add(source);
  }
  return inOrder(graph, reached);
}

/** The names and everything that needs them, in topological order. Otherwise as {@link upstreamOf}. */
export function downstreamOf(graph: Graph, ...names: readonly string[]): readonly string[] {
  requireKnown(graph, names);
  const reached = new Set(names);
  for (const { name, dependencies } of graph.nodes.values()) {
    if (dependencies.some(({ node }) => reached.has(node))) reached.add(name);
  }
  return inOrder(graph, reached);
}

/**
 * Every node on some way from one node to another, both included, in topological order; `[]` when the second does not
 * need the first. Otherwise as {@link upstreamOf}.
 */
export function pathBetween(graph: Graph, from: string, to: string): readonly string[] {
  requireKnown(graph, [from, to]);
  const below = new Set(downstreamOf(graph, from));
  return upstreamOf(graph, to).filter((name) => below.has(name));
}

function inOrder(graph: Graph, names: ReadonlySet<string>): readonly string[] {
  return [...graph.nodes.keys()].filter((name) => names.has(name));
}
