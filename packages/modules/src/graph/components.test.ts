import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stronglyConnectedComponents } from './components.js';

const graphs = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => fc.array(fc.uniqueArray(fc.nat({ max: size - 1 })), { minLength: size, maxLength: size }));

function reachable(graph: readonly number[][], start: number): Set<number> {
  const seen = new Set([start]);
  for (const vertex of seen) for (const next of graph[vertex]!) seen.add(next);
  return seen;
}

test('two vertices share a component exactly when each reaches the other', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const components = stronglyConnectedComponents(graph.keys(), (vertex) => graph[vertex]!);
      const componentOf = new Map(
        components.flatMap((members, index) => members.map((member) => [member, index])),
      );
      expect(components.flat()).toHaveLength(graph.length);
      const reach = graph.map((_, vertex) => reachable(graph, vertex));
      for (const a of graph.keys()) {
        for (const b of graph.keys()) {
          expect(componentOf.get(a) === componentOf.get(b)).toBe(reach[a]!.has(b) && reach[b]!.has(a));
        }
      }
    }),
  );
});

test('a component comes after those it points to', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const components = stronglyConnectedComponents(graph.keys(), (vertex) => graph[vertex]!);
      const componentOf = new Map(
        components.flatMap((members, index) => members.map((member) => [member, index])),
      );
      for (const [vertex, nexts] of graph.entries()) {
        for (const next of nexts) expect(componentOf.get(next)).toBeLessThanOrEqual(componentOf.get(vertex)!);
      }
    }),
  );
});

test('a chain of 100,000 needs no call stack', () => {
  const length = 100_000;
  const components = stronglyConnectedComponents([0], (vertex) => (vertex < length ? [vertex + 1] : []));
  expect(components).toHaveLength(length + 1);
});
