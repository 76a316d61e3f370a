/** What the compiler refuses, and JavaScript lets through: each is an error that says what was given wrong. */
import type { Graph } from '@flowerpower/core';
import { describe, expect, test } from 'vitest';
import { toDot, toMermaid, toPng, toSvg, toText } from './index.js';

const graph: Graph = { nodes: new Map(), leaves: [], inputs: [] };
const never = (value: unknown) => value as never;

describe.each(Object.entries({ toDot, toMermaid, toSvg, toPng, toText }))('%s', (name, draw) => {
  test.each<[string, unknown, unknown?]>([
    ['The graph must be that of a driver.', null],
    ['The graph must be that of a driver.', { nodes: {} }],
    ['The options must be an object, not null.', graph, null],
    ['The options must be an object, not string(2).', graph, 'LR'],
    ["There is no option 'tittle'.", graph, { tittle: 'x' }],
    ["There is no option 'hideInput'.", graph, { hideInput: true }],
    ['hideInputs must be true or false, not 1.', graph, { hideInputs: 1 }],
    ['outputs must be a list of names, not string(1).', graph, { outputs: 'a' }],
    ['title must be a text, not 5.', graph, { title: 5 }],
  ])('%s', async (message, given, options) => {
    await expect(async () => draw(never(given), never(options))).rejects.toMatchObject({
      code: 'FP_VISUALIZE_INVALID_OPTION',
      message: `${name}: ${message}`,
    });
  });

  test('every problem is listed', async () => {
    await expect(async () => draw(never(null), never({ tittle: 'x', title: 5 }))).rejects.toMatchObject({
      code: 'FP_VISUALIZE_INVALID_OPTION',
      problems: [{}, {}, {}],
    });
  });
});
