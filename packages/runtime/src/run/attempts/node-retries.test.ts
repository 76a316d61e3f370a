/** Retries and timeouts of single nodes, inside those of the run. */
import { node, type NodeContext, retry, timeout } from '@flowerpower/core';
import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';

const runRetry = { maxRetries: 1, retryDelay: 1, jitterFactor: 0 };
const nodeRetry = { maxRetries: 1, retryDelay: 0 };

/** Throws so many errors, then gives 7. */
function flaky(failures: number) {
  const attempts: number[] = [];
  const fn = ({ attempt }: NodeContext) => {
    attempts.push(attempt);
    if (attempts.length <= failures) throw new Error(`failure ${attempts.length}`);
    return 7;
  };
  return { fn, attempts };
}

test('the node is tried again first; the run only when the node has given up', async () => {
  const { runner, clock, events, logs } = await setUp();
  const { fn, attempts } = flaky(3);
  const upstream = vi.fn(() => 1);
  const nodes = {
    upstream: () => upstream(),
    bad: node({ inputs: ['upstream'] }, (_: number, ctx: NodeContext) => fn(ctx), retry(nodeRetry)),
  };
  const run = runner.run(pipeline(nodes, { run: { retry: runRetry } }));
  await clock.advance(999);
  expect(attempts).toEqual([1, 2]);
  await clock.advance(1);
  expect(await run).toMatchObject({ outputs: { bad: 7 }, attempts: 2 });
  expect(attempts).toEqual([1, 2, 2, 3]);
  expect(upstream).toHaveBeenCalledTimes(1);
  expect(events.filter(({ type }) => type === 'retry.scheduled')).toMatchObject([
    { attempt: 1, error: { cause: { message: 'failure 2' } } },
  ]);
  expect(events.filter((event) => event.type === 'node.started' && event.node === 'bad')).toHaveLength(2);
  const warnings = logs.filter(({ msg }) => msg.includes('tried again'));
  expect(warnings).toMatchObject([
    { node: 'bad', attempt: 1, delayMs: 0, error: { message: 'failure 1' } },
    { node: 'bad', attempt: 2, delayMs: 0, error: { message: 'failure 3' } },
  ]);
});

test('a node that recovers by itself is not an attempt of the run', async () => {
  const { runner, events } = await setUp();
  const { fn } = flaky(1);
  const definition = pipeline(
    { bad: node({ inputs: [] }, fn, retry(nodeRetry)) },
    { run: { retry: runRetry } },
  );
  expect(runner.runSync(definition)).toMatchObject({ outputs: { bad: 7 }, attempts: 1 });
  expect(events.map(({ type }) => type)).toEqual([
    'run.started',
    'node.started',
    'log',
    'node.succeeded',
    'run.finished',
  ]);
});

test('C18: aborting the run ends the delay of a node at once', async () => {
  const { runner } = await setUp();
  const { fn, attempts } = flaky(9);
  const slow = retry({ maxRetries: 9, retryDelay: 3600 });
  const controller = new AbortController();
  const definition = pipeline({ bad: node({ inputs: [] }, fn, slow) }, { run: { retry: runRetry } });
  const run = errorOf(() => runner.run(definition, { signal: controller.signal }));
  await vi.waitFor(() => expect(attempts).toEqual([1]));
  controller.abort('enough');
  expect(await run).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: 'enough' });
  expect(attempts).toEqual([1]);
});

test('the timeout of a node is an error that a run may retry, also by its code', async () => {
  const { runner, clock } = await setUp();
  const attempts: number[] = [];
  const fn = ({ attempt }: NodeContext) => {
    attempts.push(attempt);
    return attempt === 1 ? new Promise<never>(() => {}) : Promise.resolve(7);
  };
  const definition = pipeline(
    { bad: node({ inputs: [] }, fn, timeout({ ms: 1 })) },
    { run: { retry: { ...runRetry, retryExceptions: ['FP_NODE_TIMEOUT'] } } },
  );
  expect(await clock.until(runner.run(definition))).toMatchObject({ outputs: { bad: 7 }, attempts: 2 });
  expect(attempts).toEqual([1, 2]);
});
