/** What a run computes anew for its next attempt: what failed, and the value that was to blame for it. */
import {
  branch,
  checkOutput,
  collect,
  countInRange,
  type DataLoader,
  extractFields,
  inRange,
  loadFrom,
  loadNode,
  node,
  parallelizable,
  pipeOutput,
  step,
} from '@flowerpower/core';
import { describe, expect, test, vi } from 'vitest';
import { pipeline, setUp } from '../../__fixtures__/set-up.js';

// A failed check is not retried unless it is named; `Exception` is everything that is retried without a list.
const run = {
  retry: {
    maxRetries: 2,
    retryDelay: 0,
    jitterFactor: 0,
    retryExceptions: ['DataValidationError', 'Exception'],
  },
};
const small = checkOutput(inRange(0, 10), { importance: 'fail' });

/** Gives the values one after the other. */
const oneAfterTheOther = <T>(...values: T[]) => vi.fn(() => values.shift() as T);

async function bothWays(
  nodes: () => object,
  expected: { readonly outputs: object; readonly attempts: number },
  outputs?: readonly string[],
): Promise<void> {
  const { runner, clock } = await setUp();
  const request = outputs && { outputs };
  expect(runner.runSync(pipeline(nodes(), { run }), request)).toMatchObject(expected);
  expect(await clock.until(runner.run(pipeline(nodes(), { run }), request))).toMatchObject(expected);
}

describe('a value that failed its check', () => {
  test('is computed anew, and nothing else is', async () => {
    const before = vi.fn(() => 1);
    const nodes = () => {
      const value = oneAfterTheOther(12, 11, 3);
      return { before: () => before(), x: node(({ before }: { before: number }) => before * value(), small) };
    };
    await bothWays(nodes, { outputs: { x: 3 }, attempts: 3 });
    expect(before).toHaveBeenCalledTimes(2);
  });

  test('is computed anew for everyone who reads it before its check', async () => {
    const nodes = () => {
      const value = oneAfterTheOther(12, 3);
      return {
        x: node(() => value(), small),
        seen: ({ x_raw }: { x_raw: number }) => `saw ${x_raw}`,
        both: ({ x, seen }: { x: number; seen: string }) => `${x}, ${seen}`,
      };
    };
    await bothWays(nodes, { outputs: { both: '3, saw 3' }, attempts: 2 });
  });

  test('and is the end of a pipe', async () => {
    const nodes = () => {
      const value = oneAfterTheOther(6, 2);
      return { x: node(() => value(), pipeOutput(step((x: number) => x * 2).named('twice')), small) };
    };
    await bothWays(nodes, { outputs: { x: 4 }, attempts: 2 });
  });

  test('and is a field of a record', async () => {
    const nodes = () => {
      const record = oneAfterTheOther({ x: 12, y: 1 }, { x: 3, y: 2 });
      return {
        record: node(
          () => record(),
          extractFields('x', 'y'),
          checkOutput(inRange(0, 10), { target: 'x', importance: 'fail' }),
        ),
        both: ({ x, y }: { x: number; y: number }) => [x, y],
      };
    };
    await bothWays(nodes, { outputs: { both: [3, 2] }, attempts: 2 });
  });

  test('and is loaded', async () => {
    const loader = (): DataLoader<number, object> => {
      const value = oneAfterTheOther(12, 3);
      return { type: 'numbers', options: {}, load: () => [value(), {}] };
    };
    await bothWays(() => ({ x: loadNode(loader(), small) }), { outputs: { x: 3 }, attempts: 2 });
    const x = ({ rows }: { rows: number }) => rows;
    await bothWays(() => ({ x: node(x, loadFrom({ rows: loader() }), small) }), {
      outputs: { x: 3 },
      attempts: 2,
    });
  });

  test('and is an item', async () => {
    const nodes = () => {
      const value = oneAfterTheOther(1, 12, 3, 4);
      return {
        n: node(() => [10, 20], parallelizable()),
        x: node(({ n }: { n: number }) => n + value() - n, small),
        all: node(({ x }: { x: number[] }) => x, collect('x')),
      };
    };
    await bothWays(nodes, { outputs: { all: [3, 4], x_raw: [3, 4] }, attempts: 2 }, ['all', 'x_raw']);
  });

  test('and is an item, where everything else goes on', async () => {
    const value = oneAfterTheOther(1, 12, 3, 4);
    const nodes = {
      n: node(() => [10, 20], parallelizable()),
      x: node(({ n }: { n: number }) => n + value() - n, small),
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    const { runner, clock } = await setUp();
    const goingOn = pipeline(nodes, { run: { ...run, onError: 'continue' } });
    expect(await clock.until(runner.run(goingOn, { outputs: ['all', 'x_raw'] }))).toMatchObject({
      outputs: { all: [3, 4], x_raw: [3, 4] },
      attempts: 2,
    });
  });

  test('and is a list that fans out', async () => {
    const nodes = () => {
      const value = oneAfterTheOther([1, 2, 3], [1]);
      return {
        n: node(() => value(), checkOutput(countInRange(0, 1), { importance: 'fail' }), parallelizable()),
        all: node({ inputs: ['n'] }, (n: unknown) => n, collect('n')),
      };
    };
    await bothWays(nodes, { outputs: { all: [1] }, attempts: 2 });
  });
});

describe('a value from which nothing could be made', () => {
  test('is not a list, where a list fans out', async () => {
    const nodes = () => {
      const value = oneAfterTheOther<unknown>(5, [1, 2]);
      return {
        n: node(() => value() as number[], parallelizable()),
        all: node(({ n }: { n: number[] }) => n, collect('n')),
      };
    };
    await bothWays(nodes, { outputs: { all: [1, 2] }, attempts: 2 });
  });

  test('is a list with a promise that rejected', async () => {
    const { runner, clock } = await setUp();
    const value = oneAfterTheOther([Promise.reject<number>(new Error('once'))], [Promise.resolve(2)]);
    const nodes = {
      n: node(() => value(), parallelizable()),
      all: node(({ n }: { n: number[] }) => n, collect('n')),
    };
    expect(await clock.until(runner.run(pipeline(nodes, { run })))).toMatchObject({
      outputs: { all: [2] },
      attempts: 2,
    });
  });

  test('lacks a field', async () => {
    const nodes = () => {
      const record = oneAfterTheOther({}, { x: 3 });
      return {
        record: node(() => record() as { x: number }, extractFields('x')),
        y: ({ x }: { x: number }) => x,
      };
    };
    await bothWays(nodes, { outputs: { y: 3 }, attempts: 2 });
  });

  test('is not a pair of a value and facts about it', async () => {
    const value = () => oneAfterTheOther<unknown>(undefined, [3, {}]);
    const nodes = () => ({ x: loadNode({ type: 'numbers', options: {}, load: value() as never }) });
    await bothWays(nodes, { outputs: { x: 3 }, attempts: 2 });
  });

  test('chooses a side that a branch does not have', async () => {
    const nodes = () => {
      const which = oneAfterTheOther('c', 'b');
      return { which: () => which(), a: () => 1, b: () => 2, x: branch('which', { a: 'a', b: 'b' }) };
    };
    await bothWays(nodes, { outputs: { x: 2 }, attempts: 2 });
  });
});
