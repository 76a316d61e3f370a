/** Which edges TypeScript judged, and why it could not judge the others. */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { GapSubject } from './line-subject.js';
import type { UncheckedEdge } from './report.js';
import type { ShadowProgram } from './shadow-program.js';

export interface JudgedEdges {
  readonly edges: number;
  readonly unchecked: readonly UncheckedEdge[];
}

/** @param gaps - what the compiler said that the types of modifiers do not tell. */
export function judgedEdges(
  graph: Graph,
  { nodes }: ShadowProgram,
  gaps: readonly GapSubject[],
): JudgedEdges {
  const unknownNodes = new Set<string>();
  const unknownInputs = new Set<string>();
  for (const { node, dependency } of gaps) {
    if (dependency === undefined) unknownNodes.add(node.name);
    else unknownInputs.add(edgeKey(node, dependency));
  }
  let edges = 0;
  const unchecked: UncheckedEdge[] = [];
  for (const node of graph.nodes.values()) {
    const taker = nodes.get(node.name)!;
    // What loaders and savers of the configuration are made of is not an edge of the project.
    if (taker.how === 'loaded' || (taker.how === 'opaque' && taker.isIo === true)) continue;
    if (taker.how === 'saved' && nodes.get(taker.dependency.node)!.how === 'given') continue;
    for (const dependency of taker.how === 'saved' ? [taker.dependency] : node.dependencies) {
      const reason = takerGap(node, dependency) ?? giverGap(dependency.node);
      if (reason === undefined) edges++;
      else unchecked.push({ from: dependency.node, to: node.name, parameter: dependency.parameter, reason });
    }
  }
  return { edges, unchecked };

  function takerGap(node: GraphNode, dependency: Dependency): string | undefined {
    const taker = nodes.get(node.name)!;
    if (taker.how === 'opaque') return taker.reason;
    if (!unknownInputs.has(edgeKey(node, dependency))) return undefined;
    if (taker.how === 'saved') return `only the data tells what '${dependency.node}' is`;
    const giver = dependency.node;
    if (nodes.get(giver)!.how === 'loaded') {
      return `only the file tells what columns of '${giver}' hold; types, or a schema under io.load.${giver}, would tell it before`;
    }
    return node.style === 'positional'
      ? `the types of modifiers do not tell what '${node.name}' takes by position`
      : `the types of the modifiers of '${node.name}' do not tell what it takes`;
  }

  function giverGap(name: string): string | undefined {
    const giver = nodes.get(name)!;
    if (giver.how === 'opaque') return giver.reason;
    if (giver.how === 'loaded' && unknownNodes.has(name)) {
      return `the type that the loader of '${name}' tells is not one that TypeScript understands`;
    }
    return unknownNodes.has(name)
      ? `the types of the modifiers of '${name}' do not tell what it gives`
      : undefined;
  }
}

function edgeKey(node: GraphNode, dependency: Dependency): string {
  return JSON.stringify([node.name, dependency.parameter]);
}
