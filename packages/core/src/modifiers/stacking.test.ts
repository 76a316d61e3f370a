/** Modifiers stack and apply in the order written, also where the originals refuse or ignore it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  createDriver,
  extractColumns,
  extractFields,
  group,
  inRange,
  inject,
  noNaNs,
  node,
  parameterize,
  parameterizeValues,
  predicate,
  schema,
  source,
  tag,
  tagOutputs,
  unpackFields,
} from '../index.js';

const stats = async ({ rows, scale }: { rows: readonly number[]; scale: number }) => ({
  mean: (scale * rows.reduce((sum, row) => sum + row, 0)) / rows.length,
  range: [Math.min(...rows), Math.max(...rows)] as const,
});

/** Hides from the compiler what the modifiers do, where it would refuse them or cannot know their order. */
const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;

test('extracting after parameterizing takes from every node', async () => {
  const m = {
    stats: node(stats, parameterize({ raw: { scale: 1 }, cents: { scale: 100 } }), extractFields('mean')),
    ratio: ({ 'cents.mean': cents, 'raw.mean': raw }: { 'cents.mean': number; 'raw.mean': number }) =>
      cents / raw,
  };
  const driver = createDriver({ modules: [m] });
  expect(await driver.execute(['raw.mean', 'ratio'], { inputs: { rows: [1, 3] } })).toEqual({
    'raw.mean': 2,
    ratio: 100,
  });
  expect(driver.graph.leaves).toEqual(['ratio']);
});

test('parameterizing after extracting copies the fields; both orders give the same graph', async () => {
  const outputs = {
    raw: { scale: 1 },
    cents: { rows: source('prices'), scale: group(source('a')) as never },
  };
  const graphOf = (module: object) =>
    [...createDriver({ modules: [module] }).graph.nodes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const given of [outputs, { raw: outputs.raw }]) {
    expect(graphOf({ f: node(stats, extractFields('mean', 'range'), parameterize(given)) })).toEqual(
      graphOf({ f: node(stats, parameterize(given), extractFields('mean', 'range')) }),
    );
  }
});

test('a single parameterized node gives its fields their own names', async () => {
  const m = { f: node(stats, parameterize({ raw: { scale: 1 } }), extractFields('mean')) };
  const driver = createDriver({ modules: [m] });
  expect(await driver.execute(['mean'], { inputs: { rows: [4] } })).toEqual({ mean: 4 });
});

test('one of several nodes is extracted from by name', async () => {
  const m = {
    f: node(
      stats,
      parameterizeValues('scale', { one: 1, ten: 10 }),
      extractFields('mean', { target: 'ten' }),
      extractFields('range', { target: 'one', fillWith: [] }),
      tag({ a: 'b' }),
    ),
  };
  const driver = createDriver({ modules: [m] });
  expect(await driver.execute(['mean', 'range'], { inputs: { rows: [1, 3] } })).toEqual({
    mean: 20,
    range: [1, 3],
  });
  expect(driver.graph.leaves).toEqual(['mean', 'range']);
  expect(driver.graph.nodes.get('range')?.tags).toEqual({ a: 'b' });
});

test('unpacking after extracting takes from the field', async () => {
  const m = { f: node(stats, extractFields('range'), unpackFields('low', 'high')) };
  const driver = createDriver({ modules: [m] });
  const inputs = { rows: [5, 2], scale: 1 };
  expect(await driver.execute(['low', 'high'], { inputs })).toEqual({ low: 2, high: 5 });
});

test('two extractions from one node, where its name says so', () => {
  const m = {
    user: node(
      (): { id: number; mail?: string } => ({ id: 7 }),
      extractFields('id'),
      extractFields('mail', { fillWith: 'none', target: 'user' }),
    ),
  };
  expect(createDriver({ modules: [m] }).executeSync(['id', 'mail'])).toEqual({ id: 7, mail: 'none' });
});

