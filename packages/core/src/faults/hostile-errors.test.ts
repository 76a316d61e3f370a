/** Nodes, and whatever stands around them, may throw anything at all. Each test has the name of a place that throws. */
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Adapter,
  branch,
  checkOutput,
  collect,
  createDriver,
  dataLoader,
  defineCacheStore,
  defineCheck,
  type DriverOptions,
  extractFields,
  FlowerPowerError,
  gracefulErrorsAdapter,
  loadNode,
  memoryCacheStore,
  messageOf,
  mutate,
  node,
  parallelizable,
  pipeInput,
  pipeOutput,
  predicate,
  printAdapter,
  readProperty,
  resolve,
  retry,
  type RunReport,
  runOn,
  saveNode,
  schemaCheck,
  step,
  timeout,
  typeCheckAdapter,
} from '../index.js';
import { hostile } from './__fixtures__/hostile.js';

/** Prints what it is given, as `console` does. */
const log = {
  debug: (...line: unknown[]) => void inspect(line),
  info: (...line: unknown[]) => void inspect(line),
  warn: (...line: unknown[]) => void inspect(line),
  error: (...line: unknown[]) => void inspect(line),
};

/** Throws at once, or rejects. */
type Thrower = () => never;
interface Place {
  readonly modules: (thrower: Thrower, e: unknown) => object;
  readonly options?: (thrower: Thrower) => Partial<DriverOptions<readonly object[]>>;
}

const rejecting = (thrower: Thrower) => async (): Promise<never> => thrower();
const observers: readonly Adapter[] = [
  { name: 'looks', onNodeEnd: (event) => void inspect(event), onRunEnd: (event) => void inspect(event) },
  { name: 'waits', onNodeEnd: async (event) => void inspect(event) },
  printAdapter({ verbosity: 2, write: () => {} }),
];

const iterating = (next: () => unknown) => ({ [Symbol.iterator]: () => ({ next }) });
const iteratingLater = (next: () => unknown) => ({ [Symbol.asyncIterator]: () => ({ next }) });
const schema = (validate: () => never) => ({
  '~standard': { version: 1 as const, vendor: 'test', validate },
});

