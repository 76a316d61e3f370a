import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDriver } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { describe, expect, test } from 'vitest';
import { fileCacheStore } from './file-cache-store.js';
import { createKeyLocks } from './key-locks.js';
import { encodeOwner, newOwner } from './lock-owner.js';

const key = 'a'.repeat(64);
const never = new AbortController().signal;

/** Pauses are turns of the event loop, and time is what the test makes of it. */
function locksOn(fs: FileSystem) {
  const clock = { ms: 0, pauses: 0 };
  const locks = createKeyLocks({
    fs,
    nowMs: () => clock.ms,
    pause: async (_ms, signal) => {
      clock.pauses++;
      await nextTurn();
      signal.throwIfAborted();
    },
  });
  return { locks, clock };
}

/** The same filesystem, but for what is given instead. */
function changed(fs: FileSystem, instead: Readonly<Record<string, unknown>>): FileSystem {
  return new Proxy(fs, {
    get(target, name) {
      if (Object.hasOwn(instead, name)) return instead[name as string];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** One who computes `value` of the key, in a store that all of them share. */
function computation(store: Map<string, string>, value: string, work: () => Promise<void> = nextTurn) {
  const made = { computed: 0 };
  const asked = {
    signal: never,
    find: async () => store.get(key),
    compute: async () => {
      made.computed++;
      await work();
      store.set(key, value);
      return value;
    },
  };
  return { made, asked };
}

test('one computes, the others wait and find', async () => {
  const fs = createMemoryFileSystem();
  const store = new Map<string, string>();
  const all = ['one', 'two', 'three'].map((value) => ({ ...locksOn(fs), ...computation(store, value) }));
  const results = await Promise.all(all.map(({ locks, asked }) => locks.once(key, asked)));
  expect(new Set(results).size).toBe(1);
  expect(all.reduce((sum, { made }) => sum + made.computed, 0)).toBe(1);
  expect(await fs.exists(`locks/${key}`)).toBe(false);
});

test('when the one who computes fails, the next one does', async () => {
  const fs = createMemoryFileSystem();
  const store = new Map<string, string>();
  const first = computation(store, 'one', () => Promise.reject(new Error('no')));
  const second = computation(store, 'two');
  const [one, two] = await Promise.allSettled([
    locksOn(fs).locks.once(key, first.asked),
    locksOn(fs).locks.once(key, second.asked),
  ]);
  expect(one).toMatchObject({ status: 'rejected', reason: { message: 'no' } });
  expect(two).toEqual({ status: 'fulfilled', value: 'two' });
});

describe('a lock that is there', () => {
  const elsewhere = { machine: '00000000', pid: 1, start: '1', thread: 0, token: 't', beat: 0 };

  test('is taken at once from a process that is dead', async () => {
    const fs = createMemoryFileSystem();
    const { machine } = newOwner();
    // No process has this number.
    await fs.write(`locks/${key}`, JSON.stringify({ ...elsewhere, machine, pid: 2 ** 30 }));
    const { locks, clock } = locksOn(fs);
    const { asked } = computation(new Map(), 'mine');
    expect(await locks.once(key, asked)).toBe('mine');
    expect(clock.pauses).toBe(0);
    expect(await fs.exists(`locks/${key}`)).toBe(false);
  });

  test('is taken from this process when nobody here holds it', async () => {
    const fs = createMemoryFileSystem();
    await fs.write(`locks/${key}`, JSON.stringify({ ...newOwner(), token: 'gone' }));
    const { asked } = computation(new Map(), 'mine');
    expect(await locksOn(fs).locks.once(key, asked)).toBe('mine');
  });

  test.each([
    ['of another machine', JSON.stringify(elsewhere), 60_000],
    ['that says nothing', 'who?', 60_000],
    ['of a living process', encodeOwner(newOwner()), 600_000],
  ])('%s is waited for until it gave no sign for long', async (_, text, patienceMs) => {
    const fs = createMemoryFileSystem();
    await fs.write(`locks/${key}`, text);
    const { locks, clock } = locksOn(fs);
    const { asked, made } = computation(new Map(), 'mine');
    const result = locks.once(key, asked);
    const waitSome = async () => {
      const until = clock.pauses + 3;
      while (clock.pauses < until) await nextTurn();
    };
    await waitSome();
    clock.ms = patienceMs - 1;
    await waitSome();
    // A sign of life begins the time anew.
    await fs.write(`locks/${key}`, `${text} `);
    await waitSome();
    clock.ms = patienceMs + 1;
    await waitSome();
    expect(made.computed).toBe(0);
    clock.ms = 2 * patienceMs;
    expect(await result).toBe('mine');
  });

  test('is not waited for once nobody needs the value', async () => {
    const fs = createMemoryFileSystem();
    await fs.write(`locks/${key}`, encodeOwner(newOwner()));
    const { locks, clock } = locksOn(fs);
    const stop = new AbortController();
    const { asked, made } = computation(new Map(), 'mine');
    const result = locks.once(key, { ...asked, signal: stop.signal });
    while (clock.pauses === 0) await nextTurn();
    stop.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
    expect(made.computed).toBe(0);
  });

  test('that can be neither read nor taken costs a computation', async () => {
    const memory = createMemoryFileSystem();
    await memory.write(`locks/${key}`, 'who?');
    const fs = changed(memory, { stat: () => Promise.reject(new Error('no')) });
    const { locks, clock } = locksOn(fs);
    const { asked } = computation(new Map(), 'mine');
    const result = locks.once(key, asked);
    while (clock.pauses === 0) await nextTurn();
    clock.ms = 60_000;
    expect(await result).toBe('mine');
  });
});

test('where nothing can be written, or no condition can be given, each computes for itself', async () => {
  const memory = createMemoryFileSystem();
  const readOnly = changed(memory, { write: () => Promise.reject(new Error('read only')) });
  const plain = changed(memory, {
    capabilities: { ...memory.capabilities, casWrite: 'none' },
    write: () => expect.unreachable(),
  });
  for (const fs of [readOnly, plain]) {
    const { asked } = computation(new Map(), 'mine');
    expect(await locksOn(fs).locks.once(key, asked)).toBe('mine');
  }
});

test('nodes whose runs within wait for each other compute all the same', async () => {
  const fs = createMemoryFileSystem();
  const arrived = { a: deferred(), b: deferred() };
  /** Of one process: its node computes first, and then runs that of the other within itself. */
  const driverOf = (own: 'a' | 'b', other: 'a' | 'b') => {
    const store = () => fileCacheStore({ fs, dir: 'cache' });
    const node = (name: string) => async () => name;
    const within = createDriver({ modules: [{ [other]: node(other) }], cache: { store: store() } });
    const outer = async () => {
      arrived[own].resolve();
      await arrived[other].promise;
      await within.execute([other]);
      return own;
    };
    return createDriver({ modules: [{ [own]: outer }], cache: { store: store() } });
  };
  const results = await Promise.all([driverOf('a', 'b').execute(['a']), driverOf('b', 'a').execute(['b'])]);
  expect(results).toEqual([{ a: 'a' }, { b: 'b' }]);
});

test('nodes of two processes that hold what the other needs next both come to an end', async () => {
  const fs = createMemoryFileSystem();
  const runs: Record<string, number> = { a: 0, b: 0 };
  const arrived = { a: deferred(), b: deferred() };
  /** The same node everywhere; it ends when both nodes are being computed. */
  const nodes = {
    a: async () => {
      runs['a']!++;
      arrived.a.resolve();
      await arrived.b.promise;
      return 1;
    },
    b: async () => {
      runs['b']!++;
      arrived.b.resolve();
      await arrived.a.promise;
      return 2;
    },
  };
  const process = () =>
    createDriver({ modules: [nodes], cache: { store: fileCacheStore({ fs, dir: 'cache' }) } });
  const results = await Promise.all([process().execute(['a', 'b']), process().execute(['b', 'a'])]);
  expect(results).toEqual([
    { a: 1, b: 2 },
    { a: 1, b: 2 },
  ]);
  expect(runs).toEqual({ a: 1, b: 1 });
});

function deferred() {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