test('inject and parameterize, in both orders (#160)', async () => {
  const outputs = { raw: { scale: 1 }, cents: { scale: 100 } };
  const rows = { rows: source('prices') };
  const modules = [
    { f: node(stats, inject(rows), parameterize(outputs), extractFields('mean')) },
    { f: node(stats, parameterize(outputs), inject(rows), extractFields('mean')) },
    { f: node(stats, extractFields('mean'), parameterize(outputs), inject(rows)) },
  ];
  for (const module of modules) {
    const driver = createDriver({ modules: [module] });
    expect(await driver.execute(['cents.mean'], { inputs: { prices: [1, 2] } })).toEqual({
      'cents.mean': 150,
    });
    expect(driver.graph.inputs).toEqual(['prices']);
  }
});

test('a parameter named as a field or as an output is bound all the same', () => {
  const field = ({ mean }: { mean: number }) => ({ mean: mean + 1 });
  const m = { f: node(field, extractFields('mean'), inject({ mean: source('before') })) };
  expect(createDriver({ modules: [m] }).executeSync(['mean'], { inputs: { before: 1 } })).toEqual({
    mean: 2,
  });
  const output = ({ low }: { low: number }) => ({ twice: 2 * low });
  const n = {
    f: node(output, parameterize({ low: {}, high: {} }), extractFields('twice'), inject({ low: 3 })),
  };
  expect(createDriver({ modules: [n] }).executeSync(['low.twice', 'high.twice'])).toEqual({
    'low.twice': 6,
    'high.twice': 6,
  });
});

test('tags go to what there is when they are written', () => {
  const m = {
    f: node(
      () => ({ a: 1, b: 2 }),
      tag({ all: 'yes' }),
      extractFields('a', 'b'),
      tagOutputs({ a: { one: 'a' } }),
      parameterize({ x: {}, y: {} }),
    ),
  };
  const { nodes } = createDriver({ modules: [m] }).graph;
  const tags = Object.fromEntries([...nodes].map(([name, { tags }]) => [name, tags]));
  expect(tags).toEqual({
    x: { all: 'yes' },
    'x.a': { all: 'yes', one: 'a' },
    'x.b': { all: 'yes' },
    y: { all: 'yes' },
    'y.a': { all: 'yes', one: 'a' },
    'y.b': { all: 'yes' },
  });
});

describe('variants', () => {
  const isBig = predicate(['big'], ({ big }) => big === true);

  test('a condition may be written before or after the parts', () => {
    const before = { size__big: node(() => ({ area: 9 }), isBig, extractFields('area')) };
    const after = { size__big: node(() => ({ area: 9 }), extractFields('area'), isBig) };
    for (const m of [before, after]) {
      const driver = createDriver({ modules: [m], config: { big: true } });
      expect(driver.executeSync(['size', 'area'])).toEqual({ size: { area: 9 }, area: 9 });
      const bare = createDriver({ modules: [m, { f: ({ area }: { area: number }) => area }] });
      expect(() => bare.executeSync(['f'])).toThrow(expect.objectContaining({ code: 'FP_MISSING_INPUT' }));
    }
  });

  test('an error tells the collapsed name of the source', () => {
    const empty = (): { area?: number } => ({});
    const m = { size__big: node(empty, extractFields('area'), isBig) };
    const driver = createDriver({ modules: [m], config: { big: true } });
    expect(() => driver.executeSync(['area'])).toThrow("The node 'area' failed: 'size' gave no field 'area'");
  });

  test('only the name of the export is collapsed, and only once', () => {
    const m = {
      a__b__c: node(() => ({ p__q: 1 }), extractFields('p__q'), isBig, isBig),
      d__e: node(() => 1, parameterize({ made__here: {} }), isBig),
    };
    const { leaves, nodes } = createDriver({ modules: [m], config: { big: true } }).graph;
    expect([...nodes.keys()]).toEqual(['a__b', 'p__q', 'made__here']);
    expect(leaves).toEqual(['p__q', 'made__here']);
  });
});

