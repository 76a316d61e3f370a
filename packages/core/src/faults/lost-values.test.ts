/** Values that were lost or ignored. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  branch,
  checkOutput,
  collect,
  countInRange,
  createDriver,
  dataLoader,
  defineModule,
  type FlowerPowerError,
  group,
  inject,
  node,
  notNull,
  parallelizable,
  parameterize,
  pipeOutput,
  source,
  step,
  subdag,
  unique,
  value,
  when,
} from '../index.js';
import { quiet } from '../laws/__fixtures__/run-graph.js';

test('overrides: { x: undefined }', () => {
  let calls = 0;
  const m = {
    x: (): number | undefined => ++calls,
    y: ({ x }: { x: number | undefined }) => [x],
  };
  const driver = createDriver({ modules: [m] });
  expect(driver.executeSync(['x', 'y'], { overrides: { x: undefined } })).toEqual({
    x: undefined,
    y: [undefined],
  });
  expect(calls).toBe(0);
  expect(driver.plan(['y'], { overrides: { x: undefined } }).overrides).toEqual(['x']);
});

describe('items that are promises in a synchronous iterable', () => {
  const later = async <T>(item: T): Promise<T> => item;

  test.each([
    ['an array', () => [Promise.resolve(1), 2, Promise.resolve(3)]],
    ['an iterator', () => [Promise.resolve(1), 2, later(3)].values()],
    ['a set', () => new Set([Promise.resolve(1), 2, later(3)])],
  ])('in %s', async (_, list) => {
    const m = {
      n: node((): Iterable<number | Promise<number>> => list(), parallelizable()),
      x: ({ n }: { n: number }) => n * 10,
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    expect(await createDriver({ modules: [m] }).execute(['all', 'n'])).toEqual({
      all: [10, 20, 30],
      n: [1, 2, 3],
    });
    expect(() => createDriver({ modules: [m] }).executeSync(['all'])).toThrow(
      expect.objectContaining({ code: 'FP_NOT_SYNCHRONOUS' }),
    );
  });

  test('one that rejects fails the node, and those after it do not end the process', async () => {
    const no = new Error('no');
    const m = {
      n: node(
        () => [later(1), Promise.reject<number>(no), Promise.reject<number>(new Error('never looked at'))],
        parallelizable(),
      ),
      x: async ({ n }: { n: number }) => n * 10,
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report.errors).toMatchObject([{ node: 'n', cause: no }]);
    expect(report.errors[0]?.message).toBe("The node 'n' failed while it listed item 1: no");
  });

  test('their type is that of the item', async () => {
    const m = {
      n: node(() => [Promise.resolve(1)], parallelizable()),
      x: ({ n }: { n: number }) => n + 1,
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const { all, n } = await createDriver({ modules: [m] }).execute(['all', 'n']);
    const numbers: number[] = [...all, ...n];
    expect(numbers).toEqual([2, 1]);
  });
});

describe('dataLoader with metadata that is not a record', () => {
  test.each([[null], [undefined], [5], ['x'], [[1]]])('%j', (metadata) => {
    const load = (): [number, object] => [1, metadata as never];
    const driver = createDriver({ modules: [{ rows: node(load, dataLoader()) }] });
    expect(() => driver.executeSync(['rows'])).toThrow("The metadata of 'rows' must be an object, not");
  });

  test('does not compile', () => {
    // @ts-expect-error -- metadata is an object
    node((): [number, string] => [1, 'x'], dataLoader());
    // @ts-expect-error -- metadata is an object
    node((): [number, null] => [1, null], dataLoader());
  });
});

describe('subdag({ config: { k: value(…) } })', () => {
  const inside = {
    tax__uk: node(() => 20, when({ country: 'uk' })),
    tax__de: node(() => 19, when({ country: 'de' })),
    rate: ({ tax, factor }: { tax: number; factor: number }) => tax * factor,
  };

  test('is the value itself', () => {
    const config = { country: value('de'), factor: value(10) };
    const m = {
      out: node(({ rate }: { rate: number }) => rate, subdag({ modules: [inside], config })),
    };
    expect(createDriver({ modules: [m] }).executeSync(['out'])).toEqual({ out: 190 });
  });

  test('and a source is refused', () => {
    const config = { country: 'de', factor: source('x') };
    const m = {
      out: node(({ rate }: { rate: number }) => rate, subdag({ modules: [inside], config })),
    };
    expect(() => createDriver({ modules: [m] })).toThrow(
      "the config key 'factor' is given a source, not a value",
    );
  });
});

describe('iterators that two nodes read', () => {
  function* numbers() {
    yield* [1, 2, 3];
  }
  const sum = (list: Iterable<number>) => [...list].reduce((total, item) => total + item, 0);
  const readers = {
    total: ({ rows }: { rows: Iterable<number> }) => sum(rows),
    count: ({ rows }: { rows: Iterable<number> }) => [...rows].length,
  };
  const message = "can be read only once, but is read several times: by 'total', 'count'.";

  test.each([
    ['a generator', numbers],
    ['an iterator', () => [1, 2, 3].values()],
    ['a promise of one', async () => numbers()],
  ])('%s of a node', async (_, rows) => {
    const driver = createDriver({
      modules: [{ rows: node(rows), ...readers } as { rows: typeof numbers } & typeof readers],
    });
    const report = await driver.run(['total', 'count']);
    expect(report.errors).toMatchObject([{ node: 'rows', cause: { code: 'FP_READ_TWICE' } }]);
    expect(report.error?.message).toBe(
      `The node 'rows' failed: It gave an iterator or a stream, which ${message}`,
    );
    expect(await driver.execute(['count'])).toEqual({ count: 3 });
  });

  test('one of a node in a scheduled run', async () => {
    const driver = createDriver({ modules: [{ rows: numbers, ...readers }] });
    const report = await driver.run(['total', 'count'], { onError: 'continue' });
    expect(report.nodes['total']).toEqual({ status: 'skipped', because: 'rows' });
  });

  test('an asynchronous generator', async () => {
    const m = {
      rows: async function* () {
        yield 1;
      },
      a: ({ rows }: { rows: AsyncIterable<number> }) => [rows],
      b: ({ rows }: { rows: AsyncIterable<number> }) => rows,
    };
    const report = await createDriver({ modules: [m] }).run(['a', 'b']);
    expect(report.errors[0]?.message).toContain("'a', 'b'");
  });

  test('an input, before anything runs', () => {
    const driver = createDriver({ modules: [readers] });
    expect(() => driver.executeSync(['total', 'count'], { inputs: { rows: numbers() } })).toThrow(
      `The iterator or stream that is given for 'rows' ${message}`,
    );
    expect(driver.executeSync(['total'], { inputs: { rows: numbers() } })).toEqual({ total: 6 });
    expect(driver.executeSync(['total', 'count'], { inputs: { rows: [1, 2] } })).toEqual({
      total: 3,
      count: 2,
    });
  });

  test('one that each item reads', async () => {
    const m = {
      rows: numbers,
      n: node(() => [1, 2], parallelizable()),
      x: ({ n, rows }: { n: number; rows: Iterable<number> }) => n * sum(rows),
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report.errors[0]?.message).toContain("every item of 'n'");
  });

  test('one that a node and the caller read', () => {
    const driver = createDriver({ modules: [{ rows: numbers, ...readers }] });
    expect(() => driver.executeSync(['rows', 'total'])).toThrow("'total', the caller");
    expect([...driver.executeSync(['rows']).rows]).toEqual([1, 2, 3]);
  });

  test('a generator that fans out is read once for all', () => {
    const m = {
      rows: node(numbers, parallelizable()),
      a: ({ rows }: { rows: number }) => rows,
      b: ({ rows }: { rows: number }) => -rows,
      all: node(({ a, b }: { a: number[]; b: number[] }) => [a, b], collect(['a', 'b'])),
    };
    expect(createDriver({ modules: [m] }).executeSync(['all', 'rows'])).toEqual({
      all: [
        [1, 2, 3],
        [-1, -2, -3],
      ],
      rows: [1, 2, 3],
    });
  });
});

test('a placeholder of a parameter that is bound to nothing is left in the documentation', () => {
  const make = ({ a, b }: { a: number; b: number }) => a + b;
  const doc = '{a} and {b} make {outputName}, in {braces}';
  const facts = { line: 1, column: 1, doc, style: 'object', takesContext: false } as const;
  const parameters = ['a', 'b'].map((name) => ({ name, optional: false }));
  const m = defineModule({
    name: 'm',
    exports: {
      make: node(make, parameterize({ x: { a: source('q') }, y: { a: value(1), b: source('z') } })),
    },
    nodes: { make: { ...facts, parameters } },
  });
  const { nodes } = createDriver({ modules: [m] }).graph;
  expect(nodes.get('x')?.doc).toBe('q and b make x, in {braces}');
  expect(nodes.get('y')?.doc).toBe('1 and z make y, in {braces}');
});

describe('a source inside a plain value', () => {
  const total = ({ of }: { of: unknown }) => of;
  const hidden = { rates: [{ rate: source('rate') }] };

  test.each([
    ['inject', () => createDriver({ modules: [{ x: node(total, inject({ of: hidden })) }] })],
    [
      'parameterize',
      () => createDriver({ modules: [{ x: node(total, parameterize({ y: { of: hidden } })) }] }),
    ],
    [
      'a group',
      () => createDriver({ modules: [{ x: node(total, inject({ of: group({ a: { b: value(1) } }) })) }] }),
    ],
  ])('in %s', (_, build) => {
    expect(build).toThrow(expect.objectContaining({ code: 'FP_BAD_MODIFIER' }));
    expect(build).toThrow('is a source, value or group inside a plain value, where it would be data');
  });

  test('is data where value says so, and where it cannot be looked into', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const bindings = {
      a: { of: value(hidden) },
      b: { of: { proxy } },
      c: { of: new Map([['k', source('rate')]]) },
    };
    const driver = createDriver({ modules: [{ x: node(total, parameterize(bindings)) }] });
    expect(driver.executeSync(['a']).a).toBe(hidden);
  });
});

describe('promises from outside', () => {
  const m = {
    n: node(() => [1, 2], parallelizable()),
    x: ({ n, y }: { n: number; y: number }) => n * y,
    all: node(({ x }: { x: number[] }) => x, collect('x')),
  };
  const later = () => Promise.reject<never>(new Error('nobody waits for it'));

  test.each([
    ["What is given for 'y' is a promise.", () => ({ inputs: { y: later() } })],
    ["What is given for 'all' is a promise.", () => ({ overrides: { all: later() } })],
    ["What is given for 'x' is a promise.", () => ({ inputs: { y: 1 }, overrides: { x: [1, later()] } })],
  ])('%s', async (message, options) => {
    const report = await createDriver({ modules: [m] })
      .run(['all'], options() as object)
      .catch((error: unknown) => ({ error }));
    const { error } = report as { error: FlowerPowerError };
    expect(error).toMatchObject(error.code === 'FP_NODE_FAILED' ? { cause: { message } } : { message });
  });

  test('a list of items may hold them', async () => {
    const overrides = { n: [Promise.resolve(3), 4] } as never;
    expect(await createDriver({ modules: [m] }).execute(['all'], { inputs: { y: 2 }, overrides })).toEqual({
      all: [6, 8],
    });
  });
});

test('a node that is given to node: its own modifiers would be lost', () => {
  const inner = node(({ a }: { a: number }) => a, pipeOutput(step((a: number) => a * 2)));
  const chosen = branch('which', { a: 'a' });
  for (const given of [inner, chosen] as unknown as (() => number)[]) {
    const build = () => createDriver({ modules: [{ x: node(given, checkOutput(notNull())) }] });
    expect(build).toThrow(expect.objectContaining({ code: 'FP_BAD_NODE' }));
    expect(build).toThrow('what it was given is a node already');
  }
});

test('a check of items that could be read once only does not pass by counting the stream as one item', () => {
  function* twice() {
    yield 1;
    yield 1;
  }
  const checks = [unique(), countInRange(1, 5), notNull()] as never[];
  const untyped: (...args: never[]) => typeof twice = node;
  const m = { x: untyped(twice as never, checkOutput(...(checks as unknown as [never])) as never) };
  const names = ['x_unique', 'x_countInRange', 'x_notNull', 'x'] as never[];
  const outputs = createDriver({ modules: [m], log: quiet }).executeSync(names) as Record<string, unknown>;
  const { x, ...found } = outputs;
  expect([...(x as Iterable<number>)]).toEqual([1, 1]);
  for (const result of Object.values(found)) {
    expect(result).toMatchObject({ passed: false, message: expect.stringContaining('a check would use up') });
  }
});
