/** Nodes that load and save, made by modifiers and on their own. With real files: packages/io/src/materializers. */
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  createDriver,
  dataLoader,
  type DataLoader,
  dataSaver,
  type DataSaver,
  defineModule,
  extractFields,
  FlowerPowerError,
  group,
  inject,
  inRange,
  loadFrom,
  loadNode,
  node,
  parameterize,
  saveNode,
  step,
  subdag,
  retry,
  pipeOutput,
  pipeInput,
  parallelizable,
  collect,
  saveTo,
  source,
  tag,
  value,
  when,
} from '../index.js';

type Runnable = {
  executeSync(outputs: readonly string[], options?: object): Record<string, unknown>;
};

/** Runs without the help of types, as a program that was not type-checked does. */
function run(module: object, outputs: readonly string[], inputs: object = {}) {
  const driver: Runnable = createDriver({ modules: [module] });
  return driver.executeSync(outputs, { inputs });
}

function refused(action: () => unknown): FlowerPowerError {
  try {
    action();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** A shelf of values by key, in the place of files. */
function createShelf(content: Readonly<Record<string, unknown>> = {}) {
  const shelf = new Map(Object.entries(content));
  const reads: string[] = [];
  const load: DataLoader<unknown, { key: string }>['load'] = ({ key }) => {
    reads.push(String(key));
    return [shelf.get(String(key)), { key: String(key) }];
  };
  const save: DataSaver<unknown, { key: string }>['save'] = (saved, { key }, { node: name }) => {
    shelf.set(String(key), saved);
    return { key: String(key), by: name };
  };
  return {
    shelf,
    reads,
    from: (key: unknown, more = {}) => ({
      type: 'shelf',
      options: { key, ...more },
      load,
      doc: `Loads ${String(key)}.`,
    }),
    to: (key: unknown, more = {}) => ({ type: 'shelf', options: { key, ...more }, save }),
  };
}

const sum = ({ rows, scale = 1 }: { rows: number[]; scale?: number }) =>
  rows.reduce((total, row) => total + row, 0) * scale;

describe('loadFrom', () => {
  test('gives the parameter what is loaded, and nodes for the pair and the value', () => {
    const { from, reads } = createShelf({ a: [3, 4] });
    const m = { total: node(sum, loadFrom({ rows: from('a') })) };
    expect(run(m, ['total', 'total.load_data.rows', 'total.select_data.rows'], { scale: 2 })).toEqual({
      total: 14,
      'total.load_data.rows': [[3, 4], { key: 'a' }],
      'total.select_data.rows': [3, 4],
    });
    expect(reads).toEqual(['a']);
    const { graph } = createDriver({ modules: [m] });
    expect(graph.inputs).toEqual(['scale']);
    expect(graph.leaves).toEqual(['total']);
    expect(graph.nodes.get('total.load_data.rows')).toMatchObject({
      kind: 'loader',
      doc: 'Loads a.',
      bound: { 'shelf.key': 'a' },
      exportName: 'total',
      derived: true,
    });
  });

  test('options come from other nodes, alone and in groups', () => {
    const { from } = createShelf({ a: [1], 'b,7': [5] });
    const m = {
      single: node(sum, loadFrom({ rows: from(source('which')) })),
      grouped: node(sum, loadFrom({ rows: from(group(source('other'), 7)) })),
      fixed: node(sum, loadFrom({ rows: from(value('a')) })),
      which: () => 'a',
    };
    expect(run(m, ['single', 'grouped', 'fixed'], { other: 'b' })).toEqual({
      single: 1,
      grouped: 5,
      fixed: 1,
    });
  });

  test('positional and optional parameters, several at once, and a function with a context', () => {
    const { from } = createShelf({ a: [1], b: 10 });
    const m = {
      positional: node(
        { inputs: ['rows', 'by'] },
        (rows: number[], by: number) => rows.length * by,
        loadFrom({ rows: from('a'), by: from('b') }),
      ),
      optional: node(sum, loadFrom({ rows: from('a'), scale: from('b') })),
      named: node(
        ({ rows }: { rows: number[] }, { node: name }: { node: string }) => `${name} ${rows.length}`,
        loadFrom({ rows: from('a') }),
      ),
    };
    expect(run(m, ['positional', 'optional', 'named'])).toEqual({
      positional: 10,
      optional: 10,
      named: 'named 1',
    });
  });

  test('an asynchronous loader', async () => {
    const m = {
      total: node(
        sum,
        loadFrom({ rows: { type: 'slow', options: {}, load: async () => [[2], 'facts'] as const } }),
      ),
    };
    expect(await createDriver({ modules: [m] }).execute(['total'])).toEqual({ total: 2 });
  });

  test('copies load for themselves, written before parameterize; they share, written after', () => {
    const { from, reads } = createShelf({ a: [1], b: [2] });
    const outputs = { one: { scale: 1 }, ten: { scale: 10 } };
    const before = { total: node(sum, loadFrom({ rows: from('a') }), parameterize(outputs)) };
    expect(run(before, ['one', 'ten', 'ten.select_data.rows'])).toEqual({
      one: 1,
      ten: 10,
      'ten.select_data.rows': [1],
    });
    const after = { total: node(sum, parameterize(outputs), loadFrom({ rows: from('b') })) };
    expect(run(after, ['one', 'ten', 'total.select_data.rows'])).toEqual({
      one: 2,
      ten: 20,
      'total.select_data.rows': [2],
    });
    expect(reads).toEqual(['a', 'a', 'b']);
  });

  test('variants, fields, checks and bindings stack, in any order', () => {
    const { from } = createShelf({ a: [1, 5] });
    const range = ({ rows }: { rows: number[] }) => ({ low: Math.min(...rows), high: Math.max(...rows) });
    const m = {
      early__x: node(sum, when({ k: 'x' }), loadFrom({ rows: from('a') }), inject({ scale: 2 })),
      late__x: node(sum, loadFrom({ rows: from('a') }), when({ k: 'x' }), checkOutput(inRange(0, 9))),
      copy__x: node(sum, when({ k: 'x' }), parameterize({ copied: {} }), loadFrom({ rows: from('a') })),
      range: node(range, loadFrom({ rows: from('a') }), extractFields('low', 'high')),
      checked: node(sum, checkOutput(inRange(0, 9)), loadFrom({ rows: from('a') })),
    };
    const driver = createDriver({ modules: [m], config: { k: 'x' } });
    const result = driver.executeSync([
      'early',
      'early.select_data.rows',
      'late',
      'late.load_data.rows',
      'late_raw',
      'copied',
      'copy.select_data.rows',
      'low',
      'high',
      'checked',
      'checked.select_data.rows',
    ]);
    expect(result).toMatchObject({ early: 12, late: 6, late_raw: 6, copied: 6, low: 1, high: 5, checked: 6 });
    expect(result['late.load_data.rows']).toEqual([[1, 5], { key: 'a' }]);
  });

  test('an override of the value keeps the loader from running, params replace an option', () => {
    const { from, reads } = createShelf({ b: [9] });
    const m = { total: node(sum, loadFrom({ rows: from('a') })) };
    const overrides = { 'total.select_data.rows': [4] };
    expect(createDriver({ modules: [m] }).executeSync(['total'], { overrides })).toEqual({ total: 4 });
    expect(reads).toEqual([]);
    const params = { 'total.load_data.rows': { 'shelf.key': 'b' } };
    expect(createDriver({ modules: [m], params }).executeSync(['total'])).toEqual({ total: 9 });
  });

  test('a parameter of the function is never mistaken for an option', () => {
    const { from } = createShelf({ a: [1] });
    const keyed = ({ rows, key }: { rows: number[]; key: string }) => `${key}${rows.length}`;
    const m = { keyed: node(keyed, loadFrom({ rows: from('a') }), inject({ key: 'k' })) };
    expect(run(m, ['keyed'])).toEqual({ keyed: 'k1' });
  });
});

describe('saveTo', () => {
  test('adds a node that saves and tells what it saved, and runs only where it is asked for', () => {
    const { to, shelf } = createShelf();
    const m = { total: node(sum, saveTo(to('t')), saveTo(to(source('other')), { name: 'again' })) };
    expect(run(m, ['total'], { rows: [3] })).toEqual({ total: 3 });
    expect(shelf.size).toBe(0);
    expect(run(m, ['save.total', 'again'], { rows: [3], other: 'o' })).toEqual({
      'save.total': { key: 't', by: 'save.total' },
      again: { key: 'o', by: 'again' },
    });
    expect(Object.fromEntries(shelf)).toEqual({ t: 3, o: 3 });
    expect(createDriver({ modules: [m] }).graph.nodes.get('again')?.kind).toBe('saver');
  });

  test('after parameterize each node is saved, with a file of its own', () => {
    const { to, shelf } = createShelf();
    const outputs = { one: { scale: 1 }, ten: { scale: 10 } };
    const after = {
      total: node(
        sum,
        parameterize(outputs),
        saveTo((name) => to(`${name}!`)),
      ),
    };
    expect(Object.keys(run(after, ['save.one', 'save.ten'], { rows: [2] }))).toEqual([
      'save.one',
      'save.ten',
    ]);
    expect(Object.fromEntries(shelf)).toEqual({ 'one!': 2, 'ten!': 20 });
    const before = {
      total: node(
        ({ scale }: { scale: number }) => ({ low: scale }),
        saveTo(to('x')),
        parameterize(outputs),
        extractFields('low'),
      ),
    };
    expect([...createDriver({ modules: [before] }).graph.nodes.keys()]).toEqual(
      expect.arrayContaining(['save.one', 'save.ten', 'one.low', 'ten.low']),
    );
    const named = {
      total: node(
        sum,
        parameterize(outputs),
        saveTo(() => to('x'), { name: 'file' }),
      ),
    };
    expect(run(named, ['one.file'], { rows: [2] })).toEqual({ 'one.file': { key: 'x', by: 'one.file' } });
  });

  test('fields are saved one by one, or the one that is named', () => {
    const { to, shelf } = createShelf();
    const m = {
      range: node(
        () => ({ low: 1, high: 9 }),
        saveTo(to('record')),
        extractFields('low', 'high'),
        saveTo((name) => to(name)),
        saveTo(to('only'), { name: 'only', target: 'high' }),
        saveTo(to('whole'), { name: 'whole', target: ['range'] }),
      ),
    };
    run(m, ['save.range', 'save.low', 'save.high', 'only', 'whole']);
    expect(Object.fromEntries(shelf)).toEqual({
      record: { low: 1, high: 9 },
      low: 1,
      high: 9,
      only: 9,
      whole: { low: 1, high: 9 },
    });
  });

  test('what is saved has passed the checks, whichever is written first', () => {
    const { to, shelf } = createShelf();
    const fails = checkOutput(inRange(0, 1), { importance: 'fail' });
    const m = { before: node(sum, saveTo(to('x')), fails), after: node(sum, fails, saveTo(to('x'))) };
    for (const name of ['save.before', 'save.after']) {
      expect(refused(() => run(m, [name], { rows: [5] })).code).toBe('FP_NODE_FAILED');
    }
    expect(shelf.size).toBe(0);
    run(m, ['save.before', 'save.after'], { rows: [1] });
    expect(shelf.get('x')).toBe(1);
  });

  test('a variant is saved under the name it stands for', () => {
    const { to } = createShelf();
    const m = { total__x: node(sum, saveTo(to('x')), when({ k: 'x' })) };
    const driver = createDriver({ modules: [m], config: { k: 'x' } });
    expect(driver.executeSync(['save.total'], { inputs: { rows: [] } })['save.total']).toMatchObject({
      key: 'x',
    });
  });
});

describe('dataLoader and dataSaver', () => {
  test('the value and the pair, synchronous and asynchronous, with tags and inputs', async () => {
    const m = {
      prices: node(
        ({ first }: { first: number }): [number[], object] => [[first], { rows: 1 }],
        dataLoader(),
        tag({ a: 'b' }),
      ),
      later: node(async () => ['x', { rows: 0 }] as const, tag({ a: 'b' }), dataLoader()),
      stored: node(({ prices }: { prices: number[] }) => ({ rows: prices.length }), dataSaver()),
    };
    const driver = createDriver({ modules: [m] });
    const outputs = ['prices', 'prices.loader', 'later', 'later.loader', 'stored'] as const;
    expect(await driver.execute(outputs, { inputs: { first: 3 } })).toEqual({
      prices: [3],
      'prices.loader': [[3], { rows: 1 }],
      later: 'x',
      'later.loader': ['x', { rows: 0 }],
      stored: { rows: 1 },
    });
    const kinds = [...driver.graph.nodes.values()].map(({ name, kind }) => [name, kind]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['prices', 'loader'],
        ['prices.loader', 'loader'],
        ['stored', 'saver'],
      ]),
    );
    expect(driver.graph.nodes.get('later')?.tags).toEqual({ a: 'b' });
  });

  test('they stack with parameterize, variants and checks', () => {
    const load = ({ n }: { n: number }): [number, object] => [n, { of: n }];
    const m = {
      n__x: node(load, parameterize({ one: { n: 1 }, two: { n: 2 } }), dataLoader()),
      early: node(load, dataLoader(), parameterize({ three: { n: 3 } }), checkOutput(inRange(0, 9))),
      four__x: node(load, inject({ n: 4 }), dataLoader(), when({ k: 'x' })),
    };
    const driver = createDriver({ modules: [m], config: { k: 'x' } });
    expect(
      driver.executeSync([
        'one',
        'two',
        'two.loader',
        'three',
        'three_raw',
        'three.loader',
        'four',
        'four.loader',
      ]),
    ).toEqual({
      one: 1,
      two: 2,
      'two.loader': [2, { of: 2 }],
      three: 3,
      three_raw: 3,
      'three.loader': [3, { of: 3 }],
      four: 4,
      'four.loader': [4, { of: 4 }],
    });
  });

  test.each([[3], [[1]], [[1, 2, 3]], [null]])('%j is not a pair', (given) => {
    const error = refused(() => run({ x: node((): unknown => given, dataLoader()) }, ['x']));
    expect(error.cause).toMatchObject({
      code: 'FP_BAD_LOADED_DATA',
      message: expect.stringContaining("'x'"),
    });
  });
});

