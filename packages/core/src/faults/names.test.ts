/** Names and inputs that were misread. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import { createDriver, defineModule, node, type NodeContext } from '../index.js';

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
