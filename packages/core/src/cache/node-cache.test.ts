import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { GraphNode } from '../model/graph.js';
import type { DefinedCacheStore } from './cache-engine.js';
import { defineCacheStore } from './define-cache-store.js';
import { memoryCacheStore } from './memory-cache-store.js';
import type { DataVersion } from './cache-keys.js';
import { createNodeCache } from './node-cache.js';
import type { CacheOptions } from './resolve-behaviors.js';

type Fn = (inputs: Record<string, unknown>) => unknown;
/** Name to function and to the names of its inputs, in the order in which they run. */
type Nodes = Record<string, readonly [fn: Fn, ...inputs: string[]]>;

const signal = () => new AbortController().signal;
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** A run that knows nothing but the cache: nodes one after the other, a version kept for each value. */
function createRunner(options: CacheOptions, given: readonly string[] = ['x'], log = silent) {
  const names = new Set([...given, 'a', 'b', 'c', 'n']);
  const nodes = new Map(
    [...names].map((name): [string, GraphNode] => [
      name,
      { name, kind: given.includes(name) ? 'input' : 'function', dependencies: [], bound: {}, tags: {} },
    ]),
  );
  let code: Nodes = {};
  const cache = createNodeCache(options, {
    nodes,
    codeVersionOf: (name) =>
      name === 'n' ? { uncacheable: 'it is native' } : { hash: `${name} ${String(code[name]![0])}` },
  });
  const run = async (graph: Nodes, inputs: Record<string, unknown>) => {
    code = graph;
    const session = cache.session({ runId: 'r', log, signal });
    const values: Record<string, unknown> = { ...inputs };
    const versions: Record<string, DataVersion | undefined> = {};
    const ran: string[] = [];
    for (const [name, [fn, ...parameters]] of Object.entries(graph)) {
      const passed = parameters.filter((parameter) => parameter in values);
      const call = {
        node: nodes.get(name)!,
        inputs: passed.map((parameter) => ({
          parameter,
          version: (versions[parameter] ??= session.versionOf(values[parameter], parameter)),
        })),
      };
      const outcome = await session.through(call, () => {
        ran.push(name);
        return fn(Object.fromEntries(passed.map((parameter) => [parameter, values[parameter]])));
      });
      values[name] = outcome.value;
      versions[name] = outcome.version;
    }
    return { values, ran };
  };
  const texts = () => cache.explain().map(({ text }) => text);
  return { cache, run, texts };
}

/** The same store behind promises. */
function asynchronous(store: DefinedCacheStore): DefinedCacheStore {
  const later =
    <A extends unknown[], R>(method: (...args: A) => R | Promise<R>) =>
    async (...args: A): Promise<R> => {
      await Promise.resolve();
      return method(...args);
    };
  return defineCacheStore({
    contractVersion: 1,
    name: 'later',
    getVersion: later(store.getVersion),
    getValue: later(store.getValue),
    set: later(store.set),
    delete: later(store.delete),
    clear: later(store.clear),
    size: later(store.size),
  });
}

const graph: Nodes = {
  a: [({ x }) => (x as number) % 10, 'x'],
  b: [({ a }) => [a, 'b'], 'a'],
};

test.each([
  ['synchronous', (store: DefinedCacheStore) => store],
  ['asynchronous', asynchronous],
])('a second run with a %s store computes nothing and gives the same', async (_, wrap) => {
  const { run, texts } = createRunner({ store: wrap(memoryCacheStore()) });
  const cold = await run(graph, { x: 12 });
  expect(cold.ran).toEqual(['a', 'b']);
  expect(texts()).toEqual(['a: miss, there is no entry yet', 'b: miss, there is no entry yet']);
  const warm = await run(graph, { x: 12 });
  expect(warm).toEqual({ values: { x: 12, a: 2, b: [2, 'b'] }, ran: [] });
  expect(texts()).toEqual(['a: hit', 'b: hit']);
});

test('synchronous stores and functions need no promise', () => {
  const node: GraphNode = { name: 'a', kind: 'function', dependencies: [], bound: {}, tags: {} };
  const cache = createNodeCache(
    { store: memoryCacheStore() },
    { nodes: new Map([['a', node]]), codeVersionOf: () => ({ hash: '1' }) },
  );
  const session = cache.session({ runId: 'r', log: silent, signal });
  expect(session.through({ node, inputs: [] }, () => 1)).toMatchObject({ value: 1, isHit: false });
  expect(session.through({ node, inputs: [] }, () => 2)).toMatchObject({ value: 1, isHit: true });
});

test('an equal value stops the change: what follows is a hit', async () => {
  const { run, texts } = createRunner({ store: memoryCacheStore() });
  await run(graph, { x: 12 });
  expect((await run(graph, { x: 22 })).ran).toEqual(['a']);
  expect(texts()).toEqual(["a: miss, 'x' changed", 'b: hit']);
});

