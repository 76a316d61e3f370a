/** Fan-outs and branches in a run: what is reported of them, however many items there are, and what a retry repeats. */
import { branch, collect, node, type NodeContext, parallelizable, saveTo, source } from '@flowerpower/core';
import { to } from '@flowerpower/io';
import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';
import type { RunEvent } from '../../events/run-event.js';

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const from0 = (count: number) => Array.from({ length: count }, (_, index) => index);
const brief = (events: readonly RunEvent[]) =>
  events.map((event) =>
    'node' in event && event.node !== undefined ? `${event.type} ${event.node}` : event.type,
  );

const squares = {
  number: node(({ count }: { count: number }) => from0(count), parallelizable()),
  square: ({ number }: { number: number }) => number * number,
  even: ({ square }: { square: number }) => square % 2 === 0,
  total: node(({ square }: { square: number[] }) => sum(square), collect('square')),
};

test('ten thousand items are reported as one node each, which ends before the collector starts', async () => {
  const { runner, events } = await setUp();
  const { outputs, nodes } = await runner.run(
    pipeline(squares, { run: { inputs: { count: 10_000 }, finalVars: ['total'] } }),
  );
  expect(outputs).toEqual({ total: 333_283_335_000 });
  expect(brief(events)).toEqual([
    'run.started',
    'node.started number',
    'node.succeeded number',
    'node.started square',
    'node.succeeded square',
    'node.started total',
    'node.succeeded total',
    'run.finished',
  ]);
  expect(events[4]).toMatchObject({ items: 10_000, summary: { type: 'array', rows: 10_000 } });
  expect(JSON.stringify(events).length).toBeLessThan(3000);
  expect(nodes).toEqual({
    number: { status: 'success', durationMs: 0 },
    square: { status: 'success', durationMs: 0, items: 10_000 },
    total: { status: 'success', durationMs: 0 },
  });
});

test('nodes that are outputs end with the attempt; nested ones and empty ones too', async () => {
  const { runner, events } = await setUp();
  const nested = {
    row: node(() => [[1, 2], [], [3]], parallelizable()),
    cell: node(({ row }: { row: number[] }) => row, parallelizable()),
    twice: ({ cell }: { cell: number }) => 2 * cell,
    perRow: node(({ twice }: { twice: number[] }) => sum(twice), collect('twice')),
    nothing: node((): number[] => [], parallelizable()),
    never: ({ nothing }: { nothing: number }) => nothing,
  };
  const { outputs, nodes } = await runner.run(pipeline(nested, { run: { finalVars: ['perRow', 'never'] } }));
  expect(outputs).toEqual({ perRow: [6, 0, 6], never: [] });
  expect(nodes).toMatchObject({
    cell: { items: 3 },
    twice: { items: 3 },
    perRow: { items: 3 },
    never: { status: 'success', items: 0 },
  });
  expect(events.at(-1)).toMatchObject({ nodes: { succeeded: 6, failed: 0, skipped: 0 } });
  const count = (type: string) => events.filter((event) => event.type === type).length;
  expect(count('node.started')).toBe(count('node.succeeded'));
});

test('a stream ends its nodes when the collector has read it', async () => {
  const { runner, events } = await setUp();
  const stream = {
    ...squares,
    total: node(
      async ({ square }: { square: AsyncIterable<number> }) => {
        let total = 0;
        for await (const one of square) if ((total += one) > 10) break;
        return total;
      },
      collect('square', { as: 'asyncIterable' }),
    ),
  };
  const { outputs } = await runner.run(
    pipeline(stream, { run: { inputs: { count: 10_000 }, finalVars: ['total'], maxConcurrency: 1 } }),
  );
  expect(outputs).toEqual({ total: 14 });
  expect(brief(events).slice(3, -1)).toEqual([
    'node.started total',
    'node.started square',
    'node.succeeded square',
    'node.succeeded total',
  ]);
  expect((events[5] as { items?: number }).items).toBeLessThan(200);
});

const faulty = {
  ...squares,
  square: ({ number }: { number: number }) => {
    if (number % 10 === 3) throw new Error(`${number} is unlucky`);
    return number * number;
  },
};

test('collected failures: twenty are reported one by one, all are counted', async () => {
  const { runner, events } = await setUp();
  const settled = {
    ...faulty,
    total: node(
      ({ square }: { square: PromiseSettledResult<number>[] }) => square.length,
      collect('square', { onItemError: 'collect' }),
    ),
  };
  const run = { inputs: { count: 1000 }, finalVars: ['total'] };
  const { outputs, nodes } = await runner.run(pipeline(settled, { run }));
  expect(outputs).toEqual({ total: 1000 });
  expect(nodes['square']).toEqual({ status: 'success', durationMs: 0, items: 1000, failedItems: 100 });
  const failed = events.filter((event) => event.type === 'item.failed');
  expect(failed).toHaveLength(20);
  expect(failed[1]).toMatchObject({ node: 'square', item: [13], error: { message: '13 is unlucky' } });
  expect(events.find((event) => event.type === 'node.succeeded' && event.node === 'square')).toMatchObject({
    items: 1000,
    failedItems: 100,
    firstFailure: { message: '3 is unlucky' },
  });
  expect(events.at(-1)).toMatchObject({ result: 'success', nodes: { succeeded: 3, failed: 0 } });
});

