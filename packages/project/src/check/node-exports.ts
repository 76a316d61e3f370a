/** Which export each node comes from, also those of sub-graphs, whose modules are not those of the pipeline. */
import type { Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';

/** An export of a TypeScript module of the pipeline. */
export interface NodeExport {
  readonly module: CheckedModule;
  readonly exportName: string;
  /** The same for the nodes of one export, different for others. */
  readonly key: string;
  readonly place: GraphNode['place'];
}

/**
 * By the name of the node. The nodes of a sub-graph belong to the export that has the sub-graph: the one whose node
 * is their namespace or, where the namespace has a name of its own, the one that takes their values.
 */
export function nodeExports(
  graph: Graph,
  modules: ReadonlyMap<string, CheckedModule>,
): ReadonlyMap<string, NodeExport> {
  const exports = new Map<string, NodeExport>();
  const foreign = new Set<string>();
  for (const { name, module: moduleName = '', exportName, place, derived } of graph.nodes.values()) {
    const module = modules.get(moduleName);
    if (module !== undefined && exportName !== undefined) {
      exports.set(name, { module, exportName, key: JSON.stringify([moduleName, exportName]), place });
    } else if (derived === true) {
      foreign.add(name);
    }
  }
  for (const { name, derived, dependencies } of [...graph.nodes.values()].toReversed()) {
    if (foreign.has(name))
      assign(
        name,
        namespacesOf(name).find((namespace) => exports.has(namespace)),
      );
    if (derived === true) for (const { node } of dependencies) assign(node, name);
  }
  return exports;

  function assign(name: string, owner: string | undefined): void {
    const found = owner === undefined ? undefined : exports.get(owner);
    if (found !== undefined && foreign.has(name) && !exports.has(name)) exports.set(name, found);
  }
}

/** `a.b` and `a` for `a.b.c`. */
function namespacesOf(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'));
}

/** The graph whose nodes without a place have that of their export. */
export function placedGraph(graph: Graph, exports: ReadonlyMap<string, NodeExport>): Graph {
  const nodes = new Map(graph.nodes);
  for (const node of graph.nodes.values()) {
    const place = node.place ?? exports.get(node.name)?.place;
    if (place !== node.place) nodes.set(node.name, { ...node, place });
  }
  return { ...graph, nodes };
}
