/** Whatever is thrown: the run ends, its events and its log are whole, and the error is the cause. */
import { collect, node, parallelizable } from '@flowerpower/core';
import { defineLoader } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';
import { createLogger } from '../logging/logger.js';

const no = () => {
  throw new Error('Nobody may look at this.');
};
const getters = Object.fromEntries(
  ['message', 'name', 'code', 'cause', 'hint', 'places', 'item', 'then', 'toString', 'toJSON'].map((key) => [
    key,
    { get: no },
  ]),
);

const hostile: Readonly<Record<string, () => unknown>> = {
  'an error whose getters throw': () => {
    const error = new Error('boom');
    void error.stack;
    return Object.defineProperties(error, { ...getters, stack: { get: no } });
  },
  'a revoked proxy': () => {
    const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
    revoke();
    return proxy;
  },
  'a proxy that refuses': () =>
    new Proxy(new Error('x'), { get: no, getPrototypeOf: no, has: no, ownKeys: no }),
  'a proxy that claims to be ours': () =>
    new Proxy(new Error('x'), { has: () => true, get: (_, key) => (key === 'message' ? 'x' : no()) }),
  'a frozen error': () => Object.freeze(new Error('frozen')),
  undefined: () => undefined,
  null: () => null,
  'a symbol': () => Symbol('thrown'),
  'an object without a text': () => ({ toString: no, [Symbol.toPrimitive]: no }),
};

describe.each(Object.keys(hostile))('%s', (name) => {
  const thrower = (e: unknown) => (): never => {
    throw e;
  };

  test.each(['at once', 'later'])('thrown by a node %s', async (when) => {
    const { runner, events, logs } = await setUp({ level: 'DEBUG' });
    const e = hostile[name]!();
    const bad = when === 'later' ? async () => thrower(e)() : thrower(e);
    const onFailure = thrower(e);
    const error = await errorOf(() =>
      runner.run(pipeline({ bad, good: () => 1 }, { run: { onFailure, retry: { maxRetries: 0 } } })),
    );
    expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: 'bad' });
    expect(Object.is(error.cause, e)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'failure' });
    expect(() => JSON.stringify([events, logs])).not.toThrow();
  });

  test('thrown by a node of a synchronous run', async () => {
    const { runner, events } = await setUp();
    const e = hostile[name]!();
    const error = await errorOf(() =>
      runner.runSync(pipeline({ bad: thrower(e) }, { run: { retry: { maxRetries: 0 } } })),
    );
    expect(Object.is(error.cause, e)).toBe(true);
    expect(() => JSON.stringify(events)).not.toThrow();
  });

  test('thrown for an item', async () => {
    const { runner, events } = await setUp();
    const e = hostile[name]!();
    const m = {
      n: node(() => [1, 2], parallelizable()),
      x: async ({ n }: { n: number }) => (n === 2 ? thrower(e)() : n),
      all: node(
        ({ x }: { x: PromiseSettledResult<number>[] }) => x,
        collect('x', { onItemError: 'collect' }),
      ),
    };
    const { outputs } = await runner.run(pipeline(m));
    expect((outputs['all'] as PromiseSettledResult<number>[]).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ]);
    expect(() => JSON.stringify(events)).not.toThrow();
  });

  test('thrown by a loader', async () => {
    const e = hostile[name]!();
    const loader = defineLoader({ type: 'bad', options: v.object({}), load: thrower(e) });
    const plugin = definePlugin({ name: 'bad-plugin', apiVersion: 1, loaders: { bad: loader } });
    const { runner, events } = await setUp({ plugins: [plugin] });
    const error = await errorOf(() =>
      runner.run(pipeline({ a: ({ x }: { x: number }) => x }, { load: { x: { type: 'bad' } } })),
    );
    expect(error).toMatchObject({ code: 'FP_NODE_FAILED' });
    expect(Object.is(error.cause, e)).toBe(true);
    expect(() => JSON.stringify(events)).not.toThrow();
  });

  test('logged, or thrown by a listener or a sink', async () => {
    const e = hostile[name]!();
    const { runner, logs } = await setUp({ onEvent: thrower(e) });
    expect((await runner.run(pipeline({ a: () => 1 }))).outputs).toEqual({ a: 1 });
    expect(() => JSON.stringify(logs)).not.toThrow();
    const log = createLogger({ sink: thrower(e) });
    expect(() => log.warn('x', { error: e, inside: { e } })).not.toThrow();
  });
});
