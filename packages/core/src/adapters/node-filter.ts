import type { GraphNode } from '../model/graph.js';

/** Chooses nodes by name, tags, module or anything else that the graph knows. */
export type NodeFilter = (node: GraphNode) => boolean;

export const everyNode: NodeFilter = () => true;
