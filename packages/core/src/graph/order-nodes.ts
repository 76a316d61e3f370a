/** Topological order without recursion: chains of any length are ordered with a bounded call stack. */

/** Edges as indices: node `n` needs `targets[start[n]] … targets[start[n + 1] - 1]`. */
export interface Edges {
  readonly start: Int32Array;
  readonly targets: Int32Array;
}

export interface NodeOrder {
  /** Dependencies first; otherwise in the order of declaration. */
  readonly order: Int32Array;
  /** Each circle once, every node before the one that needs it. */
  readonly cycles: readonly (readonly number[])[];
}

const unseen = 0;
const open = 1;
const done = 2;

/** Depth-first search with an explicit stack, in declaration order. */
export function orderNodes({ start, targets }: Edges): NodeOrder {
  const count = start.length - 1;
  const order = new Int32Array(count);
  const cycles: number[][] = [];
  const state = new Uint8Array(count);
  /** The next edge to follow from each node. */
  const next = start.slice(0, count);
  const stack: number[] = [];
  let ordered = 0;

  for (let root = 0; root < count; root++) {
    if (state[root] !== unseen) continue;
    state[root] = open;
    stack.push(root);
    while (stack.length > 0) {
      const node = stack.at(-1)!;
      const edge = next[node]!++;
      if (edge === start[node + 1]) {
        state[node] = done;
        order[ordered++] = node;
        stack.pop();
        continue;
      }
      const target = targets[edge]!;
      if (state[target] === unseen) {
        state[target] = open;
        stack.push(target);
      } else if (state[target] === open) {
        cycles.push(stack.slice(stack.indexOf(target)));
      }
    }
  }
  return { order, cycles };
}
