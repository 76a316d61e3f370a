import { expect, test } from 'vitest';
import { resolveExecutor } from './resolve-executor.js';

const resolve = (executor: Parameters<typeof resolveExecutor>[0]['executor'], maxConcurrency?: number) =>
  resolveExecutor({ executor, maxConcurrency });

test.each([
  [{ type: 'local' }, undefined, Number.POSITIVE_INFINITY],
  [{ type: 'local', maxWorkers: 4 }, undefined, 4],
  [{ type: 'local', maxWorkers: 4 }, 2, 2],
  [{ type: 'synchronous' }, undefined, 1],
  [{ type: 'synchronous', maxWorkers: 4 }, 1, 1],
])('%j with maxConcurrency %s runs at most %s at once', (executor, maxConcurrency, expected) => {
  const { executor: resolved, problems } = resolve(executor, maxConcurrency);
  expect(problems).toEqual([]);
  expect(resolved).toEqual({ type: 'local', maxConcurrency: expected });
});

test('an unknown executor is a problem, never a fall-back', () => {
  expect(resolve({ type: 'locl' }).problems).toEqual([
    {
      code: 'FP_UNKNOWN_EXECUTOR',
      message: "There is no executor 'locl'.",
      hint: "Did you mean 'local'? Available: local, synchronous.",
    },
  ]);
});

test.each(['threadpool', 'processpool'])('%s of the original is local, with one warning', (type) => {
  const resolved = resolve({ type, maxWorkers: 40, numCpus: 8 });
  expect(resolved).toMatchObject({ executor: { type: 'local', maxConcurrency: 40 }, problems: [] });
  expect(resolved.warnings).toEqual([expect.stringContaining(`The executor '${type}' is 'local'`)]);
});

test.each(['ray', 'dask'])('%s of the original gets an explanation', (type) => {
  const [problem] = resolve({ type }).problems;
  expect(problem).toMatchObject({
    code: 'FP_UNKNOWN_EXECUTOR',
    hint: expect.stringContaining("runs nodes in this process with executor 'local'"),
  });
});

test('what would have no effect is said', () => {
  expect(resolve({ type: 'local', numCpus: 2, maxWorkers: 3 }, 4).warnings).toHaveLength(2);
  expect(resolve({ type: 'synchronous', maxWorkers: 3 }).warnings).toHaveLength(1);
  expect(resolve({ type: 'synchronous' }, 4).problems).toHaveLength(1);
  expect(resolve({ type: 'local', options: { a: 1 } }).problems).toHaveLength(1);
});
