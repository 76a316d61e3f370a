import { expect, test } from 'vitest';
import { expectedDurations } from './expected-durations.js';

const succeeded = (node: string, durationMs: number, more = {}) =>
  ({ type: 'node.succeeded', node, durationMs, ...more }) as never;
const runsOf = (...runs: readonly (readonly never[])[]) => ({
  list: () => Promise.resolve(runs.map((_, index) => ({ runId: `${index}` })) as never),
  show: (run: string) => Promise.resolve({ events: runs[Number(run)] } as never),
});

test('the middle of the runs in which a node was computed', async () => {
  const runs = runsOf(
    [succeeded('a', 10), succeeded('b', 1, { cached: true })],
    [succeeded('a', 30), succeeded('b', 8)],
    [succeeded('a', 20), succeeded('b', 4), succeeded('c', 5, { cachedItems: 2 })],
  );
  expect([...(await expectedDurations(runs, 'etl'))]).toEqual([
    ['a', 20],
    ['b', 6],
  ]);
});

test('a record that cannot be read costs the times and nothing else', async () => {
  const runs = { ...runsOf([succeeded('a', 10)]), show: () => Promise.reject(new Error('torn')) };
  expect((await expectedDurations(runs, 'etl')).size).toBe(0);
});
