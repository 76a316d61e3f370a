/** Values that are checked, and the cache. */
import { expect, test, vi } from 'vitest';
import {
  checkOutput,
  createDriver,
  type DataLoader,
  inRange,
  loadNode,
  memoryCacheStore,
  node,
} from '../index.js';

const small = checkOutput(inRange(0, 10), { importance: 'fail' });

function loaded() {
  const load = vi.fn((): [number, object] => [3, { rows: 1 }]);
  const loader: DataLoader<number, object> = { type: 'numbers', options: {}, load };
  return { load, m: { x: loadNode(loader, small), y: ({ x }: { x: number }) => x + 1 } };
}

test('a checked loader loads anew, and only that', () => {
  const { load, m } = loaded();
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore() } });
  for (const _ of [1, 2]) expect(driver.executeSync(['y'])).toEqual({ y: 4 });
  expect(load).toHaveBeenCalledTimes(2);
  expect(driver.cache.explain().map(({ text }) => text)).toEqual([
    'x.loader: miss, its behaviour is recompute',
    'x_raw: miss, its behaviour is recompute',
    'x_inRange: hit',
    'x: miss, the value that passed its checks was not found',
    'y: hit',
  ]);
});

test('what is said of a checked loader holds for what it loads', () => {
  const { load, m } = loaded();
  const driver = createDriver({ modules: [m], cache: { store: memoryCacheStore(), default: ['x'] } });
  for (const _ of [1, 2]) expect(driver.executeSync(['y'])).toEqual({ y: 4 });
  expect(load).toHaveBeenCalledTimes(1);
  expect(driver.cache.explain().every(({ outcome }) => outcome === 'hit')).toBe(true);
});

test('what is said of a checked node holds for what computes it, unless that is named too', () => {
  const value = vi.fn(() => 3);
  const m = { x: node(() => value(), small) };
  const store = memoryCacheStore();
  const twice = (options: object) => {
    value.mockClear();
    const driver = createDriver({ modules: [m], cache: { store, ...options } });
    for (const _ of [1, 2]) driver.executeSync(['x']);
    return value.mock.calls.length;
  };
  expect(twice({})).toBe(1);
  expect(twice({ recompute: ['x'] })).toBe(2);
  expect(twice({ disable: ['x'] })).toBe(2);
  expect(twice({ recompute: ['x'], default: ['x_raw'] })).toBe(0);
});

test('a check that only warns is heard in every run, and its value is stored once', () => {
  const warn = vi.fn();
  const log = { debug() {}, info() {}, error() {}, warn };
  const store = memoryCacheStore();
  const m = { x: node(() => 12, checkOutput(inRange(0, 10))), y: ({ x }: { x: number }) => x + 1 };
  const driver = createDriver({ modules: [m], cache: { store }, log });
  for (const _ of [1, 2]) expect(driver.executeSync(['y'])).toEqual({ y: 13 });
  expect(warn).toHaveBeenCalledTimes(2);
  expect(driver.cache.explain().map(({ text }) => text)).toEqual([
    'x_raw: hit',
    'x_inRange: hit',
    'x: hit',
    'y: hit',
  ]);
  expect(store.size().entries).toBe(3);
});
