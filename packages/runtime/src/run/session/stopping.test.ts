import type { NodeContext } from '@flowerpower/core';
import { createMemoryFileSystem, type FileSystem } from '@flowerpower/fs';
import { definePlugin } from '@flowerpower/plugin';
import { expect, test, vi } from 'vitest';
import { deferred, errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';
import { defaultGraceMs as graceMs } from './run-stop.js';

/** Waits for its signal, tells that it was reported, and ends. */
const polite = (reported: () => void) => (ctx: NodeContext) =>
  new Promise<void>((_resolve, reject) => {
    ctx.signal.addEventListener('abort', () => {
      reported();
      reject(ctx.signal.reason as Error);
    });
  });

test('timeout: running nodes are reported, nothing new starts, the error says so', async () => {
  const { runner, clock, events } = await setUp();
  const reported = vi.fn();
  const after = vi.fn();
  const nodes = { slow: polite(reported), after: ({ slow }: { slow: unknown }) => after(slow) };
  const run = errorOf(() => runner.run(pipeline(nodes, { run: { timeout: 2 } })));
  await clock.advance(1999);
  expect(reported).not.toHaveBeenCalled();
  await clock.advance(1);
  expect(await run).toMatchObject({
    code: 'FP_RUN_TIMEOUT',
    message: 'The run took longer than its timeout of 2 s.',
  });
  expect(reported).toHaveBeenCalledTimes(1);
  expect(after).not.toHaveBeenCalled();
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'timeout', durationMs: 2000 });
  expect(clock.pending).toEqual([]);
});

test('a node that ignores its signal is left behind after the grace period, by name; what it gives is not used', async () => {
  const { runner, clock, events, logs } = await setUp();
  const gate = deferred<number>();
  const after = vi.fn();
  const nodes = { deaf: () => gate.promise, after: ({ deaf }: { deaf: number }) => after(deaf) };
  const run = errorOf(() => runner.run(pipeline(nodes, { run: { timeout: 2 } })));
  await clock.advance(2000 + graceMs - 1);
  expect(events.at(-1)).toMatchObject({
    type: 'log',
    msg: expect.stringContaining("It waits up to 10 s for: 'deaf'"),
  });
  await clock.advance(1);
  const error = await run;
  expect(error).toMatchObject({ code: 'FP_RUN_TIMEOUT', context: { running: ['deaf'] } });
  expect(error.message).toContain("left behind: 'deaf'");
  const reported = events.length;
  gate.resolve(1);
  await settle();
  expect(events).toHaveLength(reported);
  expect(events.at(-1)?.type).toBe('run.finished');
  expect(after).not.toHaveBeenCalled();
  expect(logs.at(-1)).toMatchObject({
    level: 'WARNING',
    msg: expect.stringContaining("'deaf' ended after its run"),
  });
});

test('a run that must end says what it waits for, and for how long', async () => {
  const { runner, clock, logs } = await setUp();
  const waits = { deaf: () => new Promise(() => {}), polite: polite(() => {}) };
  const run = errorOf(() => runner.run(pipeline(waits, { run: { timeout: 2, grace: 3 } })));
  await clock.advance(2000);
  expect(logs).toEqual([]);
  await clock.advance(250);
  expect(logs).toMatchObject([
    { level: 'WARNING', msg: "The run has reached its timeout of 2 s. It waits up to 3 s for: 'deaf'." },
  ]);
  await clock.advance(2750);
  expect(await run).toMatchObject({ message: expect.stringContaining('Still running 3 s later') });
  expect(logs).toHaveLength(1);
  expect(clock.pending).toEqual([]);
});

test('with a grace of 0 nobody is waited for', async () => {
  const { runner, clock, logs } = await setUp();
  const run = errorOf(() =>
    runner.run(pipeline({ deaf: () => new Promise(() => {}) }, { run: { timeout: 2, grace: 0 } })),
  );
  await clock.advance(2000);
  expect(await run).toMatchObject({ code: 'FP_RUN_TIMEOUT', context: { running: ['deaf'] } });
  expect(logs).toEqual([]);
});

