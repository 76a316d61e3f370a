import { expect, test, vi } from 'vitest';
import { errorOf, pipeline, type LoosePipeline, setUp } from '../../__fixtures__/set-up.js';
import { settle } from '../../__fixtures__/virtual-clock.js';

const nodes = {
  a: () => [1, 2],
  b: async ({ a }: { a: number[] }) => new Map(a.map((value) => [value, value])),
};

test('the events of a run that succeeds, as plain data', async () => {
  const { runner, events } = await setUp();
  await runner.run(pipeline(nodes, { save: { a: { type: 'json', path: 'a.json' } } }), { runId: 'r' });
  expect(events.map((event) => [event.seq, event.type, 'node' in event ? event.node : ''])).toEqual([
    [1, 'run.started', ''],
    [2, 'node.started', 'a'],
    [3, 'node.succeeded', 'a'],
    [4, 'node.started', expect.stringMatching(/^(b|save\.a)$/)],
    [5, 'node.started', expect.stringMatching(/^(b|save\.a)$/)],
    [6, 'node.succeeded', 'b'],
    [7, 'node.succeeded', 'save.a'],
    [8, 'artifact.written', 'a'],
    [9, 'run.finished', ''],
  ]);
  expect(events[0]).toEqual({
    v: 1,
    type: 'run.started',
    seq: 1,
    ts: '2026-01-01T00:00:00.000Z',
    runId: 'r',
    pipeline: 'etl',
    outputs: ['b'],
    planned: expect.arrayContaining(['a', 'b', 'save.a']),
  });
  expect(events[2]).toMatchObject({ attempt: 1, durationMs: 0, summary: { type: 'array', rows: 2 } });
  expect(events[5]).toMatchObject({ summary: { type: 'Map', rows: 2 } });
  expect(events[7]).toMatchObject({ metadata: { format: 'json', uri: 'memory:///a.json' } });
  expect(JSON.parse(JSON.stringify(events))).toEqual(events);
});

const boom = () => {
  throw new Error('boom');
};
const outcomes: [name: string, result: string, nodes: object, more: LoosePipeline, overrides: object][] = [
  ['success', 'success', nodes, {}, {}],
  ['a failing node', 'failure', { bad: boom }, {}, {}],
  [
    'a failing node, continued',
    'failure',
    { bad: boom, good: () => 1 },
    { run: { onError: 'continue' } },
    {},
  ],
  ['retries used up', 'failure', { bad: boom }, { run: { retry: { maxRetries: 2, retryDelay: 0 } } }, {}],
  ['a pipeline that cannot be built', 'failure', nodes, { params: { nothing: 1 } }, {}],
  ['a request that cannot start', 'failure', nodes, {}, { outputs: ['nothing'] }],
  ['a missing input', 'failure', { f: ({ x }: { x: number }) => x }, {}, {}],
  ['an aborted signal', 'cancellation', nodes, {}, { signal: AbortSignal.abort() }],
];

test.each(outcomes)(
  '%s: one run.started first, one run.finished last',
  async (_, result, m, more, overrides) => {
    const { runner, events, clock } = await setUp();
    const run = runner.run(pipeline(m, more), overrides).catch(() => {});
    await clock.advance(1);
    await run;
    const ends = (type: string) => events.filter((event) => event.type === type);
    expect(ends('run.started')).toEqual([events[0]]);
    expect(ends('run.finished')).toEqual([events.at(-1)]);
    expect(events.at(-1)).toMatchObject({ result });
    expect(ends('node.started')).toHaveLength(ends('node.succeeded').length + ends('node.failed').length);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  },
);

test.each(outcomes.filter(([name]) => name !== 'success'))(
  '%s: onFailure is called once, with the error that the caller gets',
  async (_, _result, m, more, overrides) => {
    const { runner, clock } = await setUp();
    const onFailure = vi.fn();
    const onSuccess = vi.fn();
    const run = errorOf(() =>
      runner.run(pipeline(m, { ...more, run: { ...more.run, onFailure, onSuccess } }), overrides),
    );
    await clock.advance(1);
    expect(onFailure.mock.calls).toEqual([[undefined, await run]]);
    expect(onSuccess).not.toHaveBeenCalled();
  },
);

