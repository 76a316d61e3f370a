import { expect, test, vi } from 'vitest';
import { createDriver, debugAdapter, type DebugAdapterOptions, type DebugMoment } from '../index.js';

const m = {
  a: () => 1,
  b: async ({ a }: { a: number }) => a + 1,
  bad: ({ a }: { a: number }): number => {
    throw new Error(`bad ${a}`);
  },
};

async function momentsOf(options: DebugAdapterOptions, output: keyof typeof m): Promise<unknown[]> {
  const moments: unknown[] = [];
  const pause = ({ moment, event }: DebugMoment) =>
    moments.push([moment, event.node.name, event.inputs, resultOf(event)]);
  await createDriver({ modules: [m], adapters: [debugAdapter({ ...options, pause })] }).run([output]);
  return moments;
}

function resultOf(event: DebugMoment['event']): unknown {
  if (!('status' in event)) return undefined;
  return event.status === 'success' ? event.value : event.error;
}

test('it stops before and after each node, with inputs and value', async () => {
  expect(await momentsOf({}, 'b')).toEqual([
    ['start', 'a', {}, undefined],
    ['end', 'a', {}, 1],
    ['start', 'b', { a: 1 }, undefined],
    ['end', 'b', { a: 1 }, 2],
  ]);
});

test('a failure is seen with its error', async () => {
  const options = { nodeFilter: ({ name }: { name: string }) => name === 'bad', moments: ['end'] as const };
  expect(await momentsOf(options, 'bad')).toEqual([['end', 'bad', { a: 1 }, new Error('bad 1')]]);
});

test('a callback that throws is logged and masks nothing', async () => {
  const warn = vi.fn();
  const log = { debug() {}, info() {}, warn, error() {} };
  const pause = () => {
    throw new Error('clumsy');
  };
  const driver = createDriver({ modules: [m], adapters: [debugAdapter({ pause })], log });
  expect(await driver.execute(['a'])).toEqual({ a: 1 });
  await expect(driver.execute(['bad'])).rejects.toMatchObject({ cause: new Error('bad 1') });
  // Once in each run.
  expect(warn).toHaveBeenCalledTimes(2);
});

test('without a debugger the default changes nothing', () => {
  expect(createDriver({ modules: [m], adapters: [debugAdapter()] }).executeSync(['a'])).toEqual({ a: 1 });
});
