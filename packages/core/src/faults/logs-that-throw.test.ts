/** Without `guardedLogPart()` a log that throws fails whoever writes to it, and the run comes to its end. */
import { expect, test } from 'vitest';
import { adaptersPart } from '../adapters/adapters-part.js';
import type { Adapter } from '../adapters/adapter.js';
import { cachePart } from '../cache/cache-part.js';
import { defineCacheStore } from '../cache/define-cache-store.js';
import { memoryCacheStore } from '../cache/memory-cache-store.js';
import { createEngine } from '../engine/create-engine.js';

const broken = {
  debug() {},
  info() {},
  error() {},
  warn() {
    throw new Error('LOG');
  },
};
const m = { a: async () => 1, b: async () => 2, c: ({ a, b }: { a: number; b: number }) => a + b };
const fail = () => {
  throw new Error('observer');
};
const failLater = async () => fail();

test.each<[string, Omit<Adapter, 'name'>]>([
  ['the end of the run', { onRunEnd: fail }],
  ['the end of the run, later', { onRunEnd: failLater }],
  ['the start of the run', { onRunStart: fail }],
  ['the start of the run, later', { onRunStart: failLater }],
])('an observer that fails at %s', async (_, hooks) => {
  const parts = [adaptersPart([{ name: 'x', ...hooks }])];
  const engine = createEngine({ modules: [m], log: broken, parts });
  await expect(engine.run(['c'])).rejects.toThrow('LOG');
});

test.each<[string, Omit<Adapter, 'name'>]>([
  ['start', { onNodeStart: fail }],
  ['end', { onNodeEnd: fail }],
])('an observer that fails at the %s of a node fails the node', async (_, hooks) => {
  const parts = [adaptersPart([{ name: 'x', ...hooks }])];
  const engine = createEngine({ modules: [m], log: broken, parts });
  expect((await engine.run(['c'])).error).toMatchObject({ cause: { message: 'LOG' } });
});

test.each(['getVersion', 'getValue', 'set'] as const)('a store whose %s rejects', async (method) => {
  const store = memoryCacheStore() as unknown as Record<string, (...args: unknown[]) => unknown>;
  const methods = ['getVersion', 'getValue', 'set', 'delete', 'clear', 'size'];
  const own = Object.fromEntries(
    methods.map((name) => [name, (...args: unknown[]) => store[name]!(...args)]),
  );
  const faulty = defineCacheStore({ ...own, name: 'x', contractVersion: 1, [method]: failLater } as never);
  const engine = createEngine({ modules: [m], log: broken, parts: [cachePart({ store: faulty })] });
  const ends = await Promise.allSettled([engine.run(['c']), engine.run(['c'])]);
  expect(ends).toHaveLength(2);
});