describe('loadNode and saveNode', () => {
  test('a module of files beside one of functions, or in place of one', () => {
    const { from, to, shelf } = createShelf({ a: [1, 2] });
    const m = { rows: (): number[] => [], total: sum };
    const files = { report: saveNode('total', to('r')), both: saveNode(['total', 'rows'], to('b')) };
    const driver = createDriver({ modules: [{ ...m, rows: loadNode(from('a'), tag({ a: 'b' })) }, files] });
    expect(driver.executeSync(['report', 'both', 'rows.loader', 'both.combined'])).toEqual({
      report: { key: 'r', by: 'report' },
      both: { key: 'b', by: 'both' },
      'rows.loader': [[1, 2], { key: 'a' }],
      'both.combined': { total: 3, rows: [1, 2] },
    });
    expect(Object.fromEntries(shelf)).toMatchObject({ r: 3, b: { total: 3, rows: [1, 2] } });
    expect(driver.graph.nodes.get('rows')).toMatchObject({
      kind: 'loader',
      tags: { a: 'b' },
      doc: 'Loads a.',
    });
  });

  test('what a function gives is saved, with its defaults and options from nodes', () => {
    const { from, to, shelf } = createShelf({ start: 'x' });
    const files = {
      key: loadNode(from(source('where'))),
      report: saveNode(
        ({ a, by = 2 }: { a: number; by?: number }) => a * by,
        to(source('key')),
        tag({ c: 'd' }),
      ),
    };
    const driver = createDriver({ modules: [files] });
    const untyped: Runnable = driver;
    untyped.executeSync(['report'], { inputs: { a: 4, where: 'start' } });
    expect(shelf.get('x')).toBe(8);
    expect(driver.graph.nodes.get('report')).toMatchObject({ kind: 'saver', tags: { c: 'd' } });
  });
});

