import { type Adapter, FatalError, type NodeContext, RetryableError } from '@flowerpower/core';
import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';

/** Throws the errors one after the other, then gives the value. */
function flaky<T>(errors: readonly unknown[], value: T) {
  const left = [...errors];
  return vi.fn(() => {
    if (left.length > 0) throw left.shift();
    return value;
  });
}

const twice = () => [new Error('first'), new Error('second')];
const retry = { maxRetries: 3, retryDelay: 1, jitterFactor: 0 };

test('C01: a node that fails twice, then succeeds: three attempts, everything else runs once', async () => {
  const { runner, clock, events } = await setUp();
  const upstream = vi.fn(() => 1);
  const nothing = vi.fn(() => undefined);
  const bad = flaky(twice(), 2);
  const downstream = vi.fn((value: number) => value + 1);
  const attempts: number[] = [];
  const nodes = {
    upstream: () => upstream(),
    nothing: ({ upstream }: { upstream: number }) => [upstream, nothing()][1],
    bad: ({ nothing, upstream }: { nothing: undefined; upstream: number }, ctx: NodeContext) => {
      attempts.push(ctx.attempt);
      return [nothing, upstream, bad()].at(-1);
    },
    downstream: ({ bad }: { bad: number }) => downstream(bad),
  };
  const run = runner.run(pipeline(nodes, { run: { retry } }));
  await clock.advance(1000);
  expect(bad).toHaveBeenCalledTimes(2);
  await clock.advance(1999);
  expect(bad).toHaveBeenCalledTimes(2);
  await clock.advance(1);
  expect(await run).toMatchObject({ outputs: { downstream: 3 }, attempts: 3, durationMs: 3000 });
  expect(attempts).toEqual([1, 2, 3]);
  for (const fn of [upstream, nothing, downstream]) expect(fn).toHaveBeenCalledTimes(1);
  expect(events.filter(({ type }) => type === 'retry.scheduled')).toMatchObject([
    { attempt: 1, delayMs: 1000, error: { code: 'FP_NODE_FAILED', cause: { message: 'first' } } },
    { attempt: 2, delayMs: 2000, error: { cause: { message: 'second' } } },
  ]);
  expect(
    events.filter(({ type }) => type === 'node.started').map((event) => 'node' in event && event.node),
  ).toEqual(['upstream', 'nothing', 'bad', 'bad', 'bad', 'downstream']);
  expect(events.at(-1)).toMatchObject({ attempts: 3, nodes: { succeeded: 4, failed: 0, skipped: 0 } });
});

test('loaders and savers that succeeded are not repeated, and stay in the result', async () => {
  const { runner, clock, events } = await setUp({ files: { 'a.json': '[1]' } });
  const bad = flaky(twice(), 1);
  const definition = pipeline(
    {
      early: ({ rows }: { rows: number[] }) => rows,
      late: async ({ rows }: { rows: number[] }) => rows.length + bad(),
    },
    {
      load: { rows: { type: 'json', path: 'a.json' } },
      save: { early: { type: 'json', path: 'early.json' }, late: { type: 'json', path: 'late.json' } },
      run: { retry },
    },
  );
  const { outputs, saved, loaded } = await clock.until(runner.run(definition));
  expect(outputs).toEqual({ early: [1], late: 2 });
  expect(Object.keys(saved).sort()).toEqual(['early', 'late']);
  expect(Object.keys(loaded)).toEqual(['rows']);
  const started = events.filter((event) => event.type === 'node.started').map(({ node }) => node);
  expect(started.filter((node) => node === 'rows')).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'artifact.written')).toHaveLength(2);
});

test('a value that can be read once is made again for the next attempt', async () => {
  const { runner, clock } = await setUp();
  const bad = flaky([new Error('first')], 0);
  const nodes = {
    batches: async function* batches() {
      yield 1;
      yield 2;
    },
    sum: async ({ batches }: { batches: AsyncIterable<number> }) => {
      let sum = 0;
      for await (const value of batches) sum += value;
      return sum + bad();
    },
  };
  const run = runner.run(pipeline(nodes, { run: { retry } }));
  await clock.advance(1000);
  expect((await run).outputs).toEqual({ sum: 3 });
});

test('without retries there is one attempt, and the error is that of the node', async () => {
  const { runner } = await setUp();
  const cause = new Error('no');
  const bad = flaky([cause], 1);
  const error = await errorOf(() => runner.run(pipeline({ bad: () => bad() })));
  expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: 'bad' });
  expect(error.cause).toBe(cause);
});

test.each([
  ['FatalError', new FatalError('no')],
  ['a programming error', new TypeError('undefined is not a function')],
])('%s is never repeated', async (_, error) => {
  const { runner } = await setUp();
  const bad = flaky([error, error], 1);
  await errorOf(() =>
    runner.run(pipeline({ bad: () => bad() }, { run: { retry: { ...retry, maxRetries: 5 } } })),
  );
  expect(bad).toHaveBeenCalledTimes(1);
});