/** Each makes a node `out` that fails with what is thrown. */
const places: Readonly<Record<string, Place>> = {
  'a node': { modules: (thrower) => ({ out: () => thrower() }) },
  'an asynchronous node': { modules: (thrower) => ({ out: rejecting(thrower) }) },
  'a node behind a promise': {
    modules: (thrower) => ({ a: async () => 1, out: ({ a }: { a: number }) => (a === 1 ? thrower() : a) }),
  },
  'a node that was given something hostile': {
    modules: (thrower, e) => ({
      a: async () => ({ e }),
      out: ({ a }: { a: unknown }) => (a ? thrower() : a),
    }),
  },
  'a node with retries': {
    modules: (thrower) => ({ out: node(() => thrower(), retry({ maxRetries: 1, retryDelay: 0 })) }),
  },
  'a node with retries of named errors': {
    modules: (thrower) => {
      const again = retry({ maxRetries: 1, retryDelay: 0, retryExceptions: ['TimeoutError', 'ECONNRESET'] });
      return { out: node(rejecting(thrower), again) };
    },
  },
  'a retry predicate': {
    modules: (thrower) => ({
      out: node(() => thrower(), retry({ maxRetries: 1, retryDelay: 0, when: () => thrower() })),
    }),
  },
  'a node with a timeout': { modules: (thrower) => ({ out: node(rejecting(thrower), timeout(60)) }) },
  'an item': {
    modules: (thrower) => ({
      n: node(() => [1, 2], parallelizable()),
      out: ({ n }: { n: number }) => (n === 2 ? thrower() : n),
      all: node(({ out }: { out: number[] }) => out, collect('out')),
    }),
  },
  'an asynchronous item': {
    modules: (thrower) => ({
      n: node(() => [1, 2], parallelizable()),
      out: async ({ n }: { n: number }) => (n === 2 ? thrower() : n),
      all: node(({ out }: { out: number[] }) => out, collect('out')),
    }),
  },
  'a generator': {
    modules: (thrower) => ({
      out: node(function* () {
        yield 1;
        thrower();
      }, parallelizable()),
      x: async ({ out }: { out: number }) => out,
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    }),
  },
  'an asynchronous generator': {
    modules: (thrower) => ({
      out: node(async function* () {
        yield 1;
        thrower();
      }, parallelizable()),
      x: ({ out }: { out: number }) => out,
      all: node(({ x }: { x: number[] }) => x, collect('x')),
    }),
  },
  'the list of an iterator': {
    modules: (thrower) => ({
      out: node(() => ({ [Symbol.iterator]: () => thrower() }) as Iterable<number>, parallelizable()),
      all: node(({ out }: { out: number[] }) => out, collect('out')),
    }),
  },
  'a step of an iterator': {
    modules: (thrower) => ({
      out: node(() => iterating(thrower) as Iterable<number>, parallelizable()),
      all: node(({ out }: { out: number[] }) => out, collect('out')),
    }),
  },
  'a step of an asynchronous iterator': {
    modules: (thrower) => ({
      out: node(() => iteratingLater(thrower) as AsyncIterable<number>, parallelizable()),
      all: node(({ out }: { out: number[] }) => out, collect('out')),
    }),
  },
  'the end of a step of an iterator': {
    modules: (thrower) => {
      const stepThatThrows = () => Object.defineProperty({}, 'done', { get: thrower });
      return {
        out: node(() => iterating(stepThatThrows) as Iterable<number>, parallelizable()),
        all: node(({ out }: { out: number[] }) => out, collect('out')),
      };
    },
  },
  'the end of a step of an asynchronous iterator': {
    modules: (thrower) => {
      const stepThatThrows = async () => Object.defineProperty({}, 'done', { get: thrower });
      return {
        out: node(() => iteratingLater(stepThatThrows) as AsyncIterable<number>, parallelizable()),
        all: node(({ out }: { out: number[] }) => out, collect('out')),
      };
    },
  },
  'the node that chooses a branch': {
    modules: (thrower) => ({
      out: () => thrower(),
      a: () => 1,
      b: branch('out', { x: 'a' }, { otherwise: 'a' }),
    }),
  },
  'the side of a branch': {
    modules: (thrower) => ({ on: () => 'x', out: () => thrower(), b: branch('on', { x: 'out' }) }),
  },
  middleware: {
    modules: () => ({ out: () => 1 }),
    options: (thrower) => ({ adapters: [{ name: 'm', aroundNode: thrower }] }),
  },
  'asynchronous middleware': {
    modules: () => ({ out: () => 1 }),
    options: (thrower) => ({ adapters: [{ name: 'm', aroundNode: rejecting(thrower) }] }),
  },
  'a node among graceful errors': {
    modules: (thrower) => ({ out: () => thrower() }),
    options: () => ({ adapters: [gracefulErrorsAdapter({ errors: [FlowerPowerError], sentinel: 0 })] }),
  },
  'a schema of the type check': {
    modules: () => ({ out: () => 1 }),
    options: (thrower) => ({ adapters: [typeCheckAdapter({ schemas: { out: schema(thrower) } })] }),
  },
  'a node with a cache': {
    modules: (thrower) => ({ out: rejecting(thrower) }),
    options: () => ({ cache: { store: memoryCacheStore() } }),
  },
  'an executor': {
    modules: () => ({ out: node(() => 1, runOn('there')) }),
    options: (thrower) => ({ executors: { there: { execute: thrower } } }),
  },
  'a loader': {
    modules: (thrower) => ({ out: loadNode({ type: 't', options: {}, load: thrower }) }),
  },
  'an asynchronous loader': {
    modules: (thrower) => ({ out: loadNode({ type: 't', options: {}, load: rejecting(thrower) }) }),
  },
  'a function that loads': { modules: (thrower) => ({ out: node(() => thrower(), dataLoader()) }) },
  'a saver': {
    modules: (thrower) => ({ a: () => 1, out: saveNode('a', { type: 't', options: {}, save: thrower }) }),
  },
  'a check': {
    modules: (thrower) => ({ out: node(() => 1, checkOutput(defineCheck({ name: 'c', check: thrower }))) }),
  },
  'an asynchronous check': {
    modules: (thrower) => ({
      out: node(() => 1, checkOutput(defineCheck({ name: 'c', check: rejecting(thrower) }))),
    }),
  },
  'a schema': { modules: (thrower) => ({ out: node(() => 1, checkOutput(schemaCheck(schema(thrower)))) }) },
  'a step before': {
    modules: (thrower) => ({
      x: () => 1,
      out: node(
        ({ x }: { x: number }) => x,
        pipeInput(step((x: number): number => (x === 1 ? thrower() : x))),
      ),
    }),
  },
  'a step after': {
    modules: (thrower) => ({
      out: node(() => 1, pipeOutput(step((x: number): number => (x === 1 ? thrower() : x)))),
    }),
  },
  'a mutation': {
    modules: (thrower) => {
      const out = () => 1;
      return {
        out,
        m: mutate(
          step((x: number): number => (x === 1 ? thrower() : x)),
          { out },
        ),
      };
    },
  },
  'the field of a value': {
    modules: (thrower) => ({
      out: node(
        () => Object.defineProperty({}, 'a', { get: thrower, enumerable: true }) as { a: number },
        extractFields('a'),
      ),
    }),
  },
  'the `then` of a value': {
    modules: (thrower) => ({ out: () => Object.defineProperty({}, 'then', { get: thrower }) }),
  },
  'the `then` of a later value': {
    modules: (thrower) => ({
      a: async () => 1,
      out: ({ a }: { a: number }) => Object.defineProperty({ a }, 'then', { get: thrower }) as object,
    }),
  },
  'a foreign promise': {
    // oxlint-disable-next-line unicorn/no-thenable -- foreign promises are what this is about
    modules: (thrower) => ({ out: () => ({ then: thrower }) }),
  },
  'a promise with a `then` of its own': {
    // oxlint-disable-next-line unicorn/no-thenable -- foreign promises are what this is about
    modules: (thrower) => ({ out: () => Object.assign(Promise.resolve(1), { then: thrower }) }),
  },
  'the constructor of a promise': {
    modules: (thrower) => ({
      out: () => Object.defineProperty(Promise.resolve(1), 'constructor', { get: thrower }),
    }),
  },
};

