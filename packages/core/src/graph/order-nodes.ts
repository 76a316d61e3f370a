/** Topological order without recursion: chains of any length are ordered with a bounded call stack. */
import type { GraphNode } from './graph.js';

export interface NodeOrder {
  /** Dependencies first; otherwise in the order of declaration. */
  readonly order: readonly string[];
  /** Each circle once, every node before the one that needs it. */
  readonly cycles: readonly (readonly string[])[];
}

/** Depth-first search with an explicit stack, in declaration order. */
export function orderNodes(
  nodes: ReadonlyMap<string, GraphNode>,
  given: ReadonlyMap<string, GraphNode>,
): NodeOrder {
  const order: string[] = [];
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const names: string[] = [];
  const next: number[] = [];

  const open = (name: string) => {
    state.set(name, 'open');
    names.push(name);
    next.push(0);
  };
  for (const root of [...nodes.keys(), ...given.keys()]) {
    if (state.has(root)) continue;
    open(root);
    while (names.length > 0) {
      const top = names.length - 1;
      const name = names[top]!;
      const dependency = nodes.get(name)?.dependencies[next[top]!++];
      if (dependency === undefined) {
        state.set(name, 'done');
        order.push(name);
        names.pop();
        next.pop();
      } else if (!state.has(dependency.node)) {
        open(dependency.node);
      } else if (state.get(dependency.node) === 'open') {
        cycles.push(names.slice(names.indexOf(dependency.node)));
      }
    }
  }
  return { order, cycles };
}
