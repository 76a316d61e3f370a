import type { Dependency, Graph, GraphNode } from '@flowerpower/core';

type NodeSketch = Partial<GraphNode> & {
  readonly name: string;
  /** `source`, or `parameter=source`; a leading `?` makes it optional. */
  readonly needs?: readonly string[];
};

/** A graph from sketches in topological order. */
export function graphOf(sketches: readonly NodeSketch[]): Graph {
  const nodes = new Map<string, GraphNode>();
  for (const { needs = [], ...sketch } of sketches) {
    nodes.set(sketch.name, {
      kind: 'function',
      bound: {},
      tags: {},
      ...sketch,
      dependencies: [...(sketch.dependencies ?? []), ...needs.map(dependency)],
    });
  }
  const used = new Set([...nodes.values()].flatMap((node) => node.dependencies.map(({ node: name }) => name)));
  const given = ({ kind }: GraphNode) => kind === 'input' || kind === 'config';
  return {
    nodes,
    leaves: [...nodes.values()].filter((node) => !used.has(node.name) && !given(node)).map(({ name }) => name),
    inputs: [...nodes.values()].filter(({ kind }) => kind === 'input').map(({ name }) => name),
  };
}

function dependency(sketch: string): Dependency {
  const optional = sketch.startsWith('?');
  const text = optional ? sketch.slice(1) : sketch;
  const equals = text.indexOf('=');
  const node = text.slice(equals + 1);
  return { node, parameter: equals < 0 ? node : text.slice(0, equals), optional };
}

/** Every kind of node and edge, two namespaces, bound values, documentation. */
export const marketing = graphOf([
  { name: 'spend', kind: 'input', type: 'number[]' },
  { name: 'signups', kind: 'input', type: 'number[]' },
  { name: 'currency', kind: 'config', type: 'string' },
  { name: 'rates', kind: 'loader', type: 'Map<string, number>', doc: 'Exchange rates of the day.', needs: ['currency'] },
  {
    name: 'spendInEuro',
    type: 'number[]',
    doc: 'Spend, converted.\nKeeps the order of days.',
    needs: ['spend', 'table=rates'],
  },
  { name: 'spendMean', type: 'number', doc: 'Average spend per day.', needs: ['spendInEuro'] },
  {
    name: 'spendZeroMean',
    type: 'number[]',
    bound: { offset: 0, label: 'centred' },
    needs: ['spendInEuro', 'spendMean'],
  },
  { name: 'spendPerSignup', type: 'number[]', doc: 'Cost per signup.', needs: ['spendInEuro', 'signups'] },
  { name: 'forecast.trend', type: 'Trend', needs: ['series=spendPerSignup'] },
  { name: 'forecast.season', type: 'Season', needs: ['series=spendPerSignup', '?calendar=currency'] },
  { name: 'forecast.next', type: 'number[]', needs: ['forecast.trend', 'forecast.season'] },
  { name: 'saveForecast', kind: 'saver', needs: ['forecast.next', '?spendZeroMean'] },
]);

/** Nested fan-outs, both ways to collect, a branch, and what the cache does. */
export const shops = graphOf([
  { name: 'region', fanOut: {} },
  { name: 'shop', fanOut: { concurrency: 4 }, needs: ['region'] },
  { name: 'sales', needs: ['shop'], cache: 'recompute' },
  {
    name: 'perRegion',
    needs: ['region'],
    dependencies: [
      { node: 'sales', parameter: 'sales', optional: false, collect: { as: 'array', onItemError: 'collect' } },
    ],
  },
  {
    name: 'total',
    dependencies: [
      { node: 'perRegion', parameter: 'sums', optional: false, collect: { as: 'iterable', onItemError: 'fail' } },
    ],
  },
  { name: 'mode', cache: 'default' },
  { name: 'estimate' },
  {
    name: 'report',
    needs: ['mode', 'estimate', 'total'],
    branch: { on: 'mode', cases: { quick: 'estimate', '': 'estimate' }, otherwise: 'total' },
  },
]);

/**
 * A graph of `size` nodes like real pipelines: inputs first, then nodes that use one to three recent ones.
 * The same size gives the same graph.
 */
export function largeGraph(size: number): Graph {
  let state = 42;
  // Linear congruential generator of Numerical Recipes.
  const random = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const words = ['sales', 'price', 'stock', 'margin', 'region', 'basket', 'visits', 'returns', 'forecast', 'cost'];
  const verbs = ['clean', 'join', 'mean', 'sum', 'rank', 'scale', 'split', 'fill', 'daily', 'weekly'];
  const sketches: NodeSketch[] = [];
  for (let index = 0; index < size; index++) {
    const word = words[random(words.length)]!;
    if (index < size / 12) {
      sketches.push({ name: `${word}Source${index}`, kind: index % 3 === 0 ? 'loader' : 'input', type: 'Row[]' });
      continue;
    }
    const count = 1 + random(2) + (random(6) === 0 ? 1 : 0);
    const needs = new Set<string>();
    for (let edge = 0; edge < count; edge++) {
      needs.add(sketches[Math.max(0, index - 1 - random(Math.max(8, size / 8)))]!.name);
    }
    sketches.push({
      name: `${verbs[random(verbs.length)]!}${word[0]!.toUpperCase()}${word.slice(1)}${index}`,
      type: index % 4 === 0 ? 'number' : 'Row[]',
      needs: [...needs],
    });
  }
  return graphOf(sketches);
}

/** Names, types, documentation and values that try to break out of every format. */
export const hostileTexts: readonly string[] = [
  '"',
  "'",
  '`',
  '\\',
  '\\N \\G \\"',
  '<b>bold</b>',
  '</title><script>alert(1)</script>',
  '&lt; &amp; &#0; &',
  ']]>',
  '<!-- --',
  'line\nbreak\r\nand\ttab',
  '\u0000\u0007\u001B[31mred\u001B[0m',
  '\u202Eevil\u2066',
  '\uD800 lone',
  '\uFFFE\uFFFF',
  '日本語 ünï 🌸 👩‍👩‍👧',
  'e\u0301\u0301\u0301',
  '%%{init: {"theme": "dark"}}%%',
  '--> end subgraph',
  ':::x;click n href "http://example.com"',
  '#quot; #35; ﬂ°quot¶ß',
  '**x** _y_ ~~z~~ [a](b) www.example.com 1. x',
  '}',
  '];',
  '',
  ' ',
  'constructor',
  '__proto__',
  'node',
  'a.b.c',
  '..',
];
