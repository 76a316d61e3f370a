/**
 * Values that nodes which have not finished will read, held as long as the engine holds them anyway, and requested outputs:
 * what a run that ends badly leaves for the one that resumes it.
 */
import { fanOutsAround, type Graph, type GraphNode } from '@flowerpower/core';

export interface LiveValues {
  /** A node outside of every fan-out has given a value. */
  note(node: GraphNode, value: unknown): void;
  /** Undefined for a node whose value is not held, or not there. */
  get(node: string): { readonly value: unknown } | undefined;
}

export interface LiveFacts {
  readonly graph: Graph;
  readonly planned: readonly string[];
  /** Their values are held to the end. */
  readonly outputs: readonly string[];
}

export function createLiveValues({ graph, planned, outputs }: LiveFacts): LiveValues {
  const { nodes } = graph;
  const isInside = insideOf(graph);
  const asked = new Set(outputs);
  const values = new Map<string, unknown>();
  /** How many planned nodes that have not finished read a node. */
  const readers = new Map<string, number>();
  for (const name of planned) {
    for (const source of sourcesOf(nodes.get(name)!)) readers.set(source, (readers.get(source) ?? 0) + 1);
  }

  function finish(node: GraphNode): void {
    for (const source of sourcesOf(node)) {
      const left = readers.get(source)! - 1;
      readers.set(source, left);
      if (left > 0) continue;
      // A node inside of a fan-out runs again with whatever collects it, so until then it has not finished.
      if (isInside(source)) finish(nodes.get(source)!);
      else if (!asked.has(source)) values.delete(source);
    }
  }

  return {
    note(node, value) {
      if (readers.get(node.name)! > 0 || asked.has(node.name)) values.set(node.name, value);
      finish(node);
    },
    get: (name) => (values.has(name) ? { value: values.get(name) } : undefined),
  };
}

/** Each once, whatever number of parameters it feeds. */
function sourcesOf({ dependencies }: GraphNode): readonly string[] {
  if (dependencies.length < 2) return dependencies.map(({ node }) => node);
  return [...new Set(dependencies.map(({ node }) => node))];
}

const none: (node: string) => boolean = () => false;

function insideOf(graph: Graph): (node: string) => boolean {
  let hasFanOut = false;
  for (const { fanOut } of graph.nodes.values()) hasFanOut ||= fanOut !== undefined;
  if (!hasFanOut) return none;
  const around = fanOutsAround(graph);
  return (node) => (around.get(node)?.length ?? 0) > 0;
}