/** Gives up when nothing is left to wait for. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  const turns = async () => {
    for (let turn = 0; turn < 200; turn++) await new Promise<void>((done) => setImmediate(done));
    throw new Error('It never settles.');
  };
  return Promise.race([promise, turns()]);
}

const failureOf = (report: RunReport<unknown>) => {
  const found = report.errors.filter((error) => error.code === 'FP_NODE_FAILED');
  return found.length === 1 ? found[0]! : expect.fail(`There are ${found.length} failures.`);
};

const kinds = fc.record({
  thrown: hostile,
  onError: fc.constantFrom('fail' as const, 'continue' as const),
  observed: fc.boolean(),
});

describe.each(Object.keys(places))('%s', (name) => {
  const { modules, options } = places[name]!;
  const driverFor = (e: unknown, observed: boolean) => {
    const thrower = () => {
      throw e;
    };
    const { adapters = [], ...others } = options?.(thrower) ?? {};
    return createDriver({
      modules: [modules(thrower, e)],
      log,
      adapters: [...(observed ? observers : []), ...adapters],
      ...others,
    });
  };
  const outputs = (driver: ReturnType<typeof driverFor>) => [...driver.graph.leaves];

  test('whatever is thrown fails the node and is its cause; nothing hangs', async () => {
    await fc.assert(
      fc.asyncProperty(kinds, async ({ thrown, onError, observed }) => {
        const e = thrown.make();
        const driver = driverFor(e, observed);
        const report = await settled(driver.run(outputs(driver), { onError }));
        expect(report.status).toBe('failed');
        const failure = failureOf(report);
        expect(Object.is(failure.cause, e)).toBe(true);
        expect(failure.message).toContain(`The node '${failure.node}' failed`);
        const rejected: unknown = await settled(driver.execute(outputs(driver))).catch(
          (error: unknown) => error,
        );
        expect((rejected as FlowerPowerError).code).toBe('FP_NODE_FAILED');
      }),
      { numRuns: 25 },
    );
  });
});

describe('failures of items that are collected', () => {
  test.each(['at once', 'later'])('%s', async (when) => {
    await fc.assert(
      fc.asyncProperty(kinds, async ({ thrown, onError, observed }) => {
        const e = thrown.make();
        const m = {
          n: node(() => [1, 2, 3], parallelizable()),
          x: ({ n }: { n: number }) => {
            if (n !== 2) return n;
            if (when === 'later') return Promise.reject(e);
            throw e;
          },
          all: node(
            ({ x }: { x: PromiseSettledResult<number>[] }) => x,
            collect('x', { onItemError: 'collect' }),
          ),
        };
        const driver = createDriver({ modules: [m], log, adapters: observed ? observers : [] });
        const { status, outputs } = await settled(driver.run(['all'], { onError }));
        expect(status).toBe('success');
        expect(outputs.all!.map((item) => item.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
        const { reason } = outputs.all![1] as PromiseRejectedResult;
        expect(Object.is((reason as Error).cause, e)).toBe(true);
      }),
    );
  });
});

test('hostile items are items like any other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hostile), async (recipes) => {
      const made = recipes.map((recipe) => ({ item: recipe.make() }));
      // A promise among the items is awaited.
      const items = made.filter(({ item }) => typeof readProperty(item, 'then') !== 'function');
      const m = {
        n: node(
          () => items.map(({ item }) => item)[Symbol.iterator]() as Iterable<unknown>,
          parallelizable(),
        ),
        x: async ({ n }: { n: unknown }) => [n],
        all: node(({ x }: { x: unknown[][] }) => x.length, collect('x')),
      };
      const report = await settled(createDriver({ modules: [m], log }).run(['all']));
      expect(report.outputs).toEqual({ all: items.length });
    }),
  );
});

describe('what stands beside the nodes', () => {
  const beside: Readonly<Record<string, (e: unknown) => Partial<DriverOptions<readonly object[]>>>> = {
    'an observer': (e) => {
      const thrower = () => {
        throw e;
      };
      const later = rejecting(thrower);
      return {
        adapters: [
          {
            name: 'throws',
            onRunStart: thrower,
            onNodeStart: thrower,
            onNodeEnd: thrower,
            onRunEnd: thrower,
          },
          { name: 'rejects', onRunStart: later, onNodeStart: later, onNodeEnd: later, onRunEnd: later },
          // oxlint-disable-next-line unicorn/no-thenable -- foreign promises are what this is about
          { name: 'foreign', onNodeEnd: () => ({ then: thrower }) },
        ],
      };
    },
    'a store': (e) => {
      const thrower = () => {
        throw e;
      };
      const methods = {
        getVersion: thrower,
        getValue: thrower,
        set: thrower,
        delete: thrower,
        clear: thrower,
      };
      return {
        cache: { store: defineCacheStore({ contractVersion: 1, name: 's', ...methods, size: thrower }) },
      };
    },
    'an asynchronous store': (e) => {
      const later = rejecting(() => {
        throw e;
      });
      const methods = { getVersion: later, getValue: later, set: later, delete: later, clear: later };
      return {
        cache: { store: defineCacheStore({ contractVersion: 1, name: 's', ...methods, size: later }) },
      };
    },
    'a log': (e) => ({
      log: {
        ...log,
        warn: () => {
          throw e;
        },
      },
      adapters: [
        {
          name: 'a',
          onNodeEnd() {
            throw e;
          },
        },
      ],
    }),
  };

  test.each(Object.keys(beside))('%s changes nothing in the run', async (name) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (thrown) => {
        const e = thrown.make();
        const m = { a: async () => 1, b: ({ a }: { a: number }) => a + 1 };
        const driver = createDriver({ modules: [m], log, ...beside[name]!(e) });
        const report = await settled(driver.run(['b']));
        expect([report.status, report.outputs]).toEqual(['success', { b: 2 }]);
      }),
    );
  });

  test('a modifier that throws is a problem of the build', () => {
    fc.assert(
      fc.property(hostile, (thrown) => {
        const e = thrown.make();
        const thrower = () => {
          throw e;
        };
        const m = {
          a: node(() => 1, predicate(['k'], thrower)),
          b: node(() => 1, resolve(['k'], thrower as never)),
        };
        expect(() => createDriver({ modules: [m], config: { k: 1 } })).toThrow(
          expect.objectContaining({ code: 'FP_INVALID_GRAPH' }),
        );
      }),
    );
  });
});

test('messageOf says something of everything', () => {
  fc.assert(
    fc.property(hostile, (thrown) => {
      expect(typeof messageOf(thrown.make())).toBe('string');
    }),
  );
  expect(messageOf(new RangeError('far'))).toBe('far');
  expect(messageOf(new RangeError(''))).toBe('RangeError');
  expect(messageOf('a text')).toBe('a text');
  expect(messageOf(undefined)).toBe('undefined was thrown');
  expect(messageOf([1, 2])).toBe('Array(2) was thrown');
});
