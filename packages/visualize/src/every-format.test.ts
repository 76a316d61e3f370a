import type { Graph } from '@flowerpower/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGraph, plainName } from './__fixtures__/arbitrary.js';
import { toDot } from './dot/to-dot.js';
import { createDrawing } from './drawing/create-drawing.js';
import { toMermaid } from './mermaid/to-mermaid.js';
import { renderPng } from './png/render-png.js';
import { toPng } from './png/to-png.js';
import { drawSvg } from './svg/draw-svg.js';
import { toText } from './terminal/to-text.js';

/** Graphs whose texts a test can find again: plain names, and nothing else to read. */
const graphs: fc.Arbitrary<Graph> = anyGraph(plainName).map((graph) => ({
  ...graph,
  nodes: new Map(
    Array.from(graph.nodes, ([name, node]) => [
      name,
      {
        ...node,
        doc: undefined,
        type: undefined,
        bound: {},
        cache: undefined,
        branch: undefined,
        dependencies: node.dependencies.map((edge) => ({ ...edge, parameter: edge.node })),
      },
    ]),
  ),
}));

/** Every edge of the graph as `from > to`, sorted; twice where an item and all items are taken. */
function edgesOf({ nodes }: Graph): string[] {
  return [...nodes.values()]
    .flatMap(({ name, dependencies }) => [
      ...new Set(dependencies.map(({ node, collect }) => `${node} > ${name}${collect ? ' ' : ''}`)),
    ])
    .map((edge) => edge.trim())
    .toSorted();
}

/** The lines of a text that a pattern matches, as what it captures. */
function captured(text: string, pattern: RegExp): string[][] {
  return text.split('\n').flatMap((line) => {
    const match = pattern.exec(line);
    return match === null ? [] : [match.slice(1)];
  });
}

/** Edges between identifiers as edges between names. */
function byName(graph: Graph, edges: readonly string[][]): string[] {
  const names = new Map(createDrawing(graph).nodes.map(({ id, fullName }) => [id, fullName]));
  return edges.map(([from = '', to = '']) => `${names.get(from)} > ${names.get(to)}`).toSorted();
}

const showLegend = false;

test('law: every node and every edge is in the DOT text', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const dot = toDot(graph, { showLegend });
      expect(captured(dot, /^ *(n_\w+) \[label=/)).toHaveLength(graph.nodes.size);
      expect(byName(graph, captured(dot, /^ *(\w+) -> (\w+)/))).toEqual(edgesOf(graph));
    }),
  );
});

test('law: every node and every edge is in the Mermaid text', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const text = toMermaid(graph, { showLegend });
      expect(captured(text, /^ *(n_\w+)[^\w ].*:::is_/)).toHaveLength(graph.nodes.size);
      const edges = captured(text, /^ *(\w+) (?:-->|-\.->|==>)(?:\|.*\|)? (\w+)$/);
      expect(byName(graph, edges)).toEqual(edgesOf(graph));
    }),
  );
});

test('law: every node and every edge is in the terminal text', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const text = toText(graph, { showLegend, width: 1000 });
      const entries = captured(text, /^[^a-z]*([\w.]+)(?:  ×[^←]*)?(?:  ← (.*))?$/);
      expect(entries.map(([name]) => name)).toEqual([...graph.nodes.keys()]);
      const edges = entries.flatMap(([to = '', sources = '']) =>
        Array.from(
          sources.matchAll(/(?:^|, )(?:each |all )?([\w.]+)\??(?: \([\w ,]*\))?(?=, |$)/g),
          ([, from = '']) => `${from} > ${to}`,
        ),
      );
      expect(edges.toSorted()).toEqual(edgesOf(graph));
    }),
  );
});

const part = /<g class="(?:node|edge)[^>]*>\n<title>([^<]*)<\/title>[^]*?<\/g>\n/g;

test('law: every node and every edge is in the SVG', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const { svg } = await drawSvg(graph, { showLegend });
      const titles = Array.from(svg.matchAll(part), ([, title = '']) => title.replace(' → ', ' > '));
      expect(titles.toSorted()).toEqual([...graph.nodes.keys(), ...edgesOf(graph)].toSorted());
    }),
    { numRuns: 50 },
  );
});

test('law: the PNG shows the SVG, and each node and edge of it changes the picture', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const { svg, width } = await drawSvg(graph, {});
      const whole = Buffer.from(await toPng(graph, { width }));
      expect(whole.equals(await renderPng(svg, width))).toBe(true);
      for (const [element, title] of svg.matchAll(part)) {
        const without = await renderPng(svg.replace(element, ''), width);
        expect(whole.equals(without), title).toBe(false);
      }
    }),
    { numRuns: 8 },
  );
});
