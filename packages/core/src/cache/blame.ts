/** Which values of a graph a later node may find to be wrong. */
import type { Graph, GraphNode } from '../model/graph.js';
import { valuesToBlame } from '../run/values-to-blame.js';

export interface Blame {
  /** The names of the nodes to blame when a node fails because of what it was given. */
  blamedBy(node: GraphNode): readonly string[];
  isBlamed(node: string): boolean;
}

const nobody: readonly string[] = [];

/** The functions of users blame nothing, nor can they: only what modifiers make looks at values of the same export. */
export function createBlame({ nodes }: Graph): Blame {
  let all: { readonly by: ReadonlyMap<string, readonly string[]>; readonly blamed: ReadonlySet<string> };
  const known = () => (all ??= survey(nodes));
  return {
    blamedBy: ({ name }) => known().by.get(name) ?? nobody,
    isBlamed: (name) => known().blamed.has(name),
  };
}

function survey(nodes: Graph['nodes']) {
  const by = new Map<string, readonly string[]>();
  for (const node of nodes.values()) {
    if (node.derived !== true && node.loaded !== 'value') continue;
    by.set(
      node.name,
      Array.from(valuesToBlame(node, nodes), ({ name }) => name),
    );
  }
  return { by, blamed: new Set([...by.values()].flat()) };
}
