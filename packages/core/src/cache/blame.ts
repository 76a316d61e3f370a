/** Which values of a graph a later node may find to be wrong. */
import type { Graph, GraphNode } from '../model/graph.js';
import { valuesToBlame } from '../run/values-to-blame.js';

export interface Blame {
  /** False for the functions of users: only what modifiers make looks at values of the same export. */
  canBlame(node: GraphNode): boolean;
  /** The names of the nodes to blame when a node fails because of what it was given. */
  blamedBy(node: GraphNode): readonly string[];
  /** Whether some node can blame this one. */
  isBlamed(node: GraphNode): boolean;
}

export function createBlame({ nodes }: Graph): Blame {
  let blamed: ReadonlySet<GraphNode> | undefined;
  return {
    canBlame,
    blamedBy: (node) => Array.from(valuesToBlame([node], nodes), ({ name }) => name),
    isBlamed: (node) => (blamed ??= valuesToBlame([...nodes.values()].filter(canBlame), nodes)).has(node),
  };
}

function canBlame({ derived, loaded }: GraphNode): boolean {
  return derived === true || loaded === 'value';
}