test.each([
  {
    onError: 'fail' as const,
    items: 4,
    other: 'node.stopped',
    summary: { succeeded: 1, failed: 1, skipped: 0 },
  },
  // What the failure has nothing to do with goes on, other items included.
  {
    onError: 'continue' as const,
    items: 10,
    other: 'node.succeeded',
    summary: { succeeded: 2, failed: 1, skipped: 1 },
  },
])('an item that fails the run (onError $onError)', async ({ onError, items, other, summary }) => {
  const { runner, events } = await setUp();
  const nodes = { ...faulty, entry: ({ number }: { number: number }) => number, square: faulty.square };
  const run = { inputs: { count: 10 }, finalVars: ['total', 'entry'], onError };
  const error = await errorOf(() => runner.run(pipeline(nodes, { run })));
  expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: 'square', item: [3] });
  const ofNode = (name: string) =>
    events.filter((event) => 'node' in event && event.node === name && event.type !== 'node.started');
  expect(ofNode('square').at(-1)).toMatchObject({
    type: 'node.failed',
    items,
    failedItems: 1,
    error: { message: '3 is unlucky' },
  });
  expect(ofNode('entry').at(-1)).toMatchObject({ type: other });
  expect(events.at(-1)).toMatchObject({ nodes: summary });
});

test('a collector that reads a stream is not to blame for the item that fails', async () => {
  const { runner, events } = await setUp();
  const nodes = {
    ...faulty,
    total: node(
      async ({ square }: { square: AsyncIterable<number> }) => {
        for await (const _ of square);
      },
      collect('square', { as: 'asyncIterable' }),
    ),
  };
  await errorOf(() => runner.run(pipeline(nodes, { run: { inputs: { count: 10 }, finalVars: ['total'] } })));
  expect(events.filter(({ type }) => type === 'node.failed')).toMatchObject([{ node: 'square' }]);
  expect(events.filter(({ type }) => type === 'node.skipped')).toMatchObject([
    { node: 'total', because: 'square' },
  ]);
});

test('progress is reported once a second', async () => {
  const { runner, events, clock } = await setUp();
  const slow = {
    ...squares,
    square: async ({ number }: { number: number }) => {
      await new Promise<void>((resolve) => clock.schedule(400, resolve));
      return number;
    },
  };
  const run = runner.run(
    pipeline(slow, { run: { inputs: { count: 8 }, finalVars: ['total'], maxConcurrency: 1 } }),
  );
  await clock.advance(3200);
  await run;
  expect(events.filter(({ type }) => type === 'node.progress')).toMatchObject([
    { node: 'square', items: 3 },
    { node: 'square', items: 6 },
  ]);
});

test('a retry repeats the fan-out, and nothing outside of it that has succeeded', async () => {
  const { runner, clock, events } = await setUp();
  const list = vi.fn(() => [1, 2, 3]);
  const seen: string[] = [];
  const nodes = {
    number: node(() => list(), parallelizable()),
    square: ({ number }: { number: number }, { attempt, idempotencyKey }: NodeContext) => {
      seen.push(`${attempt} ${idempotencyKey.split(':')[1]}`);
      if (number === 2 && attempt === 1) throw new Error('once');
      return number * number;
    },
    total: node(({ square }: { square: number[] }) => sum(square), collect('square')),
  };
  const retry = { maxRetries: 1, retryDelay: 1, jitterFactor: 0 };
  const run = runner.run(pipeline(nodes, { run: { retry } }));
  await clock.advance(1000);
  expect(await run).toMatchObject({ outputs: { total: 14 }, attempts: 2, nodes: { square: { items: 3 } } });
  expect(list).toHaveBeenCalledTimes(1);
  expect(seen).toEqual(['1 square[0]', '1 square[1]', '2 square[0]', '2 square[1]', '2 square[2]']);
  expect(events.at(-1)).toMatchObject({ nodes: { succeeded: 3, failed: 0 } });
});

