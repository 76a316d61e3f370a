import { createDriver, type DataLoader, loadFrom, loadNode, node, source } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { createDrawing } from './create-drawing.js';

const from = (path: unknown): DataLoader<number[], { rows: number }> => ({
  type: 'list',
  options: { path },
  load: () => [[1], { rows: 1 }],
});
const { graph } = createDriver({
  modules: [
    {
      folder: () => 'data',
      sales: loadNode(from('sales.list')),
      total: node(
        ({ sales, rates }: { sales: number[]; rates: number[] }) => sales.length + rates.length,
        loadFrom({ rates: from(source('folder')) }),
      ),
    },
  ],
});
const drawn = (outputs: readonly string[]) => {
  const { nodes, edges } = createDrawing(graph, { outputs });
  return {
    nodes: nodes.map(({ fullName }) => fullName).sort(),
    edges: edges.map(({ from: start, to, label }) =>
      [start.fullName, to.fullName, label].filter(Boolean).join(' '),
    ),
  };
};

test('a loaded value is one node, with what its loader needs', () => {
  expect(drawn([])).toEqual({
    nodes: ['folder', 'sales', 'total', 'total.select_data.rates'],
    edges: ['folder total.select_data.rates', 'sales total', 'total.select_data.rates total'],
  });
});

test('a loader shows its file, as a saver does', () => {
  const { nodes } = createDrawing(graph, { outputs: [] });
  expect(nodes.find(({ fullName }) => fullName === 'sales')!.notes).toEqual(['list.path = "sales.list"']);
});

test('the pair with the facts is drawn where it is asked for', () => {
  expect(drawn(['sales.loader']).nodes).toContain('sales.loader');
});
