import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';

test('a synchronous run gives its result at once, with the same events', async () => {
  const { runner, events } = await setUp();
  const result = runner.runSync(pipeline({ a: () => 1, b: ({ a }: { a: number }) => a + 1 }), { runId: 'r' });
  expect(result).toEqual({
    status: 'success',
    runId: 'r',
    pipeline: 'etl',
    outputs: { b: 2 },
    saved: {},
    loaded: {},
    checks: [],
    nodes: { a: { status: 'success', durationMs: 0 }, b: { status: 'success', durationMs: 0 } },
    durationMs: 0,
    attempts: 1,
  });
  expect(events.map(({ type }) => type)).toEqual([
    'run.started',
    'node.started',
    'node.succeeded',
    'node.started',
    'node.succeeded',
    'run.finished',
  ]);
});

test('it retries by the same rules, blocking in between', async () => {
  const { runner, clock } = await setUp();
  let failures = 2;
  const bad = vi.fn(() => {
    if (failures-- > 0) throw new Error('x');
    return 1;
  });
  const once = vi.fn(() => 2);
  const retry = { maxRetries: 2, retryDelay: 1, jitterFactor: 0 };
  const nodes = { once: () => once(), bad: ({ once }: { once: number }) => once + bad() };
  expect(runner.runSync(pipeline(nodes, { run: { retry } }))).toMatchObject({
    outputs: { bad: 3 },
    attempts: 3,
  });
  expect(clock.blocked).toEqual([1000, 2000]);
  expect(once).toHaveBeenCalledTimes(1);
});

test('it waits no longer than its timeout', async () => {
  const { runner, clock } = await setUp();
  const bad = () => {
    throw new Error('x');
  };
  const retry = { maxRetries: 5, retryDelay: 4, jitterFactor: 0 };
  const error = await errorOf(() => runner.runSync(pipeline({ bad }, { run: { retry, timeout: 5 } })));
  expect(error).toMatchObject({ code: 'FP_RUN_TIMEOUT' });
  expect(clock.blocked).toEqual([4000, 1000]);
});

test('a promise is refused, reported once and never retried', async () => {
  const { runner, events } = await setUp();
  const asynchronous = vi.fn(async () => Promise.reject(new Error('late')));
  const definition = pipeline({ a: () => asynchronous() }, { run: { retry: { maxRetries: 3 } } });
  expect(await errorOf(() => runner.runSync(definition))).toMatchObject({
    code: 'FP_NOT_SYNCHRONOUS',
    hint: 'Use run(...) instead of runSync(...).',
  });
  expect(asynchronous).toHaveBeenCalledTimes(1);
  expect(events.map(({ type }) => type)).toEqual([
    'run.started',
    'node.started',
    'node.failed',
    'run.finished',
  ]);
  await settle();
});

test('loaders and savers are refused before anything runs', async () => {
  const { runner } = await setUp();
  const a = vi.fn(() => 1);
  const definition = pipeline({ a: () => a() }, { save: { a: { type: 'json', path: 'a.json' } } });
  expect(await errorOf(() => runner.runSync(definition))).toMatchObject({
    code: 'FP_NOT_SYNCHRONOUS',
    message: 'A synchronous run cannot load or save: save.a.',
  });
  expect(a).not.toHaveBeenCalled();
});

test('continue: every failure is listed', async () => {
  const { runner } = await setUp();
  const bad = (message: string) => () => {
    throw new Error(message);
  };
  const definition = pipeline({ a: bad('one'), b: bad('two'), c: () => 3 }, { run: { onError: 'continue' } });
  expect(await errorOf(() => runner.runSync(definition))).toMatchObject({
    code: 'FP_NODES_FAILED',
    message: "2 nodes failed:\n  - The node 'a' failed: one\n  - The node 'b' failed: two",
  });
});

test('an asynchronous callback that rejects is logged and not waited for', async () => {
  const { runner, logs } = await setUp();
  const onSuccess = () => Promise.reject(new Error('boom'));
  expect(runner.runSync(pipeline({ a: () => 1 }, { run: { onSuccess } })).outputs).toEqual({ a: 1 });
  await settle();
  expect(logs).toMatchObject([{ level: 'ERROR', error: { message: 'boom' } }]);
});
