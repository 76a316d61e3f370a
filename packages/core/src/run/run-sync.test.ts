import { expect, test } from 'vitest';
import { createDriver } from '../driver/create-driver.js';

const m = {
  one: () => 1,
  bad: ({ one }: { one: number }): number => {
    throw new Error(`not ${one}`);
  },
  late: async ({ one }: { one: number }) => one,
};
const driver = createDriver({ modules: [m] });

test('the report of a synchronous run, also of one that fails', () => {
  expect(driver.runSync(['one'])).toMatchObject({ status: 'success', outputs: { one: 1 } });
  const report = driver.runSync(['one', 'bad'], { onError: 'continue' });
  expect(report).toMatchObject({
    status: 'failed',
    outputs: { one: 1 },
    nodes: { one: { status: 'success' }, bad: { status: 'failed' } },
  });
  expect(report.errors.map(({ message }) => message)).toEqual(["The node 'bad' failed: not 1"]);
});

test('a promise is a failure of its node', () => {
  expect(driver.runSync(['late'])).toMatchObject({
    status: 'failed',
    error: { cause: { code: 'FP_NOT_SYNCHRONOUS' } },
  });
});