test('onSuccess is called once, after the last attempt and before the last event', async () => {
  const { runner, events } = await setUp();
  const seen: unknown[] = [];
  const onSuccess = async (...args: unknown[]) => {
    await Promise.resolve();
    seen.push(args, events.at(-1)?.type);
  };
  const result = await runner.run(pipeline(nodes, { run: { onSuccess } }));
  expect(seen).toEqual([[result, undefined], 'node.succeeded']);
});

test.each([
  ['throws', () => boom()],
  ['rejects', () => Promise.reject(new Error('boom'))],
])('a callback that %s changes nothing and is logged once', async (_, callback) => {
  const { runner, logs, events } = await setUp();
  const run = { onSuccess: callback, onFailure: callback };
  expect((await runner.run(pipeline({ a: () => 1 }, { run }))).outputs).toEqual({ a: 1 });
  const cause = new Error('mine');
  const error = await errorOf(() => runner.run(pipeline({ a: () => Promise.reject(cause) }, { run })));
  expect(error.cause).toBe(cause);
  expect(logs.map(({ level, msg }) => [level, msg.split(' threw')[0]])).toEqual([
    ['ERROR', 'The callback onSuccess'],
    ['ERROR', 'The callback onFailure'],
  ]);
  expect(events.filter(({ type }) => type === 'log')).toHaveLength(2);
  expect(events.at(-1)?.type).toBe('run.finished');
});

test.each([
  ['throws', () => boom()],
  ['rejects', () => Promise.reject(new Error('boom'))],
])('a listener that %s changes nothing and is logged once, not reported again', async (_, onEvent) => {
  const { runner, logs, events } = await setUp({ onEvent });
  expect((await runner.run(pipeline({ a: () => 1 }))).outputs).toEqual({ a: 1 });
  await settle();
  expect(events.map(({ type }) => type)).toEqual([
    'run.started',
    'node.started',
    'node.succeeded',
    'run.finished',
  ]);
  expect(logs.map(({ level, msg }) => [level, msg])).toEqual([
    ['WARNING', "The event listener failed at 'run.started'; the run goes on, and this is said once."],
  ]);
});

test('continue: descendants of a failure are skipped, naming it; siblings finish', async () => {
  const { runner, events } = await setUp();
  const m = {
    bad: boom,
    child: ({ bad }: { bad: number }) => bad,
    grandchild: ({ child, good }: { child: number; good: number }) => child + good,
    good: () => 1,
    better: async ({ good }: { good: number }) => good + 1,
  };
  await errorOf(() => runner.run(pipeline(m, { run: { onError: 'continue' } })));
  expect(events.filter((event) => event.type === 'node.skipped')).toMatchObject([
    { node: 'child', because: 'bad', attempt: 1 },
    { node: 'grandchild', because: 'bad', attempt: 1 },
  ]);
  expect(events.at(-1)).toMatchObject({ nodes: { succeeded: 2, failed: 1, skipped: 2 } });
});

test('fail: nothing starts after the failure', async () => {
  const { runner, events } = await setUp();
  await errorOf(() => runner.run(pipeline({ bad: boom, next: () => 1 })));
  expect(events.map(({ type }) => type)).toEqual([
    'run.started',
    'node.started',
    'node.failed',
    'run.finished',
  ]);
  expect(events[2]).toMatchObject({
    node: 'bad',
    error: { name: 'Error', message: 'boom', stack: expect.any(String) },
  });
});

test('adapters of the caller take part in the run', async () => {
  const { runner } = await setUp();
  const double = { name: 'double', aroundNode: (_: unknown, next: () => unknown) => (next() as number) * 2 };
  expect((await runner.run(pipeline({ a: () => 2 }), { adapters: [double] })).outputs).toEqual({ a: 4 });
});