describe('with checks', () => {
  const inputs = { rows: [1, 3] };
  const outputs = { raw: { scale: 1 }, cents: { scale: 100 } };

  test('checking what was extracted', async () => {
    const m = { f: node(stats, inject({ scale: 1 }), extractFields('mean'), checkOutput(inRange(0, 2))) };
    const driver = createDriver({ modules: [m] });
    const result = await driver.execute(['mean', 'mean_raw'], { inputs });
    expect(result).toEqual({ mean: 2, mean_raw: 2 });
  });

  test('checking what was extracted from several nodes', async () => {
    const m = { f: node(stats, parameterize(outputs), extractFields('mean'), checkOutput(inRange(0, 500))) };
    const driver = createDriver({ modules: [m] });
    const result = await driver.execute(['cents.mean', 'cents.mean_raw'], { inputs });
    expect(result).toEqual({ 'cents.mean': 200, 'cents.mean_raw': 200 });
    expect(driver.graph.nodes.has('cents_raw')).toBe(false);
  });

  test('parameterizing what was extracted and checked', async () => {
    const m = { f: node(stats, extractFields('mean'), checkOutput(inRange(0, 500)), parameterize(outputs)) };
    const driver = createDriver({ modules: [m] });
    expect([...driver.graph.nodes.values()].filter(({ derived }) => derived).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['raw.mean_raw', 'raw.mean', 'cents.mean_raw', 'cents.mean']),
    );
    expect(await driver.execute(['cents.mean'], { inputs })).toEqual({ 'cents.mean': 200 });
  });

  test('parameterizing, and extracting from, a node that is checked itself', async () => {
    const list = ({ rows, scale }: { rows: number[]; scale: number }) => rows.map((row) => row * scale);
    const m = { f: node(list, checkOutput(noNaNs()), parameterize(outputs), unpackFields('first')) };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['cents.first', 'cents_raw'], { inputs })).toEqual({
      'cents.first': 100,
      cents_raw: [100, 300],
    });
    expect(driver.graph.nodes.has('cents_raw.first')).toBe(false);
  });
});

test('several nodes are not copied once more', () => {
  const build = (module: object) => () => createDriver({ modules: [module] });
  const two = parameterize({ a: { scale: 1 }, b: { scale: 2 } });
  const problem = expect.objectContaining({ code: 'FP_BAD_MODIFIER' });
  expect(build({ f: untyped(stats, two, parameterize({ c: {} })) })).toThrow(problem);
  expect(build({ a: untyped(stats, two, parameterize({ c: {} })) })).toThrow(problem);
  const one = parameterize({ a: { scale: 1 } });
  expect(createDriver({ modules: [{ f: untyped(stats, one, two) }] }).graph.leaves).toEqual(['a', 'b']);
});

test('any order of inject, tag, schema and extractFields around parameterize gives the same graph', () => {
  const parts = [
    inject({ rows: source('prices') }),
    tag({ owner: 'x' }),
    schema({ mean: 'number' }),
    extractFields('mean', 'range'),
    parameterize({ raw: { scale: 1 }, cents: { scale: source('rate') } }),
  ];
  const graphOf = (order: readonly unknown[]) => {
    const module = { f: untyped(stats, ...order) };
    const nodes = [...createDriver({ modules: [module] }).graph.nodes.values()];
    return nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
  };
  const expected = graphOf(parts);
  fc.assert(
    fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (order) => {
      expect(graphOf(order)).toEqual(expected);
    }),
  );
});

test('columns of parameterized asynchronous tables', async () => {
  const table = async ({ count }: { count: number }) => Array.from({ length: count }, (_, day) => ({ day }));
  const m = { table: node(table, parameterizeValues('count', { week: 2, empty: 0 }), extractColumns('day')) };
  expect(await createDriver({ modules: [m] }).execute(['week.day', 'empty.day'])).toEqual({
    'week.day': [0, 1],
    'empty.day': [],
  });
});
