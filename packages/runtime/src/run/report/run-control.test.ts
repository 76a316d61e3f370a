/** Runs that do not end well, told by whoever owns the process. */
import { AsyncResource } from 'node:async_hooks';
import { onTestFinished, expect, test, vi } from 'vitest';
import { deferred, pipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';
import type { RunControl } from './run-control.js';

/** Starts a run and gives its control. */
async function begin(nodes: object, more: Parameters<typeof pipeline>[1] = {}) {
  const set = await setUp();
  let control!: RunControl;
  const ended = set.runner.settle(pipeline(nodes, more), {}, (given) => (control = given));
  await settle();
  return { ...set, control, ended };
}

/** Node emits it when nothing is left to wake the process. */
const nothingLeft = () => process.emit('beforeExit', 0);

test('a node whose promise never settles: the run fails and names it, with the time it has waited', async () => {
  const never = () => new Promise(() => {});
  const nodes = { first: never, next: ({ first }: { first: unknown }) => first, second: never };
  const { clock, ended, events } = await begin(nodes);
  await clock.advance(3200);
  nothingLeft();
  expect(await ended).toMatchObject({
    status: 'failure',
    error: {
      code: 'FP_RUN_STALLED',
      message:
        "The run cannot go on: nothing is left that could end the nodes it waits for: 'first' (for 3.2 s), 'second' (for 3.2 s).",
      context: { running: ['first', 'second'] },
    },
    nodes: { first: { status: 'unfinished' }, next: { status: 'not-run' }, second: { status: 'unfinished' } },
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', result: 'failure' });
});

test('the process is watched while runs go on, once for all of them', async () => {
  const gate = deferred();
  const { runner, ended } = await begin({ a: () => gate.promise });
  const other = runner.settle(pipeline({ b: () => gate.promise }));
  expect(process.listenerCount('beforeExit')).toBe(1);
  gate.resolve();
  await Promise.all([ended, other]);
  expect(process.listenerCount('beforeExit')).toBe(0);
});

test('a callback that never settles does not hold up the report', async () => {
  const { ended, logs } = await begin({ a: () => 1 }, { run: { onSuccess: () => new Promise(() => {}) } });
  await new Promise((resolve) => setImmediate(resolve));
  nothingLeft();
  expect(await ended).toMatchObject({ status: 'success' });
  expect(logs.at(-1)).toMatchObject({
    level: 'ERROR',
    msg: expect.stringContaining('nothing is left to settle'),
  });
});

test('a stray error ends the run as failed, names the node whose code was executing and tells the others', async () => {
  const boom = new TypeError('boom');
  let throwNow!: () => boolean;
  const reported = vi.fn();
  let control!: RunControl;
  const nodes = {
    a: () => {
      // Bound to the node, as its timers and rejections are.
      throwNow = AsyncResource.bind(() => control.fail(boom));
      return 1;
    },
    b: (ctx: { signal: AbortSignal }) =>
      new Promise((_resolve, reject) =>
        ctx.signal.addEventListener('abort', () => {
          reported();
          reject(ctx.signal.reason as Error);
        }),
      ),
  };
  const begun = await begin(nodes);
  control = begun.control;
  expect(throwNow()).toBe(true);
  expect(throwNow()).toBe(false);
  const outcome = await begun.ended;
  expect(outcome).toMatchObject({
    status: 'failure',
    error: { code: 'FP_STRAY_ERROR', message: "The node 'a' left an error that nobody caught: boom" },
  });
  expect(outcome.status === 'failure' && (outcome.error as Error).cause).toBe(boom);
  expect(reported).toHaveBeenCalledTimes(1);
});

test('where the node of a stray error is not known, those that run are named', async () => {
  const { control, ended } = await begin({ a: () => new Promise(() => {}) }, { run: { grace: 0 } });
  expect(control.fail(undefined)).toBe(true);
  nothingLeft();
  expect(await ended).toMatchObject({
    error: {
      code: 'FP_STRAY_ERROR',
      message: expect.stringMatching(/^There was an error .* \(running .*'a'\)$/),
    },
  });
});

test('a rejection that nobody handles fails a run whose nodes have all succeeded', async () => {
  const { runner } = await setUp();
  let control!: RunControl;
  // As the command does. The listener of the test runner would call it a failure of this test.
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (error) => control.fail(error));
  onTestFinished(() => {
    process.removeAllListeners('unhandledRejection');
    for (const listener of listeners) process.on('unhandledRejection', listener);
  });
  const nodes = {
    a: () => {
      void Promise.reject(new Error('lost'));
      return 1;
    },
  };
  const outcome = await runner.settle(pipeline(nodes), {}, (given) => (control = given));
  expect(outcome).toMatchObject({
    status: 'failure',
    error: { code: 'FP_STRAY_ERROR', message: "The node 'a' left an error that nobody caught: lost" },
    outputs: { a: 1 },
    nodes: { a: { status: 'success' } },
  });
});

test('a run can be abandoned in the middle of a synchronous node', async () => {
  const { runner, events } = await setUp();
  let control!: RunControl;
  let abandoned: unknown;
  const nodes = {
    before: () => 1,
    busy: ({ before }: { before: number }) => {
      abandoned = control.abandon('timeout');
      return before;
    },
  };
  const ended = await runner.settle(
    pipeline(nodes, { run: { timeout: 5 } }),
    {},
    (given) => (control = given),
  );
  expect(abandoned).toMatchObject({
    status: 'timeout',
    error: {
      code: 'FP_RUN_TIMEOUT',
      message: "The run took longer than its timeout of 5 s. Still running, and left behind: 'busy'.",
    },
    nodes: { before: { status: 'success' }, busy: { status: 'unfinished' } },
    attempts: 1,
  });
  expect(ended).toBe(abandoned);
  expect(events.filter(({ type }) => type === 'run.finished')).toHaveLength(1);
});