describe('with other modifiers', () => {
  const half = (values: number[]) => values.map((one) => one / 2);
  const double = (value: number) => value * 2;

  test('pipes: what is loaded is piped, and what is piped is saved', () => {
    const { from, to, shelf } = createShelf({ a: [2, 4] });
    const m = {
      before: node(sum, loadFrom({ rows: from('a') }), pipeInput(step(half), { on: 'rows' }) as never),
      after: node(sum, pipeInput(step(half), { on: 'rows' }), loadFrom({ rows: from('a') })),
      saved: node(sum, saveTo(to('s')), pipeOutput(step(double))),
      later: node(sum, pipeOutput(step(double)), saveTo(to('l'))),
    };
    const outputs = ['before', 'after', 'after.select_data.rows', 'save.saved', 'save.later'];
    expect(run(m, outputs, { rows: [1] })).toMatchObject({
      before: 3,
      after: 3,
      'after.select_data.rows': [2, 4],
    });
    expect([shelf.get('s'), shelf.get('l')]).toEqual([2, 2]);
  });

  test('sub-graphs: they load and save under their own names, with options from outside', () => {
    const { from, to, shelf } = createShelf({ a: [3], b: [5] });
    const part = {
      rows: loadNode(from(source('which'))),
      total: node(sum, saveTo(to(source('target')))),
    };
    const modules = [part as object];
    const m = {
      left: node(
        ({ total }: { total: number }) => total,
        subdag({ modules, inputs: { which: 'a', target: 'l' } }),
      ),
      right: node(
        ({ total }: { total: number }) => total,
        subdag({ modules, inputs: { which: source('choice'), target: 'r' } }),
      ),
    };
    const outputs = ['left', 'right', 'left.save.total', 'right.rows.loader', 'right.save.total'];
    expect(run(m, outputs, { choice: 'b' })).toMatchObject({
      left: 3,
      right: 5,
      'right.rows.loader': [[5], { key: 'b' }],
    });
    expect([shelf.get('l'), shelf.get('r')]).toEqual([3, 5]);
  });

  test('fan-outs: what is loaded is fanned out, loaded per item and saved per item', async () => {
    const { from, to, shelf } = createShelf({ keys: ['x', 'y'], x: [1], y: [2, 3] });
    const m = {
      key: node((): [string[], object] => [['x', 'y'], {}], dataLoader(), parallelizable()),
      total: node(sum, loadFrom({ rows: from(source('key')) }), saveTo(to(source('target')))),
      target: ({ key }: { key: string }) => `${key} saved`,
      all: node(({ total }: { total: number[] }) => total, collect('total')),
      facts: node({ inputs: ['save.total'] }, (saved: unknown[]) => saved.length, collect('save.total')),
    };
    const driver: { execute(outputs: readonly string[]): Promise<Record<string, unknown>> } = createDriver({
      modules: [m],
    });
    expect(await driver.execute(['all', 'facts', 'key.loader'])).toEqual({
      all: [1, 5],
      facts: 2,
      'key.loader': [['x', 'y'], {}],
    });
    expect([shelf.get('x saved'), shelf.get('y saved')]).toEqual([1, 5]);
  });

  test('their versions change with their options and with what loads', () => {
    const load = () => [[1], {}] as const;
    const other = () => [[2], {}] as const;
    const versionOf = (loader: object) => {
      const m = { total: node(sum, loadFrom({ rows: { type: 'list', ...loader } as never })) };
      const { nodes } = createDriver({ modules: [m] }).versions();
      return nodes.get('total.load_data.rows');
    };
    const version = versionOf({ options: { a: 1 }, load });
    expect(versionOf({ options: { a: 1 }, load })).toBe(version);
    expect(versionOf({ options: { a: 2 }, load })).not.toBe(version);
    expect(versionOf({ options: { a: 1 }, load: other })).not.toBe(version);
  });

  test('a loader that fails is repeated', () => {
    let calls = 0;
    const load = () => {
      if (++calls < 3) throw new Error('busy');
      return [[7], {}] as const;
    };
    const again = retry({ maxRetries: 2, retryDelay: 0 });
    const log = { ...console, warn: () => {} };
    const m = { total: node(sum, loadFrom({ rows: { type: 'flaky', options: {}, load } as never }), again) };
    expect(createDriver({ modules: [m], log }).executeSync(['total'])).toEqual({ total: 7 });
    calls = 0;
    const files = { rows: loadNode({ type: 'flaky', options: {}, load }, again) };
    expect(createDriver({ modules: [files], log }).executeSync(['rows'])).toEqual({ rows: [7] });
  });
});