test('C06: only the named errors are repeated; a mistyped name starts nothing', async () => {
  const { runner, clock } = await setUp();
  const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
  const bad = flaky([reset, new Error('other')], 1);
  const named = (name: string) =>
    pipeline({ bad: () => bad() }, { run: { retry: { ...retry, retryExceptions: [name] } } });
  const misnamed = await errorOf(() => runner.run(named('ECONRESET')));
  expect(misnamed).toMatchObject({ code: 'FP_UNKNOWN_RETRY_EXCEPTION' });
  expect(bad).not.toHaveBeenCalled();
  const run = errorOf(() => runner.run(named('ECONNRESET')));
  await clock.advance(60_000);
  expect((await run).cause).toMatchObject({ message: 'other' });
  expect(bad).toHaveBeenCalledTimes(2);
});

test('C05: Retry-After: not before it, and never beyond the cap', async () => {
  const { runner, clock } = await setUp();
  const bad = flaky(
    [new RetryableError('429', { retryAfter: 5 }), new RetryableError('429', { retryAfter: 99_999 })],
    1,
  );
  const run = runner.run(pipeline({ bad: () => bad() }, { run: { retry } }));
  await clock.advance(4999);
  expect(bad).toHaveBeenCalledTimes(1);
  await clock.advance(1);
  expect(bad).toHaveBeenCalledTimes(2);
  await clock.advance(30_000);
  expect((await run).attempts).toBe(3);
});

test('jitter comes from the given source of chance', async () => {
  const { runner, clock, events } = await setUp({ random: () => 0.5 });
  const bad = flaky([new Error('x')], 1);
  const run = runner.run(pipeline({ bad: () => bad() }, { run: { retry: { ...retry, jitterFactor: 0.2 } } }));
  await clock.advance(1100);
  await run;
  expect(events.find(({ type }) => type === 'retry.scheduled')).toMatchObject({ delayMs: 1100 });
});

test('C18: aborting during the wait ends the run at once, without another attempt', async () => {
  const { runner, clock } = await setUp();
  const bad = flaky(twice(), 1);
  const controller = new AbortController();
  const run = errorOf(() =>
    runner.run(pipeline({ bad: () => bad() }, { run: { retry } }), { signal: controller.signal }),
  );
  await clock.advance(500);
  controller.abort('enough');
  expect(await run).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: 'enough' });
  expect(bad).toHaveBeenCalledTimes(1);
  expect(clock.pending).toEqual([]);
});

test('continue: one failure that is not worth a retry rules it out, otherwise all that failed run again', async () => {
  const { runner, clock } = await setUp();
  const run = { retry, onError: 'continue' as const };
  const hopeless = flaky([new FatalError('no')], 1);
  const transient = flaky([new Error('x')], 1);
  const error = await errorOf(() =>
    runner.run(pipeline({ hopeless: () => hopeless(), transient: () => transient() }, { run })),
  );
  expect(error).toMatchObject({
    code: 'FP_NODES_FAILED',
    problems: [
      { code: 'FP_NODE_FAILED', message: "The node 'hopeless' failed: no" },
      { code: 'FP_NODE_FAILED', message: "The node 'transient' failed: x" },
    ],
  });
  const a = flaky([new Error('a')], 1);
  const b = flaky([new Error('b')], 2);
  const good = vi.fn(() => 3);
  const second = runner.run(pipeline({ a: () => a(), b: () => b(), good: () => good() }, { run }));
  await settle();
  await clock.advance(1000);
  expect((await second).outputs).toEqual({ a: 1, b: 2, good: 3 });
  expect(good).toHaveBeenCalledTimes(1);
});

test('row batches of a loader are read again for the next attempt; their facts are those of the last reading', async () => {
  const { runner, clock } = await setUp({ files: { 'a.csv': 'x\n1\n2\n3\n' } });
  const bad = flaky([new Error('first')], 0);
  const nodes = {
    count: async ({ rows }: { rows: AsyncIterable<unknown[]> }) => {
      let count = 0;
      for await (const batch of rows) count += batch.length;
      return count + bad();
    },
  };
  const load = { rows: { type: 'csv', path: 'a.csv', as: 'batches', batchRows: 2 } };
  const run = clock.until(runner.run(pipeline(nodes, { load, run: { retry } })));
  expect(await run).toMatchObject({ outputs: { count: 3 }, loaded: { rows: { rows: 3 } }, attempts: 2 });
});

test('what only finished nodes needed does not run again, and adapters do not hear of finished nodes', async () => {
  const { runner, clock } = await setUp();
  const opened = vi.fn();
  const bad = flaky([new Error('first')], 1);
  const nodes = {
    stream: async function* stream() {
      opened();
      yield 1;
    },
    count: async ({ stream }: { stream: AsyncIterable<number> }) => {
      let count = 0;
      for await (const value of stream) count += value;
      return count;
    },
    last: ({ count }: { count: number }) => count + bad(),
  };
  const heard: string[] = [];
  const adapter: Adapter = { name: 'listener', onNodeStart: ({ node }) => heard.push(node.name) };
  const { outputs } = await clock.until(
    runner.run(pipeline(nodes, { run: { retry } }), { adapters: [adapter] }),
  );
  expect(outputs).toEqual({ last: 2 });
  expect(opened).toHaveBeenCalledTimes(1);
  expect(heard).toEqual(['stream', 'count', 'last', 'last']);
});
