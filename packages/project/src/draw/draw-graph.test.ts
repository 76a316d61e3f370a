import { createDriver } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { drawGraph } from './draw-graph.js';

const { graph } = createDriver({ modules: [{ one: () => 1, two: ({ one }: { one: number }) => one * 2 }] });
const options = { title: 'p', outputs: ['two'] };

test('as JSON: every node with its edges', async () => {
  expect(JSON.parse((await drawGraph(graph, 'json', options)) as string)).toMatchObject({
    pipeline: 'p',
    outputs: ['two'],
    nodes: [{ name: 'one' }, { name: 'two', dependencies: [{ node: 'one' }] }],
  });
});

test.each([
  ['pdf', '%PDF-1.4'],
  ['svg', '<svg'],
  ['dot', 'digraph'],
  ['mermaid', '---'],
] as const)('as %s', async (format, start) => {
  const drawn = await drawGraph(graph, format, options);
  expect(Buffer.from(drawn).toString('latin1').startsWith(start)).toBe(true);
});
