/** A value that a later node refuses must not be found in the cache: it would be refused for ever. */
import { describe, expect, test, vi } from 'vitest';
import {
  branch,
  checkOutput,
  collect,
  createDriver,
  defineCacheStore,
  extractFields,
  inRange,
  loadNode,
  memoryCacheStore,
  node,
  parallelizable,
  pipeOutput,
  step,
  type DefinedCacheStore,
} from '../index.js';

const small = checkOutput(inRange(0, 10), { importance: 'fail' });

/** Gives the values one after the other. */
const oneAfterTheOther = <T>(...values: T[]) => vi.fn(() => values.shift() as T);

/** The same store behind promises. */
function asynchronous(): DefinedCacheStore {
  const store = memoryCacheStore();
  return defineCacheStore({
    contractVersion: 1,
    name: 'later',
    getVersion: async (key) => store.getVersion(key),
    getValue: async (version) => store.getValue(version),
    set: async (key, entry) => store.set(key, entry),
    delete: async (key) => store.delete(key),
    clear: async () => store.clear(),
    size: async () => store.size(),
  });
}

describe.each([
  ['memory', memoryCacheStore],
  ['a store of promises', asynchronous],
])('%s', (_, create) => {
  /** One failing run, one that mends it, and one that finds everything. */
  async function failsOnce(nodes: object, outputs: Record<string, unknown>, more: object = {}) {
    const store = create();
    const driver = createDriver({ modules: [nodes], cache: { store, ...more } });
    const run = () => driver.run(Object.keys(outputs) as never, { onError: 'continue' });
    expect((await run()).status).toBe('failed');
    expect((await run()).outputs).toEqual(outputs);
    expect((await run()).outputs).toEqual(outputs);
  }

  test('a value that failed its check', async () => {
    const value = oneAfterTheOther(12, 3);
    await failsOnce({ x: node(() => value(), small) }, { x: 3 });
    expect(value).toHaveBeenCalledTimes(2);
  });

  test('the start of a pipe', async () => {
    const value = oneAfterTheOther(12, 3);
    await failsOnce({ x: node(() => value(), pipeOutput(step((x: number) => x + 1)), small) }, { x: 4 });
  });

  test('the record of a field', async () => {
    const record = oneAfterTheOther({ x: 12 }, {}, { x: 3 });
    const target = { target: 'x', importance: 'fail' } as const;
    const m = {
      record: node(() => record() as { x: number }, extractFields('x'), checkOutput(inRange(0, 10), target)),
    };
    const driver = createDriver({ modules: [m], cache: { store: create() } });
    await expect(driver.execute(['x'])).rejects.toMatchObject({ cause: { code: 'FP_DATA_INVALID' } });
    await expect(driver.execute(['x'])).rejects.toMatchObject({ cause: { code: 'FP_MISSING_PART' } });
    expect(await driver.execute(['x'])).toEqual({ x: 3 });
    expect(await driver.execute(['x'])).toEqual({ x: 3 });
  });

  test('what was loaded, where that is cached', async () => {
    const value = oneAfterTheOther(12, 3);
    const x = loadNode({ type: 'numbers', options: {}, load: () => [value(), {}] }, small);
    await failsOnce({ x }, { x: 3 }, { defaultLoaderBehavior: 'default' });
    const pair = oneAfterTheOther<unknown>(undefined, [3, {}]);
    const y = loadNode({ type: 'numbers', options: {}, load: () => pair() as [number, object] });
    await failsOnce({ y }, { y: 3 }, { defaultLoaderBehavior: 'default' });
  });

  test('what chooses a side that a branch does not have', async () => {
    const which = oneAfterTheOther('c', 'b');
    const m = { which: () => which(), a: () => 1, b: () => 2, x: branch('which', { a: 'a', b: 'b' }) };
    await failsOnce(m, { x: 2 });
  });

  test('one item, and no other', async () => {
    const value = vi.fn(({ n }: { n: number }) => (value.mock.calls.length === 2 ? 99 : n));
    const m = {
      n: node(() => [1, 2, 3], parallelizable()),
      x: node(({ n }: { n: number }) => value({ n }), small),
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    };
    await failsOnce(m, { all: [1, 2, 3] });
    expect(value).toHaveBeenCalledTimes(4);
  });
});

test('a store that cannot forget is reported', async () => {
  const store = memoryCacheStore();
  const failing = defineCacheStore({
    ...store,
    delete() {
      throw new Error('read-only');
    },
  });
  const warn = vi.fn();
  const log = { ...console, warn };
  const driver = createDriver({ modules: [{ x: node(() => 12, small) }], cache: { store: failing }, log });
  expect(driver.runSync(['x']).error).toMatchObject({ cause: { code: 'FP_DATA_INVALID' } });
  expect(warn.mock.calls.map(([message]) => message as string)).toEqual([
    "A wrong value of 'x_inRange' could not be removed from the cache: read-only",
    "One more value could not be removed from the cache: 'x_raw'.",
  ]);
});
