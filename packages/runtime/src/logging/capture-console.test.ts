/** What nodes print is attributed to them, and everything else is left alone. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settle } from '../__fixtures__/virtual-clock.js';
import { pipeline, setUp } from '../__fixtures__/set-up.js';
import { captureConsole } from './capture-console.js';
import type { LogEvent, RunEvent } from '../events/run-event.js';

const printed: unknown[][] = [];
const original = { ...console };
beforeEach(() => {
  printed.length = 0;
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const)
    console[name] = (...values: unknown[]) => void printed.push(values);
});
afterEach(() => void Object.assign(console, original));

const logsOf = (events: readonly RunEvent[]) =>
  events.filter((event): event is LogEvent => event.type === 'log');

test('what nodes print is an event of their run and node, with its level, and is printed as before', async () => {
  const { runner, events } = await setUp({ level: 'DEBUG' });
  const nodes = {
    a: async () => {
      console.log('rows: %d', 3, { x: 1 });
      await new Promise((resolve) => setImmediate(resolve));
      console.warn('late');
      return 1;
    },
    b: () => console.debug('from b'),
    c: () => console.error(new Error('oh').message),
  };
  const before = console.log;
  await runner.run(pipeline(nodes));
  expect(logsOf(events).map(({ level, msg, node, attempt }) => [level, msg, node, attempt])).toEqual([
    ['INFO', 'rows: 3 { x: 1 }', 'a', 1],
    ['DEBUG', 'from b', 'b', 1],
    ['ERROR', 'oh', 'c', 1],
    ['WARNING', 'late', 'a', 1],
  ]);
  expect(printed).toEqual([['rows: %d', 3, { x: 1 }], ['from b'], ['oh'], ['late']]);
  expect(console.log).toBe(before);
});

test('runs side by side keep their prints apart, and the position of items is told', async () => {
  const { runner, events } = await setUp();
  const { parallelizable, collect, node } = await import('@flowerpower/core');
  const nodes = (name: string) => ({
    n: node(() => ['x', 'y'], parallelizable()),
    each: (n: string) => console.log(`${name} ${n}`),
    all: node((each: unknown[]) => each.length, collect('each')),
  });
  await Promise.all(['one', 'two'].map((name) => runner.run(pipeline(nodes(name), { name }))));
  const told = logsOf(events).map(({ pipeline: of, msg, node: by, item }) => `${of}: ${msg}, ${by} ${item}`);
  expect(told.toSorted()).toEqual([
    'one: one x, each 0',
    'one: one y, each 1',
    'two: two x, each 0',
    'two: two y, each 1',
  ]);
});

test('prints below the level of the run, outside of nodes, and of who opts out are no events', async () => {
  const { runner, events } = await setUp({ level: 'WARNING' });
  console.error('outside');
  await runner.run(pipeline({ a: () => console.log('mild') }));
  await runner.run(pipeline({ a: () => console.error('off') }, { run: { captureConsole: false } }));
  expect(logsOf(events)).toEqual([]);
  expect(printed).toHaveLength(3);
});

describe('what listeners print', () => {
  test('at once or later is not told again', async () => {
    const { runner, events } = await setUp({
      onEvent: async ({ type }) => {
        console.log('at once', type);
        await new Promise((resolve) => setImmediate(resolve));
        console.log('later', type);
      },
    });
    await runner.run(
      pipeline({
        a: async () => {
          console.log('once');
          await settle();
        },
      }),
    );
    await settle();
    expect(logsOf(events).map(({ msg }) => msg)).toEqual(['once']);
  });
});

test('a console that somebody else takes over meanwhile stays theirs', () => {
  const stop = captureConsole(vi.fn());
  const theirs = vi.fn();
  console.log = theirs;
  stop();
  stop();
  expect(console.log).toBe(theirs);
});

test('a value that cannot be shown harms nothing', async () => {
  const { runner } = await setUp();
  const hostile = {
    [Symbol.for('nodejs.util.inspect.custom')]() {
      throw new Error('no');
    },
  };
  const { outputs } = await runner.run(pipeline({ a: () => (console.log(hostile), 1) }));
  expect(outputs).toEqual({ a: 1 });
});