test('a rejection after the run is reported against its node and harms nobody', async () => {
  const { runner, clock, logs } = await setUp();
  const gate = deferred();
  const controller = new AbortController();
  const run = errorOf(() =>
    runner.run(pipeline({ deaf: () => gate.promise }), { signal: controller.signal }),
  );
  await settle();
  controller.abort();
  await clock.advance(graceMs);
  expect(await run).toMatchObject({ code: 'FP_RUN_CANCELLED', context: { running: ['deaf'] } });
  gate.reject(new Error('too late'));
  await settle();
  expect(logs.at(-1)).toMatchObject({
    msg: expect.stringContaining("'deaf' failed"),
    error: { message: 'too late' },
  });
});

test('a node that ends within the grace period does not turn a timeout into a success', async () => {
  const { runner, clock } = await setUp();
  const gate = deferred<number>();
  const run = errorOf(() => runner.run(pipeline({ slow: () => gate.promise }, { run: { timeout: 1 } })));
  await clock.advance(1000);
  gate.resolve(1);
  expect(await run).toMatchObject({ code: 'FP_RUN_TIMEOUT' });
});

test('the timeout covers all attempts and the waits between them', async () => {
  const { runner, clock, events } = await setUp();
  const bad = vi.fn(() => {
    throw new Error('x');
  });
  const retry = { maxRetries: 9, retryDelay: 4, jitterFactor: 0 };
  const run = errorOf(() => runner.run(pipeline({ bad: () => bad() }, { run: { timeout: 6, retry } })));
  await clock.advance(6000);
  expect(await run).toMatchObject({ code: 'FP_RUN_TIMEOUT' });
  expect(bad).toHaveBeenCalledTimes(2);
  expect(events.at(-1)).toMatchObject({ result: 'timeout', attempts: 2, durationMs: 6000 });
});

test('a run in time leaves no timer behind', async () => {
  const { runner, clock } = await setUp();
  await runner.run(pipeline({ a: async () => 1 }, { run: { timeout: 5 } }));
  expect(clock.pending).toEqual([]);
});

test('synchronous nodes: the timeout takes effect between them', async () => {
  const { runner, clock, events } = await setUp();
  const third = vi.fn();
  const nodes = {
    first: () => clock.block(600),
    second: ({ first }: { first: unknown }) => [first, clock.block(600)],
    third: ({ second }: { second: unknown }) => third(second),
  };
  const definition = pipeline(nodes, { run: { timeout: 1 } });
  expect(await errorOf(() => runner.run(definition))).toMatchObject({ code: 'FP_RUN_TIMEOUT' });
  expect(await errorOf(() => runner.runSync(definition))).toMatchObject({ code: 'FP_RUN_TIMEOUT' });
  expect(third).not.toHaveBeenCalled();
  expect(events.filter((event) => event.type === 'node.started' && event.node === 'third')).toEqual([]);
});

test('a signal that is already aborted starts nothing, and still gives both events', async () => {
  const { runner, events } = await setUp();
  const a = vi.fn();
  const signal = AbortSignal.abort('no');
  expect(await errorOf(() => runner.run(pipeline({ a: () => a() }), { signal }))).toMatchObject({
    code: 'FP_RUN_CANCELLED',
    cause: 'no',
  });
  expect(a).not.toHaveBeenCalled();
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  expect(events.at(-1)).toMatchObject({ result: 'cancellation', attempts: 0 });
});

test('what a node holds is released once when the run is cancelled', async () => {
  const { runner } = await setUp();
  const controller = new AbortController();
  const released = vi.fn();
  const nodes = {
    held: async (ctx: NodeContext) => {
      try {
        await new Promise((_resolve, reject) =>
          ctx.signal.addEventListener('abort', () => reject(new Error('stop'))),
        );
      } finally {
        released();
      }
    },
  };
  const run = errorOf(() => runner.run(pipeline(nodes), { signal: controller.signal }));
  await settle();
  controller.abort();
  await run;
  expect(released).toHaveBeenCalledTimes(1);
});

