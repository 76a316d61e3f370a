/**
 * Strongly connected components of a directed graph, each after those it points to (Tarjan 1972, without recursion).
 * A vertex outside every cycle is a component of its own.
 */
export function stronglyConnectedComponents<Vertex>(
  vertices: Iterable<Vertex>,
  successors: (vertex: Vertex) => Iterable<Vertex>,
): Vertex[][] {
  interface Frame {
    readonly vertex: Vertex;
    readonly rest: Iterator<Vertex>;
  }
  const order = new Map<Vertex, number>();
  const lowest = new Map<Vertex, number>();
  const open: Vertex[] = [];
  const isOpen = new Set<Vertex>();
  const components: Vertex[][] = [];

  const enter = (vertex: Vertex): Frame => {
    order.set(vertex, order.size);
    lowest.set(vertex, order.get(vertex)!);
    open.push(vertex);
    isOpen.add(vertex);
    return { vertex, rest: successors(vertex)[Symbol.iterator]() };
  };
  const lower = (vertex: Vertex, value: number): void => {
    lowest.set(vertex, Math.min(lowest.get(vertex)!, value));
  };

  for (const start of vertices) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
      const { vertex } = frame;
      const next = frame.rest.next();
      if (!next.done) {
        if (!order.has(next.value)) path.push(enter(next.value));
        else if (isOpen.has(next.value)) lower(vertex, order.get(next.value)!);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) lower(parent.vertex, lowest.get(vertex)!);
      if (lowest.get(vertex) !== order.get(vertex)) continue;
      const component = open.splice(open.lastIndexOf(vertex));
      for (const member of component) isOpen.delete(member);
      components.push(component);
    }
  }
  return components;
}