test('a retry keeps the list of a node inside that was asked for and has succeeded', async () => {
  const { runner, clock } = await setUp();
  const square = vi.fn((number: number) => number * number);
  const nodes = {
    number: node(() => [1, 2], parallelizable()),
    square: ({ number }: { number: number }) => square(number),
    late: node(({ square }: { square: number[] }, { attempt }: NodeContext) => {
      if (attempt === 1) throw new Error('once');
      return square.length;
    }, collect('square')),
  };
  const retry = { maxRetries: 1, retryDelay: 1, jitterFactor: 0 };
  const run = runner.run(pipeline(nodes, { run: { retry, finalVars: ['square', 'late'] } }));
  await clock.advance(1000);
  expect((await run).outputs).toEqual({ square: [1, 4], late: 2 });
  expect(square).toHaveBeenCalledTimes(2);
});

test('log lines of items say which item', async () => {
  const { runner, logs, events } = await setUp();
  const nodes = {
    number: node(() => [5, 6], parallelizable()),
    logged: ({ number }: { number: number }, { log }: NodeContext) => log.info(`got ${number}`),
  };
  await runner.run(pipeline(nodes, { run: { finalVars: ['logged'] } }));
  expect(logs).toMatchObject([{ msg: 'got 5', node: 'logged', item: [0] }, { item: [1] }]);
  expect(events.filter(({ type }) => type === 'log')).toMatchObject([
    { item: [0], fields: {} },
    { item: [1] },
  ]);
});

test('a saver inside a fan-out tells of twenty files and gives the facts of all', async () => {
  const { runner, events, fs } = await setUp();
  const nodes = {
    number: node(() => from0(30), parallelizable()),
    path: ({ number }: { number: number }) => `out/${number}.json`,
    square: node(({ number }: { number: number }) => number ** 2, saveTo(to.json({ path: source('path') }))),
  };
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const { saved } = await runner.run(pipeline(nodes, { run: { finalVars: ['save.square'] } }));
  await settle();
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(saved['square']).toHaveLength(30);
  expect(await fs.readText('out/29.json')).toBe('841\n');
  expect(events.filter(({ type }) => type === 'artifact.written')).toHaveLength(20);
});

test('after a cancellation nothing of the fan-out goes on, and late items are logged once', async () => {
  const { runner, clock, events, logs } = await setUp();
  const ends: (() => void)[] = [];
  const nodes = {
    number: node(() => from0(5), parallelizable()),
    stuck: ({ number }: { number: number }) =>
      new Promise<number>((resolve) => ends.push(() => resolve(number))),
    total: node(({ stuck }: { stuck: number[] }) => sum(stuck), collect('stuck')),
  };
  const run = errorOf(() => runner.run(pipeline(nodes, { run: { timeout: 1 } })));
  await clock.advance(11_000);
  expect(await run).toMatchObject({ code: 'FP_RUN_TIMEOUT', context: { running: ['stuck'] } });
  const reported = events.length;
  for (const end of ends) end();
  await settle();
  expect(events).toHaveLength(reported);
  expect(logs.filter(({ msg }) => msg.includes("'stuck' ended after"))).toHaveLength(1);
});

const route = {
  kind: ({ amount }: { amount: number }) => (amount > 10 ? 'large' : 'small'),
  byHand: ({ amount }: { amount: number }) => `${amount} by hand`,
  form: ({ amount }: { amount: number }) => [amount],
  automatic: ({ form }: { form: number[] }) => `${form.join()} automatic`,
  answer: branch('kind', { large: 'byHand', small: 'automatic' }),
};

test('a side of a branch that was not taken is reported as not chosen', async () => {
  const { runner, events } = await setUp();
  const { outputs, nodes } = await runner.run(
    pipeline(route, { run: { inputs: { amount: 20 }, finalVars: ['answer'] } }),
  );
  expect(outputs).toEqual({ answer: '20 by hand' });
  expect(nodes).toMatchObject({
    byHand: { status: 'success' },
    form: { status: 'not-chosen' },
    automatic: { status: 'not-chosen' },
  });
  expect(events.filter(({ type }) => type === 'node.not-chosen')).toMatchObject([
    { node: 'form' },
    { node: 'automatic' },
  ]);
  expect(events.at(-1)).toMatchObject({
    nodes: { succeeded: 3, failed: 0, skipped: 0, notChosen: 2, cached: 0 },
  });
});

test('a retry after the choice tells it once', async () => {
  const { runner, clock, events } = await setUp();
  const late = ({ answer }: { answer: string }, { attempt }: NodeContext) => {
    if (attempt === 1) throw new Error('once');
    return answer;
  };
  const retry = { maxRetries: 1, retryDelay: 1, jitterFactor: 0 };
  const run = runner.run(
    pipeline({ ...route, late }, { run: { inputs: { amount: 20 }, finalVars: ['late'], retry } }),
  );
  await clock.advance(1000);
  expect((await run).nodes).toMatchObject({ form: { status: 'not-chosen' }, late: { status: 'success' } });
  expect(events.filter(({ type }) => type === 'node.not-chosen')).toHaveLength(2);
});