test('a save that is cancelled leaves the old file', async () => {
  const { runner, fs } = await setUp({ files: { 'out.json': '"old"' } });
  const controller = new AbortController();
  const nodes = {
    a: () => {
      queueMicrotask(() => controller.abort());
      return 'new';
    },
  };
  const save = { a: { type: 'json', path: 'out.json' } };
  await errorOf(() => runner.run(pipeline(nodes, { save }), { signal: controller.signal }));
  expect(JSON.parse(await fs.readText('out.json'))).toBe('old');
});

const closable = (name: string, closed: string[], fault?: Error): FileSystem => {
  const fs = createMemoryFileSystem({ name });
  fs.close = async () => {
    closed.push(name);
    if (fault !== undefined) throw fault;
  };
  return fs;
};

test('close cancels what runs, closes filesystems in reverse and refuses further runs', async () => {
  const closed: string[] = [];
  const plugin = definePlugin({
    name: 'p',
    apiVersion: 1,
    fileSystems: { one: { create: (_, name) => closable(name, closed) } },
  });
  const { runner, events } = await setUp({ plugins: [plugin] });
  const save = {
    a: { type: 'json', path: 'one://first/a.json' },
    b: { type: 'json', path: 'one://second/b.json' },
  };
  await runner.run(pipeline({ a: () => 1, b: () => 2 }, { save }));
  const going = errorOf(() => runner.run(pipeline({ slow: polite(() => closed.push('reported')) })));
  await settle();
  await Promise.all([runner.close(), runner.close()]);
  expect(closed).toEqual(['reported', 'second', 'first']);
  expect(await going).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: { code: 'FP_RUNNER_CLOSED' } });
  const before = events.length;
  expect(await errorOf(() => runner.run(pipeline({ a: () => 1 })))).toMatchObject({
    code: 'FP_RUNNER_CLOSED',
  });
  expect(events).toHaveLength(before);
});

test('when the second filesystem cannot be made, the first is closed and nothing runs', async () => {
  const closed: string[] = [];
  const made: string[] = [];
  let broken = true;
  const plugin = definePlugin({
    name: 'p',
    apiVersion: 1,
    fileSystems: {
      one: {
        create: (_, name) => {
          if (name === 'second' && broken) throw new Error('no credentials');
          made.push(name);
          return closable(name, closed);
        },
      },
    },
  });
  const { runner, events } = await setUp({ plugins: [plugin] });
  const a = vi.fn(() => 1);
  const save = {
    a: { type: 'json', path: 'one://first/a.json' },
    b: { type: 'json', path: 'one://second/b.json' },
  };
  const definition = pipeline({ a: () => a(), b: () => 2 }, { save });
  expect(await errorOf(() => runner.run(definition))).toMatchObject({
    code: 'FP_FILE_SYSTEM_START',
    message: 'The filesystem one://second could not be made: no credentials',
  });
  expect(closed).toEqual(['first']);
  expect(a).not.toHaveBeenCalled();
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  broken = false;
  await runner.run(definition);
  expect(made).toEqual(['first', 'first', 'second']);
});

test('close closes everything though one filesystem cannot be closed', async () => {
  const closed: string[] = [];
  const plugin = definePlugin({
    name: 'p',
    apiVersion: 1,
    fileSystems: { one: { create: (_, name) => closable(name, closed, new Error(`${name} is stuck`)) } },
  });
  const { runner } = await setUp({ plugins: [plugin] });
  const save = { a: { type: 'json', path: 'one://x/a.json' }, b: { type: 'json', path: 'one://y/b.json' } };
  await runner.run(pipeline({ a: () => 1, b: () => 2 }, { save }));
  const error = await errorOf(() => runner.close());
  expect(error).toMatchObject({ code: 'FP_CLOSE_FAILED' });
  expect(error.message).toContain('x is stuck');
  expect(closed).toEqual(['y', 'x']);
});
