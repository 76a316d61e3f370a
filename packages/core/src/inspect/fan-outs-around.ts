import type { Dependency, Graph } from '../model/graph.js';

/** For each node, the nodes whose items it runs once for, outermost first. */
export type FanOutsAround = ReadonlyMap<string, readonly string[]>;

/**
 * Inside which fan-outs each node runs, read from the plain graph: a list of nodes that fan out, empty for a node that runs once.
 * A node that uses a node with `fanOut` runs once for
 * each item; one that uses a node inside runs where that one runs; a collecting edge leads out of the innermost.
 *
 * @example
 * ```ts
 * import { createDriver, fanOutsAround, node, parallelizable } from '@flowerpower/core';
 *
 * const m = { city: node(() => ['Bern', 'Ulm'], parallelizable()), size: ({ city }: { city: string }) => city.length };
 * fanOutsAround(createDriver({ modules: [m] }).graph).get('size'); // ['city']
 * ```
 */
export function fanOutsAround(graph: Graph): FanOutsAround {
  const scopes = new Map<string, readonly string[]>();
  // In topological order, so what a node uses has its scope already.
  for (const node of graph.nodes.values()) {
    const needed = node.dependencies.map((edge) => scopeOfEdge(graph, scopes, edge));
    // In a validated graph all of them lie in one chain of nested fan-outs: the longest holds the others.
    const innermost = needed.reduce((one, other) => (other.length > one.length ? other : one), []);
    scopes.set(node.name, innermost);
  }
  return scopes;
}

function scopeOfEdge(
  { nodes }: Graph,
  scopes: FanOutsAround,
  { node, collect }: Dependency,
): readonly string[] {
  const around = scopes.get(node) ?? [];
  const items = nodes.get(node)?.fanOut === undefined ? around : [...around, node];
  return collect === undefined ? items : items.slice(0, -1);
}
