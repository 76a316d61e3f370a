/** Steps before and after a node: `pipeInput`, `pipeOutput`, `mutate`. */
import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  extractFields,
  group,
  inject,
  inRange,
  mutate,
  node,
  noNaNs,
  parallelizable,
  parameterize,
  pipeInput,
  pipeOutput,
  retry,
  source,
  step,
  tag,
  value,
  when,
} from '../../index.js';

const double = (x: number) => 2 * x;
const add = (x: number, by: number) => x + by;
const later = async (x: number) => x + 0.5;
const scale = ({ x, by = 10 }: { x: number; by?: number }) => x * by;

/** Hides from the compiler what it would refuse. */
const untyped: (fn: unknown, ...modifiers: unknown[]) => (...args: never[]) => unknown = node;
const anyStep: (fn: unknown, ...args: unknown[]) => ReturnType<typeof step> = step as never;
const namesOf = (module: object, config = {}) => [
  ...createDriver({ modules: [module], config }).graph.nodes.keys(),
];
const problemOf = (module: object, config = {}): { code?: string; message?: string; hint?: string } => {
  try {
    createDriver({ modules: [module], config });
  } catch (error) {
    return error as Error;
  }
  return {};
};

describe('pipeOutput', () => {
  test('the value goes through the steps in order, each a node of its own', () => {
    const m = { f: node(() => 3, pipeOutput(step(double), step(add, 1), step(double))) };
    const driver = createDriver({ modules: [m] });
    expect([...driver.graph.nodes.keys()]).toEqual([
      'f.raw',
      'f.with_double',
      'f.with_add',
      'f.with_double_1',
      'f',
    ]);
    expect(driver.executeSync(['f.raw', 'f'])).toEqual({ 'f.raw': 3, f: 14 });
    expect(driver.graph.leaves).toEqual(['f']);
    expect(driver.executeSync(['f'], { overrides: { 'f.with_add': 10 } as never })).toEqual({ f: 20 });
  });

  test('asynchronous nodes and steps give their values to the next step', async () => {
    const m = { f: node(async () => 3, pipeOutput(step(later), step(double), step(later))) };
    expect(await createDriver({ modules: [m] }).execute(['f'])).toEqual({ f: 7.5 });
  });

  test('arguments are values, sources and groups, in order or by name', () => {
    const sum = (x: number, more: number[], named: { a: number; b: number }) =>
      x + more.length + named.a + named.b;
    const m = {
      rate: () => 4,
      f: node(
        () => 1,
        pipeOutput(
          step(sum, group(source('rate'), value(2)), group({ a: source('rate'), b: 100 })),
          step(scale)
            .into('x', { by: source('rate') })
            .named('scaled'),
          step(scale).into('x'),
        ),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['f', 'f.scaled'])).toEqual({
      f: 4280,
      'f.scaled': 428,
    });
  });

  test('steps take the context', () => {
    const both = (x: number, by: number | undefined = 5, ctx: { node: string }) => `${x + by} ${ctx.node}`;
    const m = {
      f: node(
        () => 1,
        pipeOutput(
          step(both, undefined).named('a'),
          step(({ text }: { text: string }, ctx: { node: string }) => `${text} ${ctx.node}`)
            .into('text')
            .named('b'),
        ),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['f'])).toEqual({ f: '6 f.a f.b' });
  });

  test('native, bound and nameless functions are called as they are', () => {
    const m = {
      f: node(
        () => -2.6,
        pipeOutput(
          step(Math.round),
          step(Math.max, 5),
          step(add.bind(undefined), 1),
          step((x: number) => x),
          step((row: number) => ({ row })),
          step(({ row }: { row: number }) => row),
        ),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['f'])).toEqual({ f: 6 });
    expect([...driver.graph.nodes.keys()].slice(1, -1)).toEqual([
      'f.with_round',
      'f.with_max',
      'f.with_bound_add',
      'f.with_step',
      'f.with_step_1',
      'f.with_step_2',
    ]);
  });

  test('conditions choose steps; when none applies the graph is as without', () => {
    const m = {
      f: node(
        () => 1,
        pipeOutput(
          step(double).when({ mode: 'a' }).whenNot({ fast: true }).named('x'),
          step(add, 1)
            .whenIn({ mode: ['b', 'c'] })
            .whenNotIn({ fast: [true] })
            .named('x'),
        ),
      ),
    };
    expect(createDriver({ modules: [m], config: { mode: 'a' } }).executeSync(['f', 'f.x'])).toEqual({
      f: 2,
      'f.x': 2,
    });
    expect(createDriver({ modules: [m], config: { mode: 'c' } }).executeSync(['f'])).toEqual({ f: 2 });
    expect(namesOf(m, { mode: 'a' })).toEqual(['f.raw', 'f.x', 'f']);
    const plain = createDriver({ modules: [{ f: node(() => 1) }] }).graph.nodes.get('f');
    expect(createDriver({ modules: [m], config: { fast: true } }).graph.nodes).toEqual(
      new Map([['f', plain]]),
    );
    expect(() => createDriver({ modules: [m], config: { fast: true } }).executeSync(['f.x'])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('when({"mode":"a"})') }),
    );
  });

  test('names and namespaces', () => {
    const m = {
      f: node(
        () => 1,
        pipeOutput(
          step(double).named('own'),
          step(double).named('free').namespaced(null),
          step(double).namespaced('shared'),
        ),
      ),
    };
    expect(namesOf(m)).toEqual(['f.raw', 'f.own', 'free', 'shared.with_double', 'f']);
    const twice = { f: node(() => 1, pipeOutput(step(double).named('a'), step(double).named('a'))) };
    expect(problemOf(twice)).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      message: expect.stringContaining("'f.a'"),
    });
  });

  test('a further one adds its steps; free names stay inner', () => {
    const free = step(double).named('free').namespaced(null);
    const m = { f: node(() => 1, pipeOutput(free), pipeOutput(step(add, 1)), checkOutput(noNaNs())) };
    expect(namesOf(m)).toEqual(['f.raw', 'free', 'f.with_add', 'f_raw', 'f_noNaNs', 'f']);
    expect(createDriver({ modules: [m] }).executeSync(['f'])).toEqual({ f: 3 });
  });

  test('around checks, in the order written', () => {
    const checked = {
      f: node(
        () => 20,
        pipeOutput(step(double)),
        checkOutput(inRange(0, 30), { importance: 'fail' }),
        pipeOutput(step(add, 1)),
      ),
    };
    const driver = createDriver({ modules: [checked] });
    expect(() => driver.executeSync(['f'])).toThrow(/inRange/);
    expect(driver.executeSync(['f'], { overrides: { f_raw: 1 } })).toEqual({ f: 2 });
    const early = {
      f: node(
        () => 20,
        checkOutput(inRange(0, 30)),
        pipeOutput(step(double)),
        retry({ maxRetries: 1 }),
        pipeOutput(step(double)),
      ),
    };
    expect(createDriver({ modules: [early] }).executeSync(['f'])).toEqual({ f: 80 });
  });

  test('several nodes: every final one, or those that on names', () => {
    const stats = ({ n }: { n: number }) => ({ low: n, high: 10 * n });
    const copied = node(
      ({ n }: { n: number }) => n,
      parameterize({ one: { n: 1 }, two: { n: 2 } }),
      pipeOutput(step(double).on('two'), step(add, 0.5).named('half').namespaced(null)),
    );
    const m = {
      stats: node(stats, extractFields('low', 'high'), pipeOutput(step(double), { on: 'low' })),
      copied,
    };
    const driver = createDriver({ modules: [m] });
    const results = driver.executeSync(
      ['low', 'high', 'stats', 'low.raw', 'one', 'two', 'two.half', 'one.half'],
      { inputs: { n: 4 } },
    );
    expect(results).toEqual({
      low: 8,
      high: 40,
      stats: { low: 4, high: 40 },
      'low.raw': 4,
      one: 1.5,
      two: 4.5,
      'one.half': 1.5,
      'two.half': 4.5,
    });
  });

  test('before parameterize, extractFields and a variant: the names follow', () => {
    const piped = pipeOutput(step(double));
    const m = {
      f: node(({ n }: { n: number }) => n, piped, parameterize({ a: { n: 1 }, b: { n: 2 } })),
      g__x: node(() => 1, piped, when({ k: 1 })),
      h: node(() => ({ low: 1 }), pipeOutput(step((r: { low: number }) => r)), extractFields('low')),
    };
    const driver = createDriver({ modules: [m], config: { k: 1 } });
    expect([...driver.graph.nodes.keys()]).toEqual([
      'a.raw',
      'a.with_double',
      'a',
      'b.raw',
      'b.with_double',
      'b',
      'g.raw',
      'g.with_double',
      'g',
      'h.raw',
      'h.with_step',
      'h',
      'low',
    ]);
    expect(driver.executeSync(['a', 'b', 'g', 'low'])).toEqual({ a: 2, b: 4, g: 2, low: 1 });
  });

  test('parameters of the node and of its steps are never taken for each other', () => {
    const m = {
      f: node(
        ({ x, by }: { x: number; by: number }) => x + by,
        pipeOutput(step(scale).into('x'), step(add, 1)),
        inject({ x: 1, by: 2 }),
      ),
    };
    expect(createDriver({ modules: [m] }).executeSync(['f'])).toEqual({ f: 31 });
    const rest = { f: node(({ x, by }: { x: number; by: number }) => x + by, pipeOutput(step(add, 1))) };
    expect(createDriver({ modules: [rest], params: { f: { x: 5, by: 6 } } }).executeSync(['f'])).toEqual({
      f: 12,
    });
  });

  test('tags and documentation stay with the node', () => {
    const m = { f: node({ inputs: [], doc: 'Three.' }, () => 3, tag({ a: 'b' }), pipeOutput(step(double))) };
    const { nodes } = createDriver({ modules: [m] }).graph;
    expect(nodes.get('f')).toMatchObject({ doc: 'Three.', tags: { a: 'b' }, derived: true });
    expect(nodes.get('f.with_double')).toMatchObject({ tags: {}, derived: true });
  });

  test('what cannot be meant is reported, all together', () => {
    const wrong = (...given: unknown[]) =>
      problemOf({ f: untyped(() => 1, (pipeOutput as unknown as (...g: unknown[]) => unknown)(...given)) });
    expect(wrong()).toMatchObject({ code: 'FP_BAD_MODIFIER', message: expect.stringContaining('no step') });
    expect(wrong(double)).toMatchObject({ message: expect.stringContaining('argument 1 is not a step') });
    expect(wrong(anyStep(3))).toMatchObject({ message: expect.stringContaining('no function') });
    expect(wrong(step(double), { onn: 'x' })).toMatchObject({ message: expect.stringContaining("'onn'") });
    expect(wrong(step(double), { on: [] })).toMatchObject({ message: expect.stringContaining("'on'") });
    expect(wrong(step(double), { on: 'g' })).toMatchObject({ code: 'FP_UNKNOWN_TARGET' });
    expect(wrong(step(double).on('f'), { on: 'f' })).toMatchObject({
      message: expect.stringContaining("say 'on'"),
    });
    expect(wrong(anyStep(scale).into('xx'))).toMatchObject({
      message: expect.stringContaining("'xx'"),
      hint: 'Its parameters are: x, by.',
    });
    expect(wrong(anyStep(scale, 2).into('x'))).toMatchObject({
      message: expect.stringContaining('both in order and by name'),
    });
    expect(wrong(double, step(double), 4)).toMatchObject({ code: 'FP_INVALID_GRAPH' });
    expect(wrong(step(double).named('a b'))).toMatchObject({ code: 'FP_BAD_NODE' });
  });
});

