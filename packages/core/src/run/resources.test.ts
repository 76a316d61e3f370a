import { expect, test } from 'vitest';
import { createDriver } from '../driver/create-driver.js';
import { node } from '../model/node.js';
import { collect } from '../fan-out/collect.js';
import { parallelizable } from '../fan-out/parallelizable.js';
import { retry } from '../retry/retry.js';
import type { NodeContext } from '../model/functions.js';

const m = {
  plain: ({ x }: { x: number }, { resources }: NodeContext) => [x, resources?.['client']],
  retried: node(
    ({ x }: { x: number }, { resources }: NodeContext) => [x, resources?.['client']],
    retry({ maxRetries: 1 }),
  ),
  item: node(({ x }: { x: number }) => [x], parallelizable()),
  each: ({ item }: { item: number }, { resources }: NodeContext) => [item, resources?.['client']],
  all: node(({ each }: { each: unknown[] }) => each, collect('each')),
};
const names = ['plain', 'retried', 'all'] as const;

test('every context has the resources of the driver', () => {
  const client = {};
  const driver = createDriver({ modules: [m], resources: { client } });
  const { plain, retried, all } = driver.executeSync(names, { inputs: { x: 1 } });
  for (const [, found] of [plain, retried, ...(all as unknown[][])]) expect(found).toBe(client);
});

test('without any, contexts have none', () => {
  let context: NodeContext | undefined;
  const seen = { look: ({ x }: { x: number }, ctx: NodeContext) => [x, (context = ctx)] };
  createDriver({ modules: [seen] }).executeSync(['look'], { inputs: { x: 1 } });
  expect(Object.keys(context!)).not.toContain('resources');
});
