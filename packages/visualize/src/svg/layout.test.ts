import { FlowerPowerError } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { marketing } from '../__fixtures__/graphs.js';
import { createDrawing } from '../drawing/create-drawing.js';
import { runGraphviz } from './graphviz.js';
import { layoutDrawing, readLayout } from './layout.js';

async function failure(run: () => Promise<unknown>): Promise<FlowerPowerError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

test('a failed layout keeps the message of graphviz as its cause, and the next layout works', async () => {
  const error = await failure(() => runGraphviz('digraph { a -> '));
  expect(error.code).toBe('FP_VISUALIZE_LAYOUT_FAILED');
  expect(error.hint).toContain('toMermaid');
  expect(error.cause).toBeInstanceOf(Error);
  expect((error.cause as Error).message).toContain('syntax error');
  expect(error.message).toContain((error.cause as Error).message);
  expect((await layoutDrawing(createDrawing(marketing))).nodes).toHaveLength(marketing.nodes.size);
});

test('what graphviz reports beside a picture is a failure too', async () => {
  const error = await failure(() => runGraphviz('digraph { a [label=<<b>x</c>>] }'));
  expect((error.cause as Error).message).toContain('mismatched tag');
});

test('a part without a place is an error, never left out', async () => {
  const drawing = createDrawing(marketing);
  const run = () => Promise.resolve().then(() => readLayout(drawing, new Map(), { bb: '0,0,10,10' }));
  const error = await failure(run);
  expect(error.code).toBe('FP_VISUALIZE_LAYOUT_FAILED');
  expect(error.message).toContain("the node 'spend'");
});
