import { expect, test } from 'vitest';
import type { Adapter, NodeEndEvent } from '../adapters/adapter.js';
import { node } from '../model/node.js';
import { createDriver } from '../driver/create-driver.js';
import { collect } from '../fan-out/collect.js';
import { parallelizable } from '../fan-out/parallelizable.js';
import { memoryCacheStore } from './memory-cache-store.js';

const m = {
  item: node(({ list }: { list: number[] }) => list, parallelizable()),
  square: async ({ item }: { item: number }) => item * item,
  all: node(({ square }: { square: number[] }) => square, collect('square')),
};

test('observers and middleware see which value came from the cache, item by item', async () => {
  const seen: string[] = [];
  const mark = (cached: boolean) => (cached ? ' cached' : '');
  const adapter: Adapter = {
    name: 'seen',
    onNodeEnd: (event: NodeEndEvent) => {
      if (event.status === 'success') seen.push(`end ${event.node.name}${mark(event.cached)}`);
    },
    aroundNode: async (call, next) => {
      const value = await next();
      seen.push(
        `around ${call.node.name}${call.item === undefined ? '' : `[${call.item.join()}]`}${mark(call.cached)}`,
      );
      return value;
    },
  };
  const driver = createDriver({ modules: [m], adapters: [adapter], cache: { store: memoryCacheStore() } });
  await driver.execute(['all'], { inputs: { list: [1, 2] } });
  expect(seen.filter((line) => line.includes('cached'))).toEqual([]);
  seen.length = 0;
  await driver.execute(['all'], { inputs: { list: [1, 3] } });
  expect(seen.filter((line) => line.includes('cached'))).toEqual([
    'around square[0] cached',
    'end square cached',
  ]);
  seen.length = 0;
  await driver.execute(['all'], { inputs: { list: [1, 3] } });
  expect(seen.filter((line) => line.includes('cached'))).toHaveLength(8);
});
