import {
  type CacheBehavior,
  checkOutput,
  createDriver,
  dataLoader,
  FlowerPowerError,
  inRange,
  node,
} from '@flowerpower/core';
import { expect, test } from 'vitest';
import { graphOf, marketing, shops } from '../__fixtures__/graphs.js';
import { createDrawing } from './create-drawing.js';
import type { Drawing } from './drawing.js';
import type { DrawOptions } from './options.js';

const names = ({ nodes }: Drawing) => nodes.map((node) => node.fullName);
const edges = (drawing: Drawing) =>
  drawing.edges.map(
    ({ from, to, label, optional }) =>
      `${from.fullName}${optional ? '?' : ''}->${to.fullName}${label === undefined ? '' : `:${label}`}`,
  );

function failure(options: DrawOptions): FlowerPowerError {
  try {
    createDrawing(marketing, options);
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
  }
  throw new Error('It did not fail.');
}

test('hideInputs leaves out inputs and their edges, but neither config values nor requested outputs', () => {
  const drawing = createDrawing(marketing, { hideInputs: true, outputs: ['signups'] });
  expect(names(drawing)).not.toContain('spend');
  expect(names(drawing)).toEqual(expect.arrayContaining(['signups', 'currency']));
  expect(edges(drawing).filter((edge) => edge.startsWith('spend->'))).toEqual([]);
});

test('an edge is labelled when a parameter has another name than its node', () => {
  const graph = graphOf([
    { name: 'a' },
    { name: 'ns.b' },
    { name: 'same', needs: ['a', 'ns.b', 'b=ns.b'] },
    { name: 'renamed', needs: ['x=a'] },
    { name: 'twice', needs: ['a', 'other=a'] },
  ]);
  expect(edges(createDrawing(graph))).toEqual(['a->same', 'ns.b->same', 'a->renamed:x', 'a->twice:a, other']);
});

test('an edge is optional only when every parameter on it is', () => {
  const graph = graphOf([
    { name: 'a' },
    { name: 'both', needs: ['?a', '?x=a'] },
    { name: 'one', needs: ['?a', 'a'] },
  ]);
  expect(edges(createDrawing(graph))).toEqual(['a?->both:a, x', 'a->one']);
});

test('the legend explains what occurs and nothing else', () => {
  expect(createDrawing(marketing, { outputs: ['spendMean'] }).legend).toEqual([
    'input',
    'config',
    'loader',
    'function',
    'saver',
    'output',
    'optional',
  ]);
  expect(createDrawing(graphOf([{ name: 'a' }])).legend).toEqual(['function']);
  expect(createDrawing(marketing, { hideInputs: true }).legend).not.toContain('input');
  expect(createDrawing(marketing, { showLegend: false }).legend).toEqual([]);
});

test('the legend explains fan-outs, branches and checks only where they occur', () => {
  expect(createDrawing(shops).legend).toEqual(['function', 'branch', 'each', 'all']);
  const module = { ratio: node(() => 0.5, checkOutput(inRange(0, 1))) };
  expect(createDrawing(createDriver({ modules: [module] }).graph).legend).toEqual([
    'function',
    'unchecked',
    'check',
  ]);
});

test('a node that takes an item and all items of another has an edge for each', () => {
  const collect = { as: 'array', onItemError: 'fail' } as const;
  const drawing = createDrawing(
    graphOf([
      { name: 'list', fanOut: {} },
      { name: 'square', needs: ['list'] },
      {
        name: 'share',
        needs: ['square'],
        dependencies: [{ node: 'square', parameter: 'all', optional: false, collect }],
      },
    ]),
  );
  expect(drawing.edges.map(({ from, flow, label }) => [from.fullName, flow, label])).toEqual([
    ['list', 'each', undefined],
    ['square', 'all', 'all'],
    ['square', 'one', undefined],
  ]);
});

test('what the cache does is noted where it is not the default', () => {
  const notes = (cache?: CacheBehavior) => createDrawing(graphOf([{ name: 'a', cache }])).nodes[0]?.notes;
  expect(notes()).toEqual([]);
  expect(notes('default')).toEqual([]);
  expect(notes('recompute')).toEqual(['cache: recompute']);
  expect(notes('disable')).toEqual(['cache: disable']);
  expect(notes('ignore')).toEqual(['cache: ignore']);
});

test('parameters that a modifier made are not labels', () => {
  const module = { rows: node((): [number, object] => [1, {}], dataLoader()) };
  const { graph } = createDriver({ modules: [module] });
  expect(edges(createDrawing(graph, { outputs: ['rows.loader'] }))).toEqual(['rows.loader->rows']);
});

test('identifiers are safe, unique, and stay the same when other nodes come', () => {
  const before = createDrawing(graphOf([{ name: 'a.b' }, { name: 'spend' }]));
  const after = createDrawing(
    graphOf([{ name: 'new' }, { name: 'a.b' }, { name: 'a_b' }, { name: 'spend' }]),
  );
  expect(before.nodes.map(({ id }) => id)).toEqual(['n_a_b', 'n_spend']);
  expect(after.nodes.map(({ id }) => id)).toEqual(['n_new', 'n_a_b', 'n_a_b_2', 'n_spend']);
});

test('long names and types are shortened in labels and whole in tooltips', () => {
  const [name, type] = ['n'.repeat(80), 't'.repeat(80)];
  const [node] = createDrawing(graphOf([{ name, type, doc: 'What it is.' }])).nodes;
  expect(node?.label).toBe(`${'n'.repeat(47)}…`);
  expect(node?.type).toBe(`${'t'.repeat(39)}…`);
  expect(node?.tooltip).toBe(`${name}: ${type}\n\nWhat it is.`);
});

test('every unknown output is reported at once, with suggestions', () => {
  const error = failure({ outputs: ['spendMaen', 'spendMean', 'nothingLikeIt'] });
  expect(error.code).toBe('FP_VISUALIZE_UNKNOWN_OUTPUT');
  expect(error.message).toContain("'spendMaen'");
  expect(error.message).toContain("'nothingLikeIt'");
  expect(error.problems.map(({ hint }) => hint)).toEqual([
    "Did you mean 'spendMean'?",
    'Name a node of the graph, or leave it out of the outputs.',
  ]);
});

test('an unknown orientation is an error', () => {
  const error = failure({ orient: 'RL' as 'LR' });
  expect(error.code).toBe('FP_VISUALIZE_INVALID_OPTION');
  expect(error.message).toContain("'RL'");
});
