/** Functions that take an object must not be able to tell how it was made. */
import { expect, test } from 'vitest';
import { createDriver, defineModule, node } from '../index.js';

type Value = { x: number };

test('a node may run the same plan again while its own inputs are taken apart', () => {
  const m = {
    double: ({ x, inner = run(x), y = x }: { x: number; inner?: number; y?: number }) =>
      x * 2 + inner + y - x,
  };
  const driver = createDriver({ modules: [m] });
  const run = (x: number): number =>
    x === 0 ? 0 : driver.executeSync(['double'], { inputs: { x: x - 1 } }).double;
  expect(driver.executeSync(['double'], { inputs: { x: 3 } })).toEqual({ double: 12 });
});

test('an inner run that fails leaves the values of the outer one', () => {
  const m = {
    total: ({ x, failed = attempt(x), y }: { x: number; failed?: string; y: number }) => {
      if (x === 0) throw new Error('inner');
      return `${x} ${failed} ${y}`;
    },
  };
  const driver = createDriver({ modules: [m] });
  const attempt = (x: number): string => {
    if (x === 0) return 'end';
    try {
      return driver.executeSync(['total'], { inputs: { x: 0, y: 0 } }).total;
    } catch (error) {
      return (error as { cause: Error }).cause.message;
    }
  };
  expect(driver.executeSync(['total'], { inputs: { x: 1, y: 7 } })).toEqual({ total: '1 inner 7' });
});

test('runs of one plan that overlap see their own values', async () => {
  const m = {
    a: async ({ x }: Value) => x,
    b: async ({ a, x }: { a: number; x: number }) => a + x,
    c: ({ b, a }: { b: number; a: number }) => `${b} ${a}`,
  };
  const driver = createDriver({ modules: [m] });
  const seeds = Array.from({ length: 20 }, (_, x) => x);
  const results = await Promise.all(seeds.map((x) => driver.execute(['c'], { inputs: { x } })));
  expect(results).toEqual(seeds.map((x) => ({ c: `${2 * x} ${x}` })));
});

test('middleware that goes on later calls with the values of its own run', async () => {
  const later = {
    name: 'later',
    aroundNode: async (_: unknown, next: () => unknown) => (await Promise.resolve(), next()),
  };
  const driver = createDriver({ modules: [{ f: ({ x }: Value) => x }], adapters: [later] });
  const runs = [1, 2, 3].map((x) => driver.execute(['f'], { inputs: { x } }));
  expect(await Promise.all(runs)).toEqual([{ f: 1 }, { f: 2 }, { f: 3 }]);
});

test('a function that can reach the object itself gets one of its own, an ordinary one', () => {
  const parameters = [{ name: 'x', optional: false }];
  const source = { line: 1, column: 1, style: 'object' as const, takesContext: false, parameters };
  const m = defineModule({
    name: 'm',
    exports: {
      whole: (inputs: Value) => inputs,
      listed: new Function('{ x }', 'return arguments[0]') as (inputs: Value) => Value,
      wrapped: node(({ x }: Value) => ({ x })),
    },
    nodes: { whole: source, listed: source, wrapped: source },
  });
  const driver = createDriver({ modules: [m] });
  const names = ['whole', 'listed'] as const;
  const [first, second] = [1, 2].map((x) => driver.executeSync(names, { inputs: { x } }));
  for (const name of names) {
    expect(first?.[name]).toStrictEqual({ x: 1 });
    expect(second?.[name]).toStrictEqual({ x: 2 });
    expect(Object.getPrototypeOf(first?.[name])).toBe(Object.prototype);
  }
});

test('bound, left-out and given parameters reach a function in each form', () => {
  const m = {
    object: ({ a, b, c = 100 }: { a: number; b: number; c?: number }) => [a, b, c],
    whole: node({ inputs: ['a', 'b'] }, (a: number, b: number) => [a, b]),
    positional: new Function('a', 'b', 'c = 100', 'return [a, b, c]') as (a: number) => number[],
  };
  const driver = createDriver({
    modules: [m],
    params: { object: { b: 2 }, whole: { b: 2 }, positional: { a: 2 } },
  });
  expect(driver.executeSync(['object', 'whole'], { inputs: { a: 1 } })).toEqual({
    object: [1, 2, 100],
    whole: [1, 2],
  });
  expect(driver.executeSync(['positional'], { inputs: { b: 1 } })).toEqual({
    positional: [2, 1, 100],
  });
});

test.each([3, 4, 5, 2000])('a node may have %i inputs in each form', (count) => {
  const names = Array.from({ length: count }, (_, index) => `n${index}`);
  const m = Object.fromEntries(names.map((name, index) => [name, () => index]));
  const list = names.join(', ');
  const sum = `return [${list}].reduce((sum, value) => sum + value, 0)`;
  const sums = {
    positional: new Function(...names, sum) as () => number,
    object: new Function(`{ ${list} }`, sum) as () => number,
  };
  const expected = (count * (count - 1)) / 2;
  expect(createDriver({ modules: [m, sums] }).executeSync(['positional', 'object'] as never)).toEqual({
    positional: expected,
    object: expected,
  });
});
