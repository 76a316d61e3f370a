/** A run that cannot wait says who gave the promise: a node is not blamed for its cache, an adapter or a delay. */
import { expect, test } from 'vitest';
import {
  type Adapter,
  checkOutput,
  collect,
  createDriver,
  defineCacheStore,
  defineCheck,
  type FlowerPowerError,
  memoryCacheStore,
  node,
  parallelizable,
  retry,
  runOn,
  schemaCheck,
  slowDownAdapter,
  type StandardSchema,
  timeout,
  typeCheckAdapter,
} from '../index.js';

const schema: StandardSchema<number> = {
  '~standard': { version: 1, vendor: 'x', validate: async (value) => ({ value: value as number }) },
};
const log = { debug() {}, info() {}, warn() {}, error() {} };
const fails = (): number => {
  throw new Error('busy');
};
const memory = memoryCacheStore();
const slowStore = (method: 'getVersion' | 'getValue' | 'set') =>
  defineCacheStore({
    ...memory,
    name: 'far',
    getVersion: () => (method === 'getValue' ? { dataVersion: '0'.repeat(64) } : undefined),
    [method]: async () => undefined,
  });
const handsOn: Adapter = { name: 'hands on', aroundNode: (_, next) => next() };
const wraps: Adapter = { name: 'wraps', aroundNode: async (_, next) => next() };
const listens: Adapter = { name: 'listens', onNodeEnd() {} };
const rejects: Adapter = {
  name: 'rejects',
  aroundNode: () => Promise.reject(new Error('nobody hears this')),
};

const fannedOut = (list: () => unknown) => ({
  i: node(list as () => number[], parallelizable()),
  v: node(({ i }: { i: number[] }) => i.length, collect('i')),
});
const v = () => 42;
const delayed = node(fails, retry({ maxRetries: 1 }));
const cases: Readonly<Record<string, readonly [who: string, module: object, options?: object]>> = {
  'a node': ["The node 'v' returned a promise", { v: async () => 42 }],
  'a node below a cache and adapters': [
    "The node 'v' returned a promise",
    { v: async () => 42 },
    { cache: { store: memory }, adapters: [wraps, handsOn, listens] },
  ],
  'a store that is asked for a version': [
    "The cache store 'far' gave a promise for 'v'",
    { v },
    { cache: { store: slowStore('getVersion') } },
  ],
  'a store that is asked for a value, below adapters': [
    "The cache store 'far' gave a promise for 'v'",
    { v },
    { cache: { store: slowStore('getValue') }, adapters: [wraps, listens, handsOn] },
  ],
  'a store that keeps a value': [
    "The cache store 'far' gave a promise for 'v'",
    { v },
    { cache: { store: slowStore('set') } },
  ],
  'an adapter that waits': [
    "The adapter 'slowDown' gave a promise for 'v'",
    { v },
    { adapters: [listens, handsOn, slowDownAdapter({ delayMs: 1 }), handsOn] },
  ],
  'an adapter that is asynchronous': [
    "The adapter 'wraps' gave a promise for 'v'",
    { v },
    { adapters: [wraps] },
  ],
  'an adapter that rejects': ["The adapter 'rejects' gave a promise for 'v'", { v }, { adapters: [rejects] }],
  'an adapter with an asynchronous schema': [
    "The adapter 'typeCheck' gave a promise for 'v'",
    { v },
    { adapters: [typeCheckAdapter({ schemas: { v: schema } })] },
  ],
  'an asynchronous schema': [
    "The check 'schemaCheck' of 'v' gave a promise",
    { v: node(v, checkOutput(schemaCheck(schema))) },
  ],
  'an asynchronous check': [
    "The check 'mine' of 'v' gave a promise",
    { v: node(v, checkOutput(defineCheck({ name: 'mine', check: async () => true as const }))) },
  ],
  'an executor': [
    "The executor 'far' gave a promise for 'v'",
    { v: node(v, runOn('far')) },
    {
      cache: { store: memory },
      executors: { far: { execute: async (task: { call(): unknown }) => task.call() } },
    },
  ],
  'an iterator': ["The iterator of 'i' gave a promise", fannedOut(async function* () {})],
  'a list of promises': ["The iterator of 'i' gave a promise", fannedOut(() => [Promise.resolve(1)])],
  'a list of promises that reject': [
    "The iterator of 'i' gave a promise",
    fannedOut(() => [Promise.reject(new Error('nobody hears this')), Promise.reject(new Error('nor this'))]),
  ],
  'a node that gives a promise of a list': ["The node 'i' returned a promise", fannedOut(async () => [1])],
  'the delay of a retry': ["A retry of 'v' is due only after a delay", { v: delayed }],
  'the delay of a retry within a timeout': [
    "A retry of 'v' is due only after a delay",
    { v: node(fails, retry({ maxRetries: 1 }), timeout(5)) },
  ],
  'an asynchronous node that is tried again': [
    "The node 'v' returned a promise",
    { v: node(async () => 42, retry({ maxRetries: 1 }), timeout(5)) },
  ],
};

test.each(Object.entries(cases))('%s is named', (_title, [who, module, options]) => {
  const driver = createDriver({ modules: [module], log, ...options }) as {
    executeSync(outputs: readonly string[], options?: object): unknown;
  };
  const errorOf = (request?: object) => {
    try {
      driver.executeSync(['v'], request);
    } catch (error) {
      return error as FlowerPowerError;
    }
    return expect.fail('Nothing was thrown.');
  };
  for (const error of [errorOf(), errorOf({ onError: 'continue' })]) {
    expect(error).toMatchObject({
      code: 'FP_NOT_SYNCHRONOUS',
      message: `${who}, which a synchronous execution cannot wait for.`,
      hint: 'Use execute(...) instead of executeSync(...).',
    });
  }
});

test('whoever gave a promise is named also where items are read one by one', async () => {
  const m = {
    item: node(() => [1, 2], parallelizable()),
    doubled: ({ item }: { item: number }) => 2 * item,
    all: node(
      ({ doubled }: { doubled: Iterable<number> }) => [...doubled],
      collect('doubled', { as: 'iterable' }),
    ),
  };
  const slow = slowDownAdapter({ delayMs: 1 });
  const onlyDoubled: Adapter = {
    name: 'patient',
    aroundNode: (call, next) => (call.node.name === 'doubled' ? slow.aroundNode!(call, next) : next()),
  };
  const { error } = await createDriver({ modules: [m], adapters: [onlyDoubled] }).run(['all']);
  expect(error).toMatchObject({
    cause: {
      code: 'FP_NOT_SYNCHRONOUS',
      message:
        "The adapter 'patient' gave a promise for 'doubled', which cannot be waited for while its fan-out is read as an iterable.",
    },
  });
});
