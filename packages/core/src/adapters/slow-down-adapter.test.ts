import { expect, test } from 'vitest';
import { createDriver, slowDownAdapter } from '../index.js';

const m = { a: () => 1, b: async ({ a }: { a: number }) => a + 1 };

test('every node waits before it starts', async () => {
  const waits: number[] = [];
  const release: (() => void)[] = [];
  const sleep = (delayMs: number) => {
    waits.push(delayMs);
    return new Promise<void>((resolve) => release.push(resolve));
  };
  const driver = createDriver({ modules: [m], adapters: [slowDownAdapter({ delayMs: 250, sleep })] });
  const result = driver.execute(['b']);
  expect(waits).toEqual([250]);
  release[0]!();
  await expect.poll(() => waits).toEqual([250, 250]);
  release[1]!();
  expect(await result).toEqual({ b: 2 });
});

test('the timer waits, and is given up when the run is cancelled', async () => {
  expect(
    await createDriver({ modules: [m], adapters: [slowDownAdapter({ delayMs: 1 })] }).execute(['b']),
  ).toEqual({ b: 2 });
  const driver = createDriver({ modules: [m], adapters: [slowDownAdapter({ delayMs: 2_147_483_647 })] });
  const controller = new AbortController();
  const running = driver.run(['b'], { signal: controller.signal });
  controller.abort();
  expect(await running).toMatchObject({ status: 'cancelled', outputs: {} });
});

test('a synchronous execution says that it cannot wait', () => {
  const driver = createDriver({ modules: [m], adapters: [slowDownAdapter({ delayMs: 0 })] });
  expect(() => driver.executeSync(['a'])).toThrow(expect.objectContaining({ code: 'FP_NOT_SYNCHRONOUS' }));
});

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])('a delay of %d ms is refused', (delayMs) => {
  expect(() => slowDownAdapter({ delayMs })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_ADAPTER_OPTION' }),
  );
});
