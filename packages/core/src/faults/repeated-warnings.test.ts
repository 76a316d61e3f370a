/** A warning of one kind is not said for each of many items. */
import { expect, test, vi } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  inRange,
  memoryCacheStore,
  node,
  type NodeContext,
  parallelizable,
  retry,
} from '../index.js';

const m = {
  n: node(({ count }: { count: number }) => Array.from({ length: count }, (_, i) => i), parallelizable()),
  x: node(({ n }: { n: number }) => n, checkOutput(inRange(-9, -1))),
  y: node(
    ({ x }: { x: number }, { attempt }: NodeContext) => {
      if (attempt === 1) throw new Error(`not yet ${x}`);
      return x;
    },
    retry({ maxRetries: 1, retryDelay: 0 }),
  ),
  all: node(({ y }: { y: number[] }) => y.length, collect('y')),
};

test('the first one is said, then their number', async () => {
  const warn = vi.fn();
  const log = { debug() {}, info() {}, error() {}, warn };
  const driver = createDriver({ modules: [m], log });
  const lines = () => warn.mock.calls.map(([message]) => message as string);
  const expected = [
    "The value of 'x' failed inRange(-9, -1): 0 is not between -9 and -1",
    "The node 'y' failed and is tried again at once.",
    "The value of 'x' failed inRange(-9, -1) for 10 items until now.",
    "The node 'y' failed and was tried again for 10 items until now.",
    "The value of 'x' failed inRange(-9, -1) for 100 items until now.",
    "The node 'y' failed and was tried again for 100 items until now.",
  ];
  expect(driver.executeSync(['all'], { inputs: { count: 123 } })).toEqual({ all: 123 });
  expect(lines()).toEqual(expected);
  // Another run is another matter.
  warn.mockClear();
  await driver.execute(['all'], { inputs: { count: 9 } });
  expect(lines()).toEqual(expected.slice(0, 2));
});

test('and counting reads nothing of the context that a cache would mind', () => {
  const log = { debug() {}, info() {}, error() {}, warn() {} };
  let calls = 0;
  const flaky = ({ n }: { n: number }) => {
    if (++calls % 2 === 1) throw new Error('not yet');
    return n;
  };
  const cached = {
    n: m.n,
    x: node(flaky, retry({ maxRetries: 1, retryDelay: 0 })),
    all: node(({ x }: { x: number[] }) => x, collect('x')),
  };
  const driver = createDriver({ modules: [cached], log, cache: { store: memoryCacheStore() } });
  for (const _ of [1, 2])
    expect(driver.executeSync(['all'], { inputs: { count: 2 } })).toEqual({ all: [0, 1] });
  expect(calls).toBe(4);
});