test('types are told apart: 1, "1", 1n, true and [1] never share an entry', async () => {
  const { run } = createRunner({ store: memoryCacheStore() });
  for (const x of [1, '1', 1n, true, [1], ['1'], new Set([1]), -0, 0, null, undefined, Number.NaN]) {
    const same: Nodes = { a: [(inputs) => inputs['x'], 'x'] };
    expect((await run(same, { x })).ran).toEqual(['a']);
    expect((await run(same, { x })).values['a']).toEqual(x);
  }
});

test('a left-out optional parameter differs from undefined', async () => {
  const { run } = createRunner({ store: memoryCacheStore() }, ['x', 'y']);
  const optional: Nodes = { a: [(inputs) => 'y' in inputs, 'x', 'y'] };
  expect((await run(optional, { x: 1 })).values['a']).toBe(false);
  expect((await run(optional, { x: 1, y: undefined })).values['a']).toBe(true);
});

test('changed code is computed again, and back again found', async () => {
  const { run, texts } = createRunner({ store: memoryCacheStore() });
  await run(graph, { x: 1 });
  const edited: Nodes = { ...graph, a: [({ x }) => (x as number) + 100, 'x'] };
  expect((await run(edited, { x: 1 })).values['b']).toEqual([101, 'b']);
  expect(texts()).toEqual(['a: miss, its code changed', "b: miss, 'a' changed"]);
  expect((await run(graph, { x: 1 })).ran).toEqual([]);
});

test('the behaviours', async () => {
  let count = 0;
  const counting: Nodes = {
    a: [() => ++count],
    b: [({ a }) => a, 'a'],
    c: [() => 'same'],
  };
  const ran = async (options: Partial<CacheOptions>) => {
    count = 0;
    const store = memoryCacheStore();
    const runner = createRunner({ store, ...options });
    await runner.run(counting, {});
    const second = await runner.run(counting, {});
    return { ran: second.ran, values: second.values, texts: runner.texts(), size: store.size().entries };
  };
  expect(await ran({})).toMatchObject({ ran: [], values: { a: 1, b: 1 }, size: 3 });
  expect(await ran({ recompute: ['a', 'c'] })).toMatchObject({
    ran: ['a', 'b', 'c'],
    texts: [
      'a: miss, its behaviour is recompute',
      "b: miss, 'a' changed",
      'c: miss, its behaviour is recompute',
    ],
  });
  expect(await ran({ disable: ['a'] })).toMatchObject({
    ran: ['a', 'b'],
    texts: [
      'a: miss, its behaviour is disable',
      "b: miss, an input cannot be compared: 'a' has the behaviour disable",
      'c: hit',
    ],
    size: 1,
  });
  expect(await ran({ ignore: ['a'] })).toMatchObject({ ran: ['a'], values: { a: 2, b: 1 }, size: 2 });
});

test('an ignored input may be anything', async () => {
  const { run } = createRunner({ store: memoryCacheStore(), ignore: ['x'] });
  const client: Nodes = { a: [({ x }) => (x as () => number)(), 'x'] };
  expect((await run(client, { x: () => 1 })).values['a']).toBe(1);
  expect((await run(client, { x: () => 2 })).values['a']).toBe(1);
});

test('what cannot be compared is computed, never guessed, and says why', async () => {
  const warn = vi.fn();
  const { run, texts } = createRunner({ store: memoryCacheStore() }, ['x'], { ...silent, warn });
  const opaque: Nodes = {
    a: [({ x }) => (x as { f: () => number }).f(), 'x'],
    b: [() => ({ rows: [() => 1] })],
    c: [({ a }) => a, 'a'],
    n: [() => 1],
  };
  await run(opaque, { x: { f: () => 1 } });
  expect(texts()).toEqual([
    "a: miss, an input cannot be compared: in 'x', `f` is a function",
    'b: miss, there is no entry yet; not stored, because `rows[0]` is a function',
    'c: miss, there is no entry yet',
    'n: miss, its code cannot be compared: it is native',
  ]);
  expect((await run(opaque, { x: { f: () => 1 } })).ran).toEqual(['a', 'b', 'n']);
  expect(texts()[1]).toBe('b: miss, its value could not be stored, because `rows[0]` is a function');
  expect(warn.mock.calls.map(([message]) => message as string)).toEqual([
    "The value of 'b' is not cached, because `rows[0]` is a function.",
  ]);
});

test('a failure is stored nowhere', async () => {
  const store = memoryCacheStore();
  const { run } = createRunner({ store });
  const failing = (fn: Fn): Nodes => ({ a: [fn] });
  await expect(
    run(
      failing(() => {
        throw new Error('x');
      }),
      {},
    ),
  ).rejects.toThrow('x');
  await expect(
    run(
      failing(() => Promise.reject(new Error('y'))),
      {},
    ),
  ).rejects.toThrow('y');
  expect(store.size().entries).toBe(0);
});

