/** SEMANTICS §1.8, §1.9 and §6.8: adapters that do not compose, or do harm. Each test has the name of a fault. */
import { describe, expect, test, vi } from 'vitest';
import {
  type Adapter,
  collect,
  createDriver,
  debugAdapter,
  gracefulErrorsAdapter,
  memoryCacheStore,
  node,
  parallelizable,
  printAdapter,
  progressAdapter,
  type StandardSchema,
  typeCheckAdapter,
} from '../index.js';

const number: StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) =>
      typeof value === 'number' ? { value } : { issues: [{ message: 'is not a number' }] },
  },
};
const later = async (error: Error) => {
  throw error;
};
const log = () => ({ debug() {}, info() {}, warn: vi.fn(), error() {} });

describe.each(['synchronous', 'asynchronous'])('%s', (kind) => {
  const give = <T>(value: T): T => (kind === 'asynchronous' ? (Promise.resolve(value) as T) : value);
  const fail = (error: Error): never => {
    if (kind === 'synchronous') throw error;
    return later(error) as never;
  };

  test('§1.8 an exception in a hook fails the run', async () => {
    const clumsy = () => {
      throw new Error('clumsy');
    };
    const hooks = { onRunStart: clumsy, onNodeStart: clumsy, onNodeEnd: clumsy, onRunEnd: clumsy };
    const clumsyLater = async () => clumsy();
    const adapters = [
      { name: 'clumsy', ...hooks },
      {
        name: 'clumsyLater',
        onRunStart: clumsyLater,
        onNodeStart: clumsyLater,
        onNodeEnd: clumsyLater,
        onRunEnd: clumsyLater,
      },
    ];
    const to = log();
    const m = { a: () => give(1), b: ({ a }: { a: number }) => give(a + 1) };
    expect(await createDriver({ modules: [m], adapters, log: to }).execute(['b'])).toEqual({ b: 2 });
    // Once for each of the two.
    expect(to.warn).toHaveBeenCalledTimes(2);
  });

  test('§1.8 only one adapter may wrap nodes: cache, graceful errors, type check and debugger exclude each other', async () => {
    const seen: string[] = [];
    let calls = 0;
    const m = {
      a: () => (calls++, give(1)),
      bad: ({ a }: { a: number }): number => fail(new RangeError(`bad ${a}`)),
      c: ({ bad }: { bad: number }) => bad,
      d: ({ a }: { a: number }) => give(a + 1),
    };
    const adapters = [
      gracefulErrorsAdapter({ errors: [RangeError], sentinel: 'failed', log: log() }),
      typeCheckAdapter({ schemas: { a: number, d: number } }),
      debugAdapter({ pause: ({ moment, event }) => void seen.push(`${moment} ${event.node.name}`) }),
      progressAdapter({ onProgress: ({ done, status }) => void seen.push(`${done} ${status}`) }),
    ];
    const driver = createDriver({ modules: [m], adapters, cache: { store: memoryCacheStore() }, log: log() });
    for (const _ of ['cold', 'warm']) {
      expect(await driver.execute(['c', 'd'])).toEqual({ c: 'failed', d: 2 });
      expect(seen).toContain('4 success');
      expect(seen).toContain('start a');
    }
    expect(calls).toBe(1);
  });

  test('§1.9 the type checker masks the error of the node by a TypeError', async () => {
    const own = new Error('own');
    const m = { a: (): number => fail(own) };
    const adapters = [typeCheckAdapter({ schemas: { a: number } })];
    await expect(createDriver({ modules: [m], adapters }).execute(['a'])).rejects.toMatchObject({
      cause: own,
    });
  });

  test('§1.8 after a failure the end is not reported', async () => {
    const reported: string[] = [];
    const watching: Adapter = {
      name: 'watching',
      onNodeStart: ({ node: { name } }) => void reported.push(`start ${name}`),
      onNodeEnd: ({ node: { name }, status }) => void reported.push(`${status} ${name}`),
      onRunEnd: ({ status }) => void reported.push(status),
    };
    const m = { a: (): number => fail(new Error('a')), b: ({ a }: { a: number }) => a };
    await createDriver({ modules: [m], adapters: [watching] }).run(['b']);
    expect(reported).toEqual(['start a', 'failed a', 'failed']);
  });

  test('§6.8 adapters do not work in a dynamic (fan-out) run', async () => {
    const starts: string[] = [];
    const lines: string[] = [];
    const m = {
      item: node(() => give([1, 2]), parallelizable()),
      one: ({ item }: { item: number }) => give(item * 2),
      all: node(({ one }: { one: number[] }) => one, collect('one')),
    };
    const adapters: Adapter[] = [
      {
        name: 'a',
        onNodeStart: ({ node: { name }, item, inputs }) =>
          void starts.push(`${name} ${item} ${JSON.stringify(inputs)}`),
      },
      { name: 'b', aroundNode: (_, next) => next() },
      printAdapter({ write: (line) => lines.push(line), verbosity: 2 }),
      typeCheckAdapter({ schemas: { one: number } }),
    ];
    expect(await createDriver({ modules: [m], adapters }).execute(['all'])).toEqual({ all: [2, 4] });
    expect(starts).toEqual([
      'item undefined {}',
      'one 0 {"item":1}',
      'one 1 {"item":2}',
      'all undefined {"one":[2,4]}',
    ]);
    expect(lines).toHaveLength(8);
  });
});
