/** What the modifiers that shape nodes make of them, one by one. How they stack is in stacking.test.ts. */
import { describe, expect, test } from 'vitest';
import {
  createDriver,
  defineModule,
  exclude,
  extractColumns,
  extractFields,
  FlowerPowerError,
  group,
  inject,
  node,
  type NodeContext,
  parameterize,
  parameterizeSources,
  parameterizeValues,
  predicate,
  schema,
  source,
  tag,
  tagOutputs,
  value,
} from '../index.js';

type Runnable = { executeSync(outputs: readonly string[], options?: object): Record<string, unknown> };

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

/** Hides from the compiler what the modifiers do, for bindings that it would refuse. */
const untyped: (fn: unknown, ...modifiers: unknown[]) => object = node;

const shift = ({ x, by, sign = 1 }: { x: number; by: number; sign?: number }) => x + sign * by;
const ofNode = (module: object, name: string) => createDriver({ modules: [module] }).graph.nodes.get(name)!;

describe('parameterize', () => {
  test('one node per key; the name of the export is not a node', () => {
    const m = { shift: node(shift, parameterize({ next: { by: 1 }, back: { by: value(1), sign: -1 } })) };
    expect(run(m, ['next', 'back'], { x: 5 })).toEqual({ next: 6, back: 4 });
    const { graph } = createDriver({ modules: [m] });
    expect(graph.leaves).toEqual(['next', 'back']);
    expect(graph.inputs).toEqual(['x', 'sign']);
    expect(graph.nodes.get('next')).toMatchObject({ exportName: 'shift', bound: { by: 1 } });
  });

  test('a source may be an input, another function or a sibling', () => {
    const m = {
      base: () => 10,
      shift: node(
        shift,
        parameterize({
          a: { x: source('base'), by: source('step') },
          b: { x: source('a'), by: 1 },
        }),
      ),
    };
    expect(run(m, ['b'], { step: 5 })).toEqual({ b: 16 });
  });

  test('positional functions, their defaults and their context', () => {
    const show = (a: number, b: number, c: number[], ctx: NodeContext) => `${ctx.node}:${a}${b}${c}`;
    const m = {
      f: node(show, parameterize({ one: { b: 2 }, two: { a: source('c'), c: group(source('b'), 9) } })),
      g: node((a: number, b = 7) => a + b, parameterize({ three: { a: 1 } })),
      h: node(
        { inputs: ['a', 'b'] },
        (a: number, b: number) => a - b,
        parameterize({ four: { a: source('b'), b: source('a') } }),
      ),
    };
    expect(run(m, ['one', 'two', 'three', 'four'], { a: 1, b: 3, c: [4] })).toEqual({
      one: 'one:124',
      two: 'two:433,9',
      three: 4,
      four: 2,
    });
    expect(run({ g: m.g }, ['three'])).toEqual({ three: 8 });
  });

  test('descriptions tell what the node takes', () => {
    const options = { inputs: ['x', 'by'], doc: '{outputName}: {x} and {by}, not { x } or {other}' } as const;
    const plain = (x: unknown, by: unknown) => [x, by];
    const m = {
      f: node(
        options,
        plain,
        parameterize({
          a: { x: source('price'), by: 2 },
          b: { x: group(source('price'), value(1)), by: { k: [1] } },
        }),
      ),
    };
    expect(ofNode(m, 'a').doc).toBe('a: price and 2, not { x } or {other}');
    expect(ofNode(m, 'b').doc).toBe('b: price, 1 and {"k":[1]}, not { x } or {other}');
  });

  test('shorthands', () => {
    const m = {
      byValue: node(shift, parameterizeValues('by', { one: 1, two: 2 })),
      bySource: node(shift, parameterizeSources({ three: { x: 'one', by: 'two' } })),
    };
    expect(run(m, ['one', 'two', 'three'], { x: 1 })).toEqual({ one: 2, two: 3, three: 5 });
  });

  test('names that do not fit are reported together, with hints and places', () => {
    const outputs = { a: { yb: 1 }, b: { bu: 2 } };
    const exports = { shift: untyped(shift, parameterize(outputs)) };
    const at = { line: 3, column: 1, style: 'object' as const, takesContext: false };
    const parameters = ['x', 'by'].map((name) => ({ name, optional: false }));
    const m = defineModule({ name: 'm', exports, file: 'm.ts', nodes: { shift: { ...at, parameters } } });
    const error = refused(() => createDriver({ modules: [m] }));
    expect(error.problems).toMatchObject([
      {
        code: 'FP_BAD_MODIFIER',
        message: "parameterize of 'shift' in m: there is no parameter 'yb'.",
        hint: 'Its parameters are: x, by.',
        places: [{ file: 'm.ts', line: 3, column: 1 }],
      },
      { code: 'FP_BAD_MODIFIER', message: "parameterize of 'shift' in m: there is no parameter 'bu'." },
    ]);
  });

  test.each([
    ['nothing', {}, 'it names no node to make'],
    ['no object', undefined, 'it names no node to make'],
    ['no parameters', { a: 5 }, 'the parameters to bind are not an object'],
  ])('%s is refused', (_, outputs, reason) => {
    const error = refused(() => createDriver({ modules: [{ f: node(shift, parameterize(outputs as {})) }] }));
    expect(error.code).toBe('FP_BAD_MODIFIER');
    expect(error.message).toContain(reason);
    const again = refused(() =>
      createDriver({ modules: [{ f: node(shift, parameterizeSources(outputs as {})) }] }),
    );
    expect(again.code).toBe('FP_BAD_MODIFIER');
  });

  test('a name that another function has is a duplicate', () => {
    const m = { a: () => 1, f: node(shift, parameterize({ a: { by: 1 } })) };
    expect(refused(() => createDriver({ modules: [m] })).code).toBe('FP_DUPLICATE_NODE');
  });
});

