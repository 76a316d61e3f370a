/** What is reported of a run never decides about it: a log or an observer that throws, or rejects, is mentioned once. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type Adapter,
  createDriver,
  debugAdapter,
  gracefulErrorsAdapter,
  node,
  type NodeContext,
  type NodeLog,
  printAdapter,
  progressAdapter,
} from '../index.js';
import { boom, failures } from '../../../../tools/failing-callbacks.js';

const m = {
  a: ({ x = 1 }: { x?: number }, context: NodeContext) => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) context.log[level](`at ${level}`, { x });
    return 1;
  },
  b: async ({ a }: { a: number }) => a + 1,
};
const sync = { a: m.a, b: ({ a }: { a: number }) => a + 1 };

const unhandled: unknown[] = [];
const remember = (error: unknown) => void unhandled.push(error);
beforeEach(() => void process.on('unhandledRejection', remember));
afterEach(async () => {
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  process.off('unhandledRejection', remember);
  expect(unhandled.splice(0)).toEqual([]);
  vi.restoreAllMocks();
});

describe.each(Object.entries(failures))('a log that %s', (_how, fail) => {
  const log = { debug: fail, info: fail, warn: fail, error: fail } as NodeLog;

  test.each(['driver', 'run'])('of a %s changes nothing and is mentioned once', async (owner) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const driver = createDriver({ modules: [m], ...(owner === 'driver' && { log }) });
    const request = owner === 'run' ? { log } : {};
    expect(await driver.execute(['b'], request)).toEqual({ b: 2 });
    expect(await driver.run(['b'], request)).toMatchObject({ outputs: { b: 2 } });
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(warn.mock.calls).toEqual([
      ['A log that runs were given fails; its lines are lost: no line for you'],
    ]);
  });

  test('of a synchronous run, and of an adapter', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(createDriver({ modules: [sync], log }).executeSync(['b'])).toEqual({ b: 2 });
    const bad = { x: () => Number('1').toFixed(-1), y: ({ x }: { x: string }) => x };
    const adapters = [gracefulErrorsAdapter({ errors: [RangeError], sentinel: 0, log })];
    expect(createDriver({ modules: [bad], adapters }).executeSync(['y'])).toEqual({ y: 0 });
  });
});

describe.each(Object.entries(failures))('an observer that %s', (_how, fail) => {
  const all: Record<string, Adapter> = {
    own: { name: 'own', onRunStart: fail, onNodeStart: fail, onNodeEnd: fail, onRunEnd: fail },
    print: printAdapter({ verbosity: 2, write: fail }),
    progress: progressAdapter({ onProgress: fail }),
    debug: debugAdapter({ pause: fail }),
  };
  test.each(Object.entries(all))(
    '%s changes nothing and is mentioned once in a run',
    async (name, adapter) => {
      const warn = vi.fn();
      const log = { debug() {}, info() {}, warn, error() {} };
      const driver = createDriver({ modules: [{ b: sync.b, a: () => 1 }], adapters: [adapter], log });
      expect(await driver.execute(['b'])).toEqual({ b: 2 });
      expect(warn.mock.calls).toEqual([[`The adapter '${name}' failed; the run goes on.`, { error: boom }]]);
      expect(driver.executeSync(['b'])).toEqual({ b: 2 });
    },
  );
});

test('the log of a node passes on what it is given, as it is given', async () => {
  const lines: unknown[][] = [];
  class Log {
    readonly #lines = lines;
    debug(...line: unknown[]) {
      this.#lines.push(line);
    }
    info(...line: unknown[]) {
      this.#lines.push(line);
    }
    warn(...line: unknown[]) {
      this.#lines.push(line);
    }
    error(...line: unknown[]) {
      this.#lines.push(line);
    }
  }
  const seen = {
    x: node({ inputs: ['y'] }, (y: number, { log }: NodeContext) => {
      log.info('alone');
      log.warn('with', { fields: 1 });
      return y;
    }),
  };
  const driver = createDriver({ modules: [seen], log: Object.freeze(new Log()) });
  expect(await driver.execute(['x'], { inputs: { y: 1 } })).toEqual({ x: 1 });
  expect(lines).toEqual([['alone'], ['with', { fields: 1 }]]);
});
