import { describe, expect, test } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  extractFields,
  inRange,
  memoryCacheStore,
  node,
  type NodeExecutor,
  type NodeTask,
  parallelizable,
  runOn,
} from '../index.js';

function noting(tasks: NodeTask[]): NodeExecutor {
  return {
    execute(task) {
      tasks.push(task);
      return task.call();
    },
  };
}

describe('runOn', () => {
  test('sends the function to the executor, with what it receives, and nothing else', async () => {
    const tasks: NodeTask[] = [];
    const m = {
      rows: ({ x }: { x: number }) => x + 1,
      stats: node(
        ({ rows, scale = 1 }: { rows: number; scale?: number }) => ({ mean: rows * scale }),
        runOn('pool'),
        extractFields('mean'),
        checkOutput(inRange(0, 10), { target: 'mean' }),
      ),
    };
    const driver = createDriver({ modules: [m], executors: { pool: noting(tasks) } });
    expect(await driver.execute(['mean'], { inputs: { x: 1 }, runId: 'r1' })).toEqual({ mean: 2 });
    expect(
      tasks.map(({ node: { name }, inputs, runId, attempt }) => ({ name, inputs, runId, attempt })),
    ).toEqual([{ name: 'stats', inputs: { rows: 2 }, runId: 'r1', attempt: 1 }]);
    expect(driver.graph.nodes.get('stats')?.executor).toBe('pool');
  });

  test('takes part in fan-outs, one task for each item, and asynchronously', async () => {
    const tasks: NodeTask[] = [];
    const later: NodeExecutor = {
      execute: async (task) => (tasks.push(task), await Promise.resolve(), task.call()),
    };
    const m = {
      n: node(() => [1, 2, 3], parallelizable()),
      square: node(({ n }: { n: number }) => n * n, runOn('pool')),
      total: node(({ square }: { square: number[] }) => square, collect('square')),
    };
    const driver = createDriver({ modules: [m], executors: { pool: later } });
    expect(await driver.execute(['total'])).toEqual({ total: [1, 4, 9] });
    expect(tasks.map(({ item }) => item)).toEqual([[0], [1], [2]]);
    expect(() => driver.executeSync(['total'])).toThrow(
      expect.objectContaining({ code: 'FP_NOT_SYNCHRONOUS' }),
    );
  });

  test('a hit of the cache needs no executor, and a failing executor fails the node', () => {
    const tasks: NodeTask[] = [];
    const m = { f: node(({ x }: { x: number }) => x, runOn('pool')) };
    const cached = createDriver({
      modules: [m],
      executors: { pool: noting(tasks) },
      cache: { store: memoryCacheStore() },
    });
    cached.executeSync(['f'], { inputs: { x: 1 } });
    cached.executeSync(['f'], { inputs: { x: 1 } });
    expect(tasks).toHaveLength(1);
    const broken: NodeExecutor = {
      execute: () => {
        throw new Error('the pool is gone');
      },
    };
    const driver = createDriver({ modules: [m], executors: { pool: broken } });
    expect(() => driver.executeSync(['f'], { inputs: { x: 1 } })).toThrow(
      "The node 'f' failed: the pool is gone",
    );
  });

  test('an unknown executor is an error of the build, never a silent local run', () => {
    const m = { f: node(() => 1, runOn('pol')), g: node(() => 2, runOn('local')) };
    const pool = noting([]);
    expect(() => createDriver({ modules: [m], executors: { pool } })).toThrow(
      expect.objectContaining({ code: 'FP_UNKNOWN_NODE_EXECUTOR', hint: expect.stringContaining("'pool'") }),
    );
    expect(createDriver({ modules: [{ g: m.g }] }).executeSync(['g'])).toEqual({ g: 2 });
  });
});
