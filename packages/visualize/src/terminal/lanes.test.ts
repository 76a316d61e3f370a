import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph } from '../__fixtures__/arbitrary.js';
import { graphOf, largeGraph } from '../__fixtures__/graphs.js';
import { createDrawing } from '../drawing/create-drawing.js';
import type { Drawing } from '../drawing/drawing.js';
import { drawLanes } from './lanes.js';

/** Follows the lines as an eye would, and says which edges they show. */
function readEdges(drawing: Drawing): string[] {
  const edges: string[] = [];
  const owner = new Map<number, string>();
  drawLanes(drawing).rows.forEach(({ before, after, below }, row) => {
    const id = drawing.nodes[row]!.id;
    const own = before.length / 2;
    const cells = `${before}●${after}`;
    const arrived: string[] = [];
    for (const step of [-2, 2]) {
      for (let at = own * 2; at >= 0 && at < cells.length; at += step) {
        if (at !== own * 2 && '╰├┴┼╯┤'.includes(cells[at]!)) {
          arrived.push(`${owner.get(at / 2)}->${id}`);
          if ('╰┴╯'.includes(cells[at]!)) owner.delete(at / 2);
        }
        if (!'─╌'.includes(cells[at + Math.sign(step)] ?? ' ')) break;
      }
    }
    edges.push(...arrived);
    if (below[own * 2] === '│') owner.set(own, id);
    expect([...owner.keys()].toSorted((a, b) => a - b)).toEqual(
      Array.from(below.matchAll(/│/g), ({ index }) => index / 2),
    );
  });
  return edges.toSorted();
}

const edgesOf = ({ edges }: Drawing) =>
  [...new Set(edges.map(({ from, to }) => `${from.id}->${to.id}`))].toSorted();

test('law: the lines show exactly the edges of the graph', () => {
  fc.assert(
    fc.property(anyGraph(), (graph) => {
      const drawing = createDrawing(graph);
      expect(readEdges(drawing)).toEqual(edgesOf(drawing));
    }),
    { numRuns: 500 },
  );
  const drawing = createDrawing(largeGraph(400));
  expect(readEdges(drawing)).toEqual(edgesOf(drawing));
});

test('a chain needs two columns, however long', () => {
  const chain = graphOf(
    Array.from({ length: 1000 }, (_, i) => ({ name: `s${i}`, needs: i === 0 ? [] : [`s${i - 1}`] })),
  );
  expect(drawLanes(createDrawing(chain)).width).toBe(3);
});

test('only what every edge through it shares is dashed', () => {
  const graph = graphOf([{ name: 'a' }, { name: 'b' }, { name: 'c', needs: ['?a', 'b'] }]);
  expect(drawLanes(createDrawing(graph)).rows.at(-1)?.before).toBe('╰╌┴─');
});