describe('pipeInput', () => {
  const total = ({ x, y = 100 }: { x: number; y?: number }) => x + y;

  test('steps stand before a parameter, the first by default', () => {
    const m = { f: node(total, pipeInput(step(double), step(add, source('y')), step(double), { on: 'x' })) };
    const driver = createDriver({ modules: [m] });
    expect([...driver.graph.nodes.keys()]).toEqual([
      'x',
      'f.with_double',
      'y',
      'f.with_add',
      'f.with_double_1',
      'f',
    ]);
    expect(driver.executeSync(['f'], { inputs: { x: 1, y: 3 } })).toEqual({ f: 13 });
    const positional = { f: node((a: number, b: number) => a - b, pipeInput(step(double))) };
    expect(createDriver({ modules: [positional] }).executeSync(['f'], { inputs: { a: 5, b: 1 } })).toEqual({
      f: 9,
    });
  });

  test('asynchronous steps and asynchronous sources', async () => {
    const m = { x: async () => 1, f: node(total, pipeInput(step(later), step(double), { on: 'x' })) };
    expect(await createDriver({ modules: [m] }).execute(['f'])).toEqual({ f: 103 });
  });

  test('other and several parameters (#1161, #1177)', () => {
    const m = {
      f: node(total, pipeInput(step(double), step(add, 1), { on: ['x', 'y'] })),
      g: node(total, pipeInput(step(double).on('x'), step(add, 1).on('x', 'y'))),
      h: node(total, pipeInput(step(double), { on: 'y' })),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['f', 'g', 'h', 'f.y.with_add' as never], { inputs: { x: 1, y: 2 } })).toEqual({
      f: 8,
      g: 6,
      h: 5,
      'f.y.with_add': 5,
    });
    expect([...driver.graph.nodes.keys()].filter((name) => name.startsWith('g.'))).toEqual([
      'g.x.with_double',
      'g.x.with_add',
      'g.y.with_add',
    ]);
  });

  test('a further one adds its steps, to the same or another parameter', () => {
    const m = {
      f: node(
        total,
        pipeInput(step(double), { on: 'x' }),
        pipeInput(step(add, 1), { on: 'x' }),
        pipeInput(step(add, 2), { on: 'y' }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['f'], { inputs: { x: 1, y: 0 } })).toEqual({ f: 5 });
    expect([...driver.graph.nodes.keys()].filter((name) => name.startsWith('f'))).toEqual([
      'f.with_double',
      'f.with_add',
      'f.with_add_1',
      'f',
    ]);
  });

  test('bindings enter the first step, before and after (#748)', () => {
    const piped = pipeInput(step(double), step(add, 1), { on: 'x' });
    const run = (f: object, options = {}) =>
      createDriver({ modules: [{ f, rate: () => 7, y: () => 0 }], ...options }).executeSync(['f'] as never);
    expect(run(node(total, piped, inject({ x: 5 })))).toEqual({ f: 11 });
    expect(run(untyped(total, inject({ x: 5 }), piped))).toEqual({ f: 11 });
    expect(run(node(total, piped, inject({ x: source('rate') })))).toEqual({ f: 15 });
    expect(run(node(total, inject({ x: source('rate') }), pipeInput(step(double), { on: 'rate' })))).toEqual({
      f: 14,
    });
    expect(run(untyped(total, inject({ x: source('rate') }), piped))).toEqual({ f: 15 });
    expect(run(node(total, piped), { params: { f: { x: 2 } } })).toEqual({ f: 5 });
    const sum = ({ xs, y }: { xs: number[]; y: number }) => xs.reduce((a, b) => a + b, y);
    const reverse = (xs: number[]) => [...xs, 1];
    const grouped = pipeInput(step(reverse), { on: 'xs' });
    expect(run(node(sum, grouped, inject({ xs: group(source('rate'), 2) })))).toEqual({ f: 10 });
    expect(problemOf({ f: untyped(sum, inject({ xs: group(source('rate'), 2) }), grouped) })).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      message: expect.stringContaining('group'),
    });
  });

  test('with parameterize, in both orders', () => {
    const outputs = { a: { x: 1, y: 0 }, b: { x: 2, y: 0 } };
    const piped = pipeInput(step(double), { on: 'x' });
    for (const f of [
      node(total, piped, parameterize(outputs)),
      untyped(total, parameterize(outputs), piped),
    ]) {
      const driver = createDriver({ modules: [{ f }] });
      expect(driver.executeSync(['a', 'b'] as never)).toEqual({ a: 2, b: 4 });
      expect([...driver.graph.nodes.keys()]).toEqual(['a.with_double', 'a', 'b.with_double', 'b']);
    }
  });

  test('with checks, fields and pipeOutput before or after', () => {
    const pair = ({ x }: { x: number }) => ({ low: x });
    const m = {
      a: node(total, checkOutput(inRange(0, 5)), pipeInput(step(double), { on: 'x' })),
      b: node(pair, extractFields('low'), pipeInput(step(double))),
      c: node(total, pipeOutput(step(add, 1)), pipeInput(step(double), { on: 'x' })),
      d: node(
        total,
        pipeInput(step(double), { on: 'x' }),
        pipeOutput(step(add, 1)),
        pipeInput(step(double), { on: 'x' }),
      ),
    };
    const driver = createDriver({ modules: [m] });
    expect(
      driver.executeSync(['a', 'low', 'c', 'd', 'a.with_double' as never], { inputs: { x: 1, y: 0 } }),
    ).toEqual({
      a: 2,
      low: 2,
      c: 3,
      d: 5,
      'a.with_double': 2,
    });
  });

  test('a piped parameter with a default needs a value, unless its first step has one', () => {
    const m = { f: node(({ y = 1 }: { y?: number }) => y, pipeInput(step((n: number) => n + 1))) };
    expect(() => createDriver({ modules: [m] }).executeSync(['f'])).toThrow(/'y'/);
    const own = { f: node(({ y = 1 }: { y?: number }) => y, pipeInput(step((n = 4) => n + 1))) };
    const named = {
      f: node(
        ({ y = 1 }: { y?: number }) => y,
        pipeInput(step(({ n = 4 }: { n?: number }) => n + 1).into('n')),
      ),
    };
    expect(createDriver({ modules: [own] }).executeSync(['f'])).toEqual({ f: 5 });
    expect(createDriver({ modules: [named] }).executeSync(['f'])).toEqual({ f: 5 });
  });

  test('when no step applies the node is as without', () => {
    const m = { f: node(total, pipeInput(step(double).when({ on: true }), { on: 'x' })) };
    expect(namesOf(m)).toEqual(['x', 'y', 'f']);
    expect(createDriver({ modules: [m] }).executeSync(['f'], { inputs: { x: 1 } })).toEqual({ f: 101 });
  });

  test('what cannot be meant is reported', () => {
    const piped = (pipeInput as unknown as (...given: unknown[]) => unknown)(step(double), { on: 'xx' });
    expect(problemOf({ f: untyped(total, piped) })).toMatchObject({
      code: 'FP_BAD_MODIFIER',
      hint: 'Its parameters are: x, y.',
    });
    expect(problemOf({ f: untyped(() => 1, pipeInput(step(double))) })).toMatchObject({
      message: expect.stringContaining('no parameter to pipe'),
    });
  });
});

