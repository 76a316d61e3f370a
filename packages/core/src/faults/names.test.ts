/** Names and inputs that were misread. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  collect,
  createDriver,
  defineModule,
  extractFields,
  memoryCacheStore,
  node,
  type NodeContext,
  parallelizable,
  tag,
  when,
} from '../index.js';

describe('a positional parameter that ends in a digit counts as renamed though no node has the name without it', () => {
  test.each([
    ['x1', { y: (x1: number) => x1 + 1 }],
    ['col_1', { y: (col_1: number) => col_1 + 1 }],
    ['utf8', { y: (utf8: number) => utf8 + 1 }],
  ])('%s', (name, m) => {
    const driver = createDriver({ modules: [m] });
    expect(driver.graph.inputs).toEqual([name]);
    expect(driver.executeSync(['y'], { inputs: { [name]: 2 } })).toEqual({ y: 3 });
  });

  test('top10 = 3', () => {
    const driver = createDriver({ modules: [{ y: (top10 = 3) => top10 + 1 }] });
    expect(driver.executeSync(['y'])).toEqual({ y: 4 });
    expect(driver.executeSync(['y'], { inputs: { top10: 5 } })).toEqual({ y: 6 });
  });

  test('where a node has the name without it, a bundler may have renamed it', () => {
    const m = { x: () => 1, y: (x2: number) => x2 + 1 };
    expect(() => createDriver({ modules: [m] })).toThrow(
      expect.objectContaining({ code: 'FP_RENAMED_PARAMETER' }),
    );
  });
});

describe('explicit inputs ignore defaults', () => {
  const add = node({ inputs: ['a', 'b'] }, (a: number, b = 2) => a + b);

  test('a left-out input takes the default', () => {
    const driver = createDriver({ modules: [{ add }] });
    expect(driver.executeSync(['add'], { inputs: { a: 1 } })).toEqual({ add: 3 });
    expect(driver.executeSync(['add'], { inputs: { a: 1, b: 5 } })).toEqual({ add: 6 });
  });

  test('one that is only marked as optional may be left out where the source is known', () => {
    const exports = { add: node({ inputs: ['a', 'b'] }, (a: number, b?: number) => a + (b ?? 4)) };
    const parameters = [
      { name: 'a', optional: false },
      { name: 'b', optional: true },
    ];
    const add = { line: 1, column: 1, style: 'positional', parameters, takesContext: false } as const;
    const driver = createDriver({ modules: [defineModule({ name: 'm', exports, nodes: { add } })] });
    expect(driver.executeSync(['add'], { inputs: { a: 1 } })).toEqual({ add: 5 });
  });

  test('the context comes after a default, and a further default is none', () => {
    const m = {
      name: node({ inputs: ['a', 'b'] }, (a: number, b = 2, { node }: NodeContext) => `${node}${a}${b}`),
      scaled: node({ inputs: ['a'] }, (a: number, scale = 10) => a * scale),
      all: node({ inputs: ['a'] }, (a = 1, ...rest: unknown[]) => [a, rest]),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['name', 'scaled', 'all'], { inputs: { a: 1 } })).toEqual({
      name: 'name12',
      scaled: 10,
      all: [1, []],
    });
  });
});

const inherited = [
  'toString',
  'constructor',
  'hasOwnProperty',
  'valueOf',
  'isPrototypeOf',
  '__proto__',
  '__defineGetter__',
  'then',
];

/** A record whose only key may be `__proto__`. */
const record = <T>(name: string, value: T): Readonly<Record<string, T>> =>
  Object.fromEntries([[name, value]]);

