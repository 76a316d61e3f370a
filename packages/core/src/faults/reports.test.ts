/** Reports and checks that say more than is true. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import {
  branch,
  checkOutput,
  collect,
  column,
  countInRange,
  createDriver,
  inRange,
  node,
  notNull,
  parallelizable,
  type Progress,
  progressAdapter,
  sorted,
  unique,
} from '../index.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

describe('a successful run ends at two thirds of its progress', () => {
  const last = (modules: object, output: string) => {
    const heard: Progress[] = [];
    const adapter = progressAdapter({ onProgress: (progress) => heard.push(progress) });
    createDriver({ modules: [modules], adapters: [adapter] }).executeSync([output as never]);
    return heard.at(-1);
  };
  test('an empty list of items', () => {
    const m = {
      item: node((): number[] => [], parallelizable()),
      f: ({ item }: { item: number }) => item,
      all: node(({ f }: { f: number[] }) => f, collect('f')),
    };
    expect(last(m, 'all')).toMatchObject({ done: 3, total: 3, status: 'success' });
  });
  test('a side of a branch that was not chosen', () => {
    const m = { c: () => 'x', x: () => 1, y: () => 2, b: branch('c', { x: 'x', y: 'y' }) };
    expect(last(m, 'b')).toMatchObject({ done: 4, total: 4, status: 'success' });
  });
});

describe('checks that cannot fail', () => {
  test.each<[string, { check(given: never): unknown }, unknown]>([
    ['the size of a Set', countInRange(1, 2), new Set([1, 2, 3, 4])],
    ['the length of a text', countInRange(1, 9), 'abcdef'],
    ['the order of a Set', sorted(), new Set([2, 1])],
    ['repetition in a generator', unique(), [1, 1].values()],
  ])('%s', (_, check, given) => {
    expect(check.check(given as never)).toEqual({
      message: expect.stringMatching(/it is an? .+, not a list of items|whose items a check would use up/),
    });
  });

  test.each(['constructor', 'toString', '__proto__'])(
    'the column %s, which every object inherits',
    (name) => {
      expect(column(name, notNull()).check([{}] as never)).toMatchObject({ message: expect.any(String) });
    },
  );

  test('a column that a class gives is one', () => {
    class Row {
      get n() {
        return 1;
      }
    }
    expect(column('n', inRange(0, 1)).check([new Row()])).toBe(true);
  });

  test.each([5, null, undefined, 'no', { passed: 'no' }, { passed: false }])(
    'an override %o of what a check found',
    (given) => {
      const m = { a: node(() => 50, checkOutput(inRange(0, 1), { importance: 'fail' })) };
      const report = createDriver({ modules: [m], log: quiet }).runSync(['a'], {
        overrides: { a_inRange: given as never },
      });
      expect(report.error).toMatchObject({ node: 'a', cause: { code: 'FP_BAD_VERDICT' } });
      expect(report.error!.message).toContain("'a_inRange'");
    },
  );

  test('an override that is a verdict holds', () => {
    const m = { a: node(() => 50, checkOutput(inRange(0, 1), { importance: 'fail' })) };
    const a_inRange = { check: 'mine', passed: true, message: 'looked at', importance: 'fail' } as const;
    expect(createDriver({ modules: [m] }).executeSync(['a'], { overrides: { a_inRange } })).toEqual({
      a: 50,
    });
  });
});