describe('inject and group', () => {
  const nodes = { a: () => 1, b: () => 2 };

  test('keeps the name and binds the rest', () => {
    const m = { shift: node(shift, inject({ x: source('price'), by: 2 })) };
    expect(run(m, ['shift'], { price: 3 })).toEqual({ shift: 5 });
    expect(ofNode(m, 'shift').dependencies).toEqual([
      { parameter: 'x', node: 'price', optional: false },
      { parameter: 'sign', node: 'sign', optional: true },
    ]);
  });

  test('groups are lists and records of sources, values and groups', () => {
    const show = (given: unknown, times: number) => JSON.stringify([given, times]);
    const of = (given: unknown) => {
      const module = { ...nodes, show: node(show, inject({ given, times: source('n') })) };
      return createDriver({ modules: [module] }).executeSync(['show'], { inputs: { n: 3 } }).show;
    };
    expect(of(group(source('a'), 'x', source('b')))).toBe('[[1,"x",2],3]');
    expect(of(group({ first: source('a'), second: value('x') }))).toBe('[{"first":1,"second":"x"},3]');
    expect(of(group(group(source('a')), group({ k: source('b') })))).toBe('[[[1],{"k":2}],3]');
    expect(of(group(value({ k: 1 })))).toBe('[[{"k":1}],3]');
    expect(of(group())).toBe('[[],3]');
    expect(of(group({}))).toBe('[{},3]');
    expect(of(value(source('a')))).toBe('[{"node":"a"},3]');
  });

  test('a group next to optional parameters and the context', () => {
    const m = {
      f: node(
        ({ xs, from = 10 }: { xs: number[]; from?: number }, ctx: NodeContext) =>
          `${ctx.node}:${xs.reduce((sum, x) => sum + x, from)}`,
        inject({ xs: group(source('a'), source('a')) }),
      ),
      g: node((xs: number[], from = 10) => xs.length + from, inject({ xs: group(source('a')) })),
    };
    expect(run(m, ['f', 'g'], { a: 1 })).toEqual({ f: 'f:12', g: 11 });
    expect(run(m, ['f', 'g'], { a: 1, from: 0 })).toEqual({ f: 'f:2', g: 1 });
  });

  test('the last binding of a parameter holds', () => {
    const list = ({ xs }: { xs: unknown }) => xs;
    const bind = (...bindings: unknown[]) => {
      const [first, second] = bindings.map((xs) => inject({ xs }));
      return run({ ...nodes, list: untyped(list, first, second) }, ['list'])['list'];
    };
    expect(bind(7, source('a'))).toBe(1);
    expect(bind(group(source('a'), source('b')), 5)).toBe(5);
    expect(bind(group(source('a'), source('b')), source('b'))).toBe(2);
    expect(bind(group(source('a'), source('b')), group(source('b')))).toEqual([2]);
    expect(bind(source('a'), group({ k: source('b') }))).toEqual({ k: 2 });
  });
});