describe('fan-out', () => {
  test('steps after a fan-out run for each item, steps of a collected parameter once', async () => {
    const calls: number[][] = [];
    const rest = (all: number[]) => {
      calls.push(all);
      return all.slice(1);
    };
    const m = {
      item: node(() => [1, 2, 3], parallelizable(), pipeOutput(step(later), step(double))),
      size: ({ item }: { item: number }) => item + 1,
      sum: node(
        ({ size }: { size: number[] }) => size.reduce((a, b) => a + b),
        collect('size'),
        pipeInput(step(rest)),
      ),
    };
    expect(await createDriver({ modules: [m] }).execute(['sum', 'item'])).toEqual({
      sum: 14,
      item: [3, 5, 7],
    });
    expect(calls).toEqual([[4, 6, 8]]);
  });
});

test('a changed step is another version', () => {
  const versionOf = (...steps: readonly Parameters<typeof pipeOutput>[0][]) =>
    createDriver({
      modules: [{ f: untyped(() => 1, (pipeOutput as never as (...s: unknown[]) => unknown)(...steps)) }],
    }).versions().nodes;
  const named = ({ x }: { x: number }) => x + 1;
  const other = ({ x }: { x: number }) => x + 2;
  const of = (fn: typeof named) => versionOf(step(fn).into('x').named('s')).get('f.s');
  expect(of(named)).toBe(of(named));
  expect(of(named)).not.toBe(of(other));
  expect(versionOf(step(add, 1)).get('f.with_add')).not.toBe(versionOf(step(add, 2)).get('f.with_add'));
});

