import { expect, test, vi } from 'vitest';
import { type Adapter, createDriver } from '../index.js';

const m = {
  a: () => 1,
  b: async ({ a }: { a: number }) => a + 1,
  c: ({ b }: { b: number }) => b * 10,
};

test('observers hear of the run and of each node, in order', async () => {
  const heard: string[] = [];
  const observer: Adapter = {
    name: 'listener',
    onRunStart: ({ outputs, planned }) => heard.push(`run ${outputs} plans ${planned}`),
    onNodeStart: ({ node }) => heard.push(`start ${node.name}`),
    onNodeEnd: (event) =>
      heard.push(
        `${event.status} ${event.node.name} ${event.status === 'success' ? event.value : event.error}`,
      ),
    onRunEnd: ({ status }) => heard.push(`run ${status}`),
  };
  await createDriver({ modules: [m], adapters: [observer] }).execute(['c']);
  expect(heard).toEqual([
    'run c plans a,b,c',
    'start a',
    'success a 1',
    'start b',
    'success b 2',
    'start c',
    'success c 20',
    'run success',
  ]);
});

test('the end is always told, with the error, and the error stays what it was', async () => {
  const ends: unknown[] = [];
  const cause = new Error('broken');
  const broken = {
    sync: () => {
      throw cause;
    },
    later: () => Promise.reject(cause),
  };
  const observer: Adapter = {
    name: 'listener',
    onNodeEnd: (event) =>
      ends.push([event.node.name, event.status, event.status === 'failed' && event.error]),
  };
  const driver = createDriver({ modules: [broken], adapters: [observer] });
  await expect(driver.execute(['sync'])).rejects.toMatchObject({ cause });
  await expect(driver.execute(['later'])).rejects.toMatchObject({ cause });
  expect(ends).toEqual([
    ['sync', 'failed', cause],
    ['later', 'failed', cause],
  ]);
});

test('an observer that throws is logged and changes nothing', async () => {
  const warn = vi.fn();
  const adapter: Adapter = {
    name: 'clumsy',
    onNodeStart: () => {
      throw new Error('oops');
    },
  };
  const log = { debug() {}, info() {}, warn, error() {} };
  const driver = createDriver({ modules: [m], adapters: [adapter], log });
  expect(await driver.execute(['a'])).toEqual({ a: 1 });
  expect(warn).toHaveBeenCalledWith(expect.stringContaining("'clumsy'"), { error: expect.any(Error) });
});

test('middleware composes in order, may replace values and may call again', async () => {
  const order: string[] = [];
  const wrap = (name: string): Adapter => ({
    name,
    aroundNode(call, next) {
      order.push(`${name} in ${call.node.name}`);
      const value = next();
      order.push(`${name} out`);
      return value;
    },
  });
  const double: Adapter = { name: 'double', aroundNode: (_, next) => (next() as number) * 2 };
  let failures = 1;
  const flaky = {
    f: () => {
      if (failures-- > 0) throw new Error('once');
      return 3;
    },
  };
  const again: Adapter = {
    name: 'again',
    aroundNode(_, next) {
      try {
        return next();
      } catch {
        return next();
      }
    },
  };
  const driver = createDriver({ modules: [flaky], adapters: [wrap('outer'), wrap('inner'), double] });
  expect(await driver.execute(['f'], { adapters: [again] })).toEqual({ f: 6 });
  expect(order).toEqual(['outer in f', 'inner in f', 'inner out', 'outer out']);
});