describe('conditions', () => {
  const big = predicate(['rows', 'mode'], ({ rows, mode }) => Number(rows) > 5 && mode === null);
  const m = {
    size__big: node(() => 'big', big),
    size__other: node(() => 'other', predicate(['rows'], isSmall)),
  };
  function isSmall({ rows }: { readonly rows: unknown }) {
    return Number(rows) <= 5;
  }

  test('a predicate sees the keys it names; an absent key is null', () => {
    expect(createDriver({ modules: [m], config: { rows: 9 } }).executeSync(['size'])).toEqual({
      size: 'big',
    });
    expect(createDriver({ modules: [m], config: { rows: 2 } }).executeSync(['size'])).toEqual({
      size: 'other',
    });
    const seen: unknown[] = [];
    const spy = {
      f: node(
        () => 1,
        predicate(['a', 'b'], (config) => seen.push(config) > 0),
      ),
    };
    createDriver({ modules: [spy, { g: ({ c }: { c: number }) => c }], config: { a: 1, c: 3 } });
    expect(seen).toEqual([{ a: 1, b: null }]);
  });

  test('its keys count as known; what it left out is reported', () => {
    const config = { rows: 9, mode: 'x' };
    const driver: Runnable = createDriver({ modules: [m], config });
    const user: Runnable = createDriver({
      modules: [m, { use: ({ size }: { size: string }) => size }],
      config,
    });
    expect(refused(() => driver.executeSync(['size'])).hint).toContain('predicate(["rows","mode"])');
    expect(refused(() => user.executeSync(['use'])).hint).toContain('predicate(["rows"])');
    expect(refused(() => createDriver({ modules: [m], config: { rwos: 1 } })).code).toBe(
      'FP_UNKNOWN_CONFIG_KEY',
    );
  });

  test('a condition that throws, or gives a promise, is a problem of the build', () => {
    const failing = predicate(['a'], () => {
      throw new Error('no such region');
    });
    const later = predicate(['a'], (async () => false) as never);
    const error = refused(() =>
      createDriver({ modules: [{ f: node(() => 1, failing), g: node(() => 1, later) }] }),
    );
    expect(error.problems.map(({ message }) => message)).toEqual([
      "predicate of 'f' in module 1: its condition failed: no such region.",
      "predicate of 'g' in module 1: its condition gave no boolean.",
    ]);
  });

  test('an excluded function is not a node but still a function', () => {
    const module = { help: node((x: number) => x + 1, exclude()), f: ({ help }: { help: number }) => help };
    expect(run(module, ['f'], { help: 3 })).toEqual({ f: 3 });
    expect(module.help(1)).toBe(2);
  });
});

describe('metadata', () => {
  test('tagOutputs tags single nodes', () => {
    const m = {
      user: node(
        () => ({ id: 1, mail: 'm' }),
        extractFields('id', 'mail'),
        tagOutputs({ mail: { pii: 'yes' }, user: { pii: 'some' } }),
      ),
    };
    expect(['user', 'id', 'mail'].map((name) => ofNode(m, name).tags)).toEqual([
      { pii: 'some' },
      {},
      { pii: 'yes' },
    ]);
    const error = refused(() =>
      createDriver({ modules: [{ user: node(() => 1, tagOutputs({ usre: { a: 'b' } })) }] }),
    );
    expect(error).toMatchObject({ code: 'FP_UNKNOWN_TARGET', hint: "Did you mean 'user'?" });
  });

  test('a schema describes the table, not its columns, in either order', () => {
    const columns = schema({ day: 'integer', price: 'number' });
    const rows = () => [{ day: 1, price: 2 }];
    const before = { sales: node(rows, columns, extractColumns('day'), tag({ a: 'b' })) };
    const after = { sales: node(rows, extractColumns('day'), columns, tag({ a: 'b' })) };
    for (const m of [before, after]) {
      expect(ofNode(m, 'sales').tags).toEqual({ 'schema.day': 'integer', 'schema.price': 'number', a: 'b' });
      expect(ofNode(m, 'day').tags).toEqual({ a: 'b' });
    }
  });

  test('types of columns are texts', () => {
    const wrong = schema({ day: Number } as never);
    expect(refused(() => createDriver({ modules: [{ sales: node(() => [], wrong) }] }))).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      message: "schema of 'sales' in module 1: the columns: 'day' must be a text, not function.",
    });
  });
});

test('modifiers of a node that a condition left out have nothing to say', () => {
  const never = predicate(['x'], () => false);
  const m = {
    a: node(shift, never, parameterize({ p: { by: 1 } }), extractFields('q' as never)),
    b: node(() => 1, never, tagOutputs({ nothing: {} })),
    c: node(shift, never, inject({ by: 1 }), schema({ a: 'b' })),
  };
  expect(createDriver({ modules: [m] }).graph.nodes.size).toBe(0);
});