test('an evicted entry says so', async () => {
  const store = memoryCacheStore();
  const { run, texts } = createRunner({ store });
  await run(graph, { x: 1 });
  store.clear();
  await run(graph, { x: 1 });
  expect(texts()).toEqual(['a: miss, its entry is gone', 'b: miss, its entry is gone']);
});

/** Fails at its nth call, by throwing or by rejecting. */
function failing(store: DefinedCacheStore, n: number, rejects: boolean) {
  const wrapped = {
    ...store,
    calls: 0,
  };
  const fault = () => {
    if (++wrapped.calls !== n) return undefined;
    const error = new Error('the disk is full');
    if (rejects) return Promise.reject(error);
    throw error;
  };
  wrapped.getVersion = (key) => fault() ?? store.getVersion(key);
  wrapped.getValue = (version) => fault() ?? store.getValue(version);
  wrapped.set = (key, entry) => fault() ?? store.set(key, entry);
  return wrapped;
}

test.each([false, true])(
  'a store that fails at any call costs a warning, never a run (rejecting: %s)',
  async (rejects) => {
    for (let n = 1; ; n++) {
      const warn = vi.fn();
      const store = failing(memoryCacheStore(), n, rejects);
      const { run } = createRunner({ store }, ['x'], { ...silent, warn });
      for (let time = 0; time < 2; time++) {
        expect((await run(graph, { x: 12 })).values).toEqual({ x: 12, a: 2, b: [2, 'b'] });
      }
      if (store.calls < n) {
        expect(warn).not.toHaveBeenCalled();
        break;
      }
      expect(warn).toHaveBeenCalledOnce();
      expect(warn.mock.calls[0]![0]).toContain('the disk is full');
      expect((await run(graph, { x: 12 })).ran).toEqual([]);
    }
  },
);

test('the same call at the same time computes once, and each has a value of its own', async () => {
  const node: GraphNode = { name: 'c', kind: 'function', dependencies: [], bound: {}, tags: {} };
  const cache = createNodeCache(
    { store: memoryCacheStore() },
    { nodes: new Map([['c', node]]), codeVersionOf: () => ({ hash: '1' }) },
  );
  const session = cache.session({ runId: 'r', log: silent, signal });
  let count = 0;
  const compute = async () => [++count];
  const item = [0];
  const outcomes = await Promise.all(
    Array.from({ length: 5 }, async () => session.through({ node, item, inputs: [] }, compute)),
  );
  expect(outcomes.map(({ value }) => value)).toEqual([[1], [1], [1], [1], [1]]);
  expect(new Set(outcomes.map(({ value }) => value)).size).toBe(5);
  expect(cache.explain()[0]).toMatchObject({ calls: 5, hits: 4, outcome: 'miss' });
  expect(cache.explain()[0]!.text).toBe('c: 4 of 5 hit, there is no entry yet');

  // The first fails: whoever waited computes for itself.
  let failures = 0;
  const unsteady = async () => {
    if (failures++ === 0) throw new Error('once');
    return 'ok';
  };
  const other = { node, inputs: [{ parameter: 'p', version: { hash: '2' } }] };
  const settled = await Promise.allSettled([
    session.through(other, unsteady),
    session.through(other, unsteady),
  ]);
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('explain keeps the last run only, takes names, and knows the unknown', async () => {
  const { run, cache } = createRunner({ store: memoryCacheStore() });
  for (let x = 0; x < 50; x++) await run(graph, { x });
  expect(cache.explain()).toHaveLength(2);
  expect(cache.explain(['b'])).toEqual([
    {
      node: 'b',
      outcome: 'hit',
      reason: 'found',
      inputs: undefined,
      behavior: 'default',
      detail: undefined,
      notStored: undefined,
      calls: 1,
      hits: 1,
      text: 'b: hit',
    },
  ]);
  expect(() => cache.explain(['z'])).toThrow(expect.objectContaining({ code: 'FP_UNKNOWN_NODE' }));
});

test('law: whatever the inputs, a cached run gives what an uncached run gives', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }), {
        maxLength: 8,
      }),
      async (inputs) => {
        const { run } = createRunner({ store: memoryCacheStore({ maxEntries: 5 }) });
        const pair: Nodes = { a: [({ x }) => [x], 'x'], b: [({ a, x }) => ({ a, x }), 'a', 'x'] };
        for (const x of [...inputs, ...inputs]) {
          const { b } = (await run(pair, { x })).values;
          expect(b).toEqual({ a: [x], x });
        }
      },
    ),
    { numRuns: 60 },
  );
});