describe('what is wrong is reported when the graph is built, at the place of the export', () => {
  const refusing = (module: object) => {
    const nodes = Object.fromEntries(
      Object.keys(module).map((name) => [
        name,
        {
          line: 7,
          column: 1,
          style: 'object' as const,
          parameters: [{ name: 'rows', optional: false }],
          takesContext: false,
        },
      ]),
    );
    return refused(() =>
      createDriver({ modules: [defineModule({ name: 'm', exports: module, file: 'm.ts', nodes })] }),
    );
  };
  const untyped = { loadFrom, saveTo, loadNode, saveNode } as unknown as Record<
    string,
    (...args: readonly unknown[]) => never
  >;
  const { from, to } = createShelf();
  const place = { file: 'm.ts', line: 7, column: 1 };

  test.each<[string, object, string, string]>([
    [
      'no loader',
      { x: node(sum, untyped['loadFrom']!({ rows: 'a.csv' })) },
      'FP_BAD_MODIFIER',
      "what 'rows' is loaded from is not a loader",
    ],
    [
      'an unknown parameter',
      { x: node(sum, untyped['loadFrom']!({ row: from('a') })) },
      'FP_BAD_MODIFIER',
      "there is no parameter 'row'",
    ],
    [
      'no loaders',
      { x: node(sum, untyped['loadFrom']!()) },
      'FP_BAD_MODIFIER',
      'the parameters to bind are not an object',
    ],
    [
      'no saver',
      { x: node(sum, untyped['saveTo']!('a.csv')) },
      'FP_BAD_MODIFIER',
      'what it was given is not a saver',
    ],
    [
      'a function that gives no saver',
      {
        x: node(
          sum,
          untyped['saveTo']!(() => 1),
        ),
      },
      'FP_BAD_MODIFIER',
      'not a saver',
    ],
    [
      'two nodes in one place',
      { x: node(sum, parameterize({ a: {}, b: {} }), saveTo(to('a'))) },
      'FP_BAD_MODIFIER',
      "it would save 'a', 'b' to the same place",
    ],
    [
      'an unknown option',
      { x: node(sum, untyped['saveTo']!(to('a'), { nam: 'x' })) },
      'FP_BAD_MODIFIER',
      "there is no option 'nam'",
    ],
    [
      'a name that is taken',
      { x: node(sum, saveTo(to('a')), untyped['saveTo']!(to('b'))) },
      'FP_BAD_MODIFIER',
      "there is a node 'save.x' already",
    ],
    [
      'an unknown target',
      { x: node(sum, saveTo(to('a'), { target: 'y' })) },
      'FP_UNKNOWN_TARGET',
      "the target 'y'",
    ],
    ['no loader for a node', { x: untyped['loadNode']!(to('a')) }, 'FP_BAD_MODIFIER', 'is not a loader'],
    ['no saver for a node', { x: untyped['saveNode']!('y', from('a')) }, 'FP_BAD_MODIFIER', 'is not a saver'],
    [
      'nothing to save',
      { x: untyped['saveNode']!([], to('a')) },
      'FP_BAD_MODIFIER',
      'it names no node to save',
    ],
    [
      'names that are none',
      { x: untyped['saveNode']!([1], to('a')) },
      'FP_BAD_MODIFIER',
      'it names no node to save',
    ],
  ])('%s', (_, module, code, message) => {
    expect(refusing(module)).toMatchObject({
      code,
      message: expect.stringContaining(message),
      places: [place],
    });
  });

  test('what loaders and savers say of their options, all at once', () => {
    const check = (options: object, later: readonly string[]) => [
      { code: 'FP_SHELF' as const, message: `${JSON.stringify(options)} and later ${later.join(' ')}.` },
    ];
    const odd = { type: 'odd', check, load: () => [1, 2] as const, save: () => ({}) };
    const options = { a: 1, b: value(2), c: source('n'), d: group(source('n')) };
    const error = refusing({
      x: node(sum, loadFrom({ rows: { ...odd, options } as never }), saveTo({ ...odd, options: {} })),
      y: loadNode({ ...odd, options: {} }),
      z: saveNode('x', { ...odd, options: {} }),
    });
    expect(error.problems.map(({ code }) => code)).toEqual(Array.from({ length: 4 }, () => 'FP_SHELF'));
    expect(error.problems[0]).toMatchObject({
      message: `loadFrom of 'x' in m: {"a":1,"b":2} and later c d.`,
      places: [place],
    });
    expect(error.problems.slice(1).map(({ message }) => message.split(' in ')[0])).toEqual([
      "saveTo of 'x'",
      "loadNode of 'y'",
      "saveNode of 'z'",
    ]);
  });
});
