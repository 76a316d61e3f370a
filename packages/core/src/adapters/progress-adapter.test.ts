import { expect, test } from 'vitest';
import { createDriver, type Progress, progressAdapter } from '../index.js';

function recorder() {
  const heard: Progress[] = [];
  return { heard, adapter: progressAdapter({ onProgress: (progress) => heard.push(progress) }) };
}

test('every start and end is counted', async () => {
  const { heard, adapter } = recorder();
  const m = {
    a: async () => 1,
    b: async () => 2,
    c: ({ a, b, x }: { a: number; b: number; x: number }) => a + b + x,
  };
  await createDriver({ modules: [m], adapters: [adapter] }).execute(['c'], { inputs: { x: 1 }, runId: 'r' });
  const base = { runId: 'r', total: 3, failed: 0, status: 'running' };
  expect(heard).toEqual([
    { ...base, done: 0, running: [] },
    { ...base, done: 0, running: ['a'], node: 'a' },
    { ...base, done: 0, running: ['a', 'b'], node: 'b' },
    { ...base, done: 1, running: ['b'], node: 'a' },
    { ...base, done: 2, running: [], node: 'b' },
    { ...base, done: 2, running: ['c'], node: 'c' },
    { ...base, done: 3, running: [], node: 'c' },
    { ...base, done: 3, running: [], status: 'success' },
  ]);
});

test('failures count as done; what was skipped does not', async () => {
  const { heard, adapter } = recorder();
  const m = {
    bad: (): number => {
      throw new Error('bad');
    },
    after: ({ bad }: { bad: number }) => bad,
    other: () => 1,
  };
  const driver = createDriver({ modules: [m], adapters: [adapter] });
  await driver.run(['after', 'other'], { onError: 'continue' });
  expect(heard.at(-1)).toMatchObject({ done: 2, total: 3, failed: 1, running: [], status: 'failed' });
});

test('runs at the same time are told apart', async () => {
  const { heard, adapter } = recorder();
  const driver = createDriver({ modules: [{ a: async () => 1, b: () => 2 }], adapters: [adapter] });
  await Promise.all([driver.execute(['a', 'b'], { runId: 'one' }), driver.execute(['a'], { runId: 'two' })]);
  const last = (id: string) => heard.filter(({ runId }) => runId === id).at(-1);
  expect(last('one')).toMatchObject({ done: 2, total: 2, status: 'success' });
  expect(last('two')).toMatchObject({ done: 1, total: 1, status: 'success' });
});

test('two runs at once with one runId', async () => {
  const warnings: string[] = [];
  const log = { ...console, warn: (message: string) => void warnings.push(message) };
  const seen: string[] = [];
  const progress = progressAdapter({ onProgress: ({ done, total }) => seen.push(`${done}/${total}`) });
  const m = {
    f: async ({ steps }: { steps: number }) => {
      for (let step = 0; step < steps; step++) await Promise.resolve();
      return steps;
    },
  };
  const driver = createDriver({ modules: [m], adapters: [progress], log });
  const run = (steps: number) => driver.run(['f'], { inputs: { steps }, runId: 'one' });
  await Promise.all([run(1), run(50)]);
  expect(warnings).toEqual([]);
  expect(seen.at(-1)).toBe('1/1');
});