describe.each(inherited)('%s, which every object has', (name) => {
  const twice = node({ inputs: [name] }, (x: number) => 2 * x);
  const inspecting = {
    cache: { store: memoryCacheStore() },
    adapters: [{ name: 'looks', onNodeEnd: looking }],
  };
  function looking({ inputs }: { readonly inputs: object }) {
    Object.entries(inputs);
  }

  test('is not an input that is given, and no configuration', () => {
    const driver = createDriver({ modules: [{ twice, odd: node(() => 1, when(record(name, 5))) }] });
    expect(() => driver.executeSync(['twice'])).toThrow(
      expect.objectContaining({ code: 'FP_MISSING_INPUT' }),
    );
    expect(driver.graph.nodes.has('odd')).toBe(false);
  });

  test.each([{}, inspecting])('as an input, an override and a parameter', (options) => {
    const driver = createDriver({ modules: [{ twice }], ...options });
    expect(driver.executeSync(['twice'], { inputs: record(name, 3) })).toEqual({ twice: 6 });
    expect(driver.executeSync(['twice'], { overrides: record(name, 4) as never })).toEqual({ twice: 8 });
    const bound = createDriver({ modules: [{ twice }], params: { twice: record(name, 5) }, ...options });
    expect(bound.executeSync(['twice'])).toEqual({ twice: 10 });
    const configured = createDriver({ modules: [{ twice }], config: record(name, 6), ...options });
    expect(configured.executeSync(['twice'])).toEqual({ twice: 12 });
  });

  test.each([{}, inspecting])('as a node and an output', async (options) => {
    // An export that starts with _ is not a node, but one that is made may be called so.
    const m = { parts: node(() => record(name, 3), extractFields(name)), twice };
    const driver = createDriver({ modules: [m], ...options });
    const outputs = await driver.execute([name, 'twice'] as never);
    expect(Object.entries(outputs)).toEqual([
      [name, 3],
      ['twice', 6],
    ]);
    expect(Object.getPrototypeOf(outputs)).toBe(Object.prototype);
    const report = await driver.run([name] as never);
    const success = { status: 'success' };
    expect(Object.entries(report.nodes)).toEqual([
      ['parts', success],
      [name, success],
    ]);
    expect(Object.keys(report.outputs)).toEqual([name]);
    expect(driver.executeSync(['twice'], { overrides: record(name, 5) as never })).toEqual({ twice: 10 });
  });

  test('as a destructured input, also beside a bound one', () => {
    const seen = new Function(`return ({ ${name}: x, y = 1 }) => x + y`)() as (inputs: never) => number;
    const kept = new Function(`return (inputs) => inputs`)() as (inputs: never) => object;
    const m = { seen: node(seen), kept: node({ inputs: [] }, kept) };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['seen'], { inputs: record(name, 3) })).toEqual({ seen: 4 });
    const bound = createDriver({ modules: [m], params: { seen: record(name, 7) } });
    expect(bound.executeSync(['seen'])).toEqual({ seen: 8 });
  });

  test('as an input that is collected, and as what fans out', async () => {
    const m = {
      parts: node(() => record(name, 1), extractFields(name)),
      n: node({ inputs: [name] }, (item: number) => [item, 2 * item], parallelizable()),
      x: node({ inputs: ['n', name] }, async (n: number, item: number) => n * item * 10),
      all: node({ inputs: ['x'] }, (items: number[]) => items, collect('x')),
    };
    const report = await createDriver({ modules: [m] }).run(['all', 'x'] as never);
    expect(report.outputs).toEqual({ all: [10, 20], x: [10, 20] });
  });

  test('as a tag, a field and a name in the source', () => {
    const m = {
      tagged: node(() => 1, tag(record(name, 'yes'))),
      parts: node(() => record(name, 5), extractFields(name)),
      plain: () => 1,
    };
    const driver = createDriver({ modules: [defineModule({ name: 'm', exports: m, nodes: {} })] });
    expect(Object.entries(driver.graph.nodes.get('tagged')!.tags)).toEqual([[name, 'yes']]);
    expect(Object.entries(driver.executeSync([name] as never))).toEqual([[name, 5]]);
    expect(driver.listAvailableVariables({ tags: record(name, 'yes') }).map((found) => found.name)).toEqual([
      'tagged',
    ]);
  });
});

describe('a node named then whose value is a function', () => {
  const m = { then: () => () => 1 };

  test('is not taken for a promise by whoever awaits the outputs', async () => {
    const driver = createDriver({ modules: [m] });
    await expect(driver.execute(['then'])).rejects.toMatchObject({ code: 'FP_THENABLE_OUTPUTS' });
  });

  test('is given by a synchronous run, and by a report', async () => {
    const driver = createDriver({ modules: [m] });
    const { then } = driver.executeSync(['then']);
    expect(then()).toBe(1);
    const { outputs } = await driver.run(['then']);
    expect(Object.keys(outputs)).toEqual(['then']);
  });
});
