import { describe, expect, test, vi } from 'vitest';
import { type Adapter, collect, createDriver, node, parallelizable } from '../index.js';

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

test('the end is always reported, with the error, and the error stays what it was', async () => {
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

describe('asynchronous observers', () => {
  const m = { a: () => 1, b: async ({ a }: { a: number }) => a + 1 };

  test('no node waits for them, but the run ends after them', async () => {
    const events: string[] = [];
    const slow = async (event: string) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      events.push(event);
    };
    const observer: Adapter = {
      name: 'slow',
      onRunStart: () => slow('run starts'),
      onNodeStart: ({ node: { name } }) => (events.push(`${name} starts`), slow(`${name} reported`)),
      onRunEnd: () => slow('run ends'),
    };
    await createDriver({ modules: [m], adapters: [observer] }).execute(['b']);
    expect(events.slice(0, 2)).toEqual(['a starts', 'b starts']);
    expect(events.slice(2).sort()).toEqual(['a reported', 'b reported', 'run ends', 'run starts']);
    expect(events.at(-1)).toBe('run ends');
  });

  test('what one rejects with is logged once, and nothing else happens', async () => {
    const warnings: unknown[][] = [];
    const log = { ...console, warn: (...args: unknown[]) => void warnings.push(args) };
    const observer: Adapter = { name: 'broken', onNodeEnd: () => Promise.reject(new Error('no network')) };
    const driver = createDriver({ modules: [m], adapters: [observer], log });
    expect(await driver.execute(['b'])).toEqual({ b: 2 });
    expect(warnings).toEqual([
      ["The adapter 'broken' failed; the run goes on.", { error: new Error('no network') }],
    ]);
  });

  test('a synchronous run says that it does not wait', () => {
    const warnings: unknown[] = [];
    const log = { ...console, warn: (message: string) => void warnings.push(message) };
    const observer: Adapter = { name: 'slow', onRunStart: async () => {} };
    expect(createDriver({ modules: [m], adapters: [observer], log }).executeSync(['a'])).toEqual({ a: 1 });
    expect(warnings).toEqual(["The adapter 'slow' is asynchronous; a synchronous run does not wait for it."]);
  });
});

test('inside a fan-out each call is reported, with the position of its item', async () => {
  const seen: string[] = [];
  const adapter: Adapter = {
    name: 'items',
    onNodeEnd: ({ node: { name }, item }) => void seen.push(`${name} ${item?.join('.') ?? '-'}`),
    aroundNode: ({ node: { name }, item }, next) => (name === 'x' && item?.[1] === 1 ? 'replaced' : next()),
  };
  const nested = {
    outer: node(() => ['a', 'b'], parallelizable()),
    inner: node(({ outer }: { outer: string }) => [`${outer}1`, `${outer}2`], parallelizable()),
    x: ({ inner }: { inner: string }) => inner,
    xs: node(({ x }: { x: string[] }) => x, collect('x')),
  };
  const driver = createDriver({ modules: [nested], adapters: [adapter] });
  expect(await driver.execute(['xs'])).toEqual({
    xs: [
      ['a1', 'replaced'],
      ['b1', 'replaced'],
    ],
  });
  expect(seen).toEqual(['outer -', 'inner 0', 'x 0.0', 'x 0.1', 'xs 0', 'inner 1', 'x 1.0', 'x 1.1', 'xs 1']);
});