describe('mutate', () => {
  const a = () => 1;
  const b = node(async () => 2, pipeOutput(step(double)));

  test('adds steps to exports of the module, in the order of definition', async () => {
    const second = mutate(step(add, 1), { a, b });
    const first = mutate(step(double).named('last'), { a });
    const m = { a, b, _first: first, second };
    const driver = createDriver({ modules: [m] });
    expect([...driver.graph.nodes.keys()]).toEqual([
      'a.raw',
      'a.with_add',
      'a.last',
      'a',
      'b.raw',
      'b.with_double',
      'b.with_add',
      'b',
    ]);
    expect(await driver.execute(['a', 'b'])).toEqual({ a: 4, b: 5 });
  });

  test('reaches variants and depends on the configuration', () => {
    const rate__uk = node(() => 1, when({ country: 'uk' }));
    const m = {
      rate__uk,
      more: mutate(step(add, source('extra')).named('more').whenNot({ plain: true }), { rate__uk }),
    };
    const driver = createDriver({ modules: [m], config: { country: 'uk' } });
    expect(driver.executeSync(['rate', 'rate.more'], { inputs: { extra: 5 } })).toEqual({
      rate: 6,
      'rate.more': 6,
    });
    expect(namesOf(m, { country: 'uk', plain: true })).toEqual(['rate']);
  });

  test('targets that the module does not export are reported', () => {
    const other = () => 9;
    const wrong = { a, change: mutate(step(double), { aa: a, a: other }) };
    const problem = problemOf(wrong) as { context?: unknown; message?: string };
    expect(problem).toMatchObject({ code: 'FP_INVALID_GRAPH' });
    expect(problem.message).toMatch(/no export 'aa'/);
    expect(problem.message).toMatch(/not the export 'a'/);
  });
});
