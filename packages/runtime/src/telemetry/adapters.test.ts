/** Adapters that YAML names: found, made, told, and never able to hurt a run. */
import { defineAdapter, definePlugin, type RunAdapter, type WatchedRun } from '@flowerpower/plugin';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../__fixtures__/set-up.js';
import { settle } from '../__fixtures__/virtual-clock.js';
import { finishMs } from './run-watchers.js';
import { initializeTelemetry } from './telemetry.js';

const plugin = (adapter: RunAdapter, options?: ReturnType<typeof v.strictObject>) =>
  definePlugin({
    name: 'p',
    apiVersion: 1,
    adapters: { spy: defineAdapter({ options, create: () => adapter }) },
  });
const watched = { withAdapter: { spy: true } };
const nodes = { a: () => 1, b: ({ a }: { a: number }) => a + 1 };

test('an adapter is told of the run, of every event in order, and of the end with its outputs', async () => {
  const told: unknown[] = [];
  let begun: WatchedRun | undefined;
  const { runner, events } = await setUp({
    plugins: [
      plugin({
        start: (run) => void (begun = run),
        onEvent: (event) => told.push(event),
        finish: (end) => told.push(end),
      }),
    ],
  });
  const definition = pipeline(nodes, {
    params: { rate: 2 },
    run: { ...watched, inputs: {} },
    modules: [nodes, { c: (rate: number) => rate }],
  });
  const { runId } = await runner.run(definition, { inputs: { rate: 3 }, overrides: { a: 5 } });
  expect(begun).toMatchObject({
    runId,
    pipeline: 'etl',
    outputs: ['b', 'c'],
    planned: ['b', 'c'],
    inputs: { rate: 3 },
    overrides: { a: 5 },
  });
  expect(begun?.graph?.nodes.has('b')).toBe(true);
  expect(begun?.parameters()).toEqual({ 'params.rate': '2', 'inputs.rate': '3' });
  expect(told.slice(0, -1)).toEqual(events);
  expect(told.at(-1)).toMatchObject({ status: 'success', outputs: { b: 6, c: 3 } });
});

test('a run that cannot start is told as well', async () => {
  const told: string[] = [];
  const { runner } = await setUp({
    plugins: [
      plugin({
        start: ({ graph }) => told.push(`start ${typeof graph}`),
        onEvent: ({ type }) => told.push(type),
        finish: ({ status }) => told.push(status),
      }),
    ],
  });
  await errorOf(() => runner.run(pipeline({ a: ({ gone }: { gone: number }) => gone }, { run: watched })));
  expect(told).toEqual(['start undefined', 'run.started', 'run.finished', 'failure']);
});

describe('what YAML says', () => {
  const withAdapter = (choice: Readonly<Record<string, unknown>>, adapter = {}) => ({
    ...pipeline(nodes, { run: { withAdapter: choice } }),
    adapter,
  });

  test.each([
    [{ openlineage: true }, 'FP_UNKNOWN_ADAPTER', /Install @flowerpower\/plugin-openlineage/],
    [{ mlflow: true }, 'FP_UNKNOWN_ADAPTER', /Install @flowerpower\/plugin-mlflow/],
    [{ openlinage: true }, 'FP_UNKNOWN_ADAPTER', /Did you mean 'openlineage'/],
    [{ progres: true }, 'FP_UNKNOWN_ADAPTER', /Did you mean 'progress'/],
    [{ hamilton_tracker: true }, 'FP_UNKNOWN_ADAPTER', /use opentelemetry, openlineage or mlflow/],
    [{ hamiltonTracker: {} }, 'FP_UNKNOWN_ADAPTER', /opentelemetry/],
    [{ ray: true }, 'FP_UNKNOWN_ADAPTER', /run concurrently anyway/],
    [{ progress: 'on' }, 'FP_INVALID_RUN_OPTION', /must be true, false, or a map/],
    [{ progress: true, progressbar: true }, 'FP_INVALID_RUN_OPTION', /once more/],
    [{ progress: { every: 1 } }, 'FP_INVALID_RUN_OPTION', /progress has no options, but is given every/],
  ])('%j is refused', async (choice, code, words) => {
    const { runner } = await setUp();
    const error = await errorOf(() => runner.build(withAdapter(choice)));
    expect(error).toMatchObject({ code });
    expect(`${error.message} ${String(error['hint'])}`).toMatch(words);
    expect(error.message).toContain(`run.withAdapter.${Object.keys(choice).at(-1)}`);
  });

  test('what is off is off, in whatever spelling', async () => {
    const { runner } = await setUp();
    const off = { mlflow: false, ray: null, hamilton_tracker: false, future: false, unheardOf: undefined };
    expect(runner.build(withAdapter(off)).warnings).toEqual([]);
  });

  test('future has no effect, with a warning', async () => {
    const { runner } = await setUp();
    expect(runner.build(withAdapter({ future: true })).warnings).toEqual([
      expect.stringContaining('run.withAdapter.future has no effect'),
    ]);
  });

  test('options are those under adapter with those of withAdapter over them, judged before anything runs', async () => {
    const seen: unknown[] = [];
    const options = v.strictObject({ a: v.optional(v.number()), b: v.optional(v.number()) });
    const spy = defineAdapter({ options, create: (given) => (seen.push(given), { onEvent() {} }) });
    const { runner } = await setUp({
      plugins: [definePlugin({ name: 'p', apiVersion: 1, adapters: { spy } })],
    });
    await runner.run(withAdapter({ spy: { b: 3 } }, { spy: { a: 1, b: 2 } }));
    expect(seen).toEqual([{ a: 1, b: 3 }]);
    const error = await errorOf(() => runner.build(withAdapter({ spy: { c: 1 } })));
    expect(error.message).toContain("run.withAdapter.spy: spy has no option 'c'");
  });
});

describe('C09: an adapter that throws changes nothing, with one warning and a count', () => {
  const fail = () => {
    throw new Error('broken');
  };
  test.each<[string, RunAdapter]>([
    ['start', { start: fail, onEvent() {} }],
    ['onEvent', { onEvent: fail }],
    ['onEvent, later', { onEvent: () => Promise.reject(new Error('broken')) }],
    ['finish', { onEvent() {}, finish: fail }],
    ['finish, later', { onEvent() {}, finish: () => Promise.reject(new Error('broken')) }],
  ])('in %s', async (_where, adapter) => {
    const before = initializeTelemetry().lost()['spy'] ?? 0;
    const { runner, logs } = await setUp({ plugins: [plugin(adapter)] });
    const { outputs } = await runner.run(pipeline(nodes, { run: watched }));
    await settle();
    expect(outputs).toEqual({ b: 2 });
    expect(logs).toMatchObject([
      {
        level: 'WARNING',
        msg: expect.stringContaining("The adapter 'spy' lost something: broken") as string,
      },
    ]);
    expect(initializeTelemetry().lost()['spy']).toBeGreaterThan(before);
  });

  test('while it is made', async () => {
    const spy = defineAdapter({ create: fail });
    const { runner, logs } = await setUp({
      plugins: [definePlugin({ name: 'p', apiVersion: 1, adapters: { spy } })],
    });
    expect((await runner.run(pipeline(nodes, { run: watched }))).outputs).toEqual({ b: 2 });
    expect(logs).toHaveLength(1);
  });
});

test('C48: a run waits two seconds for an adapter that hangs, then goes without it', async () => {
  let signal: AbortSignal | undefined;
  const hanging: RunAdapter = {
    onEvent() {},
    finish: (_end, given) => {
      signal = given;
      return new Promise(() => {});
    },
  };
  const before = initializeTelemetry().lost()['spy'] ?? 0;
  const { runner, clock, logs } = await setUp({ plugins: [plugin(hanging)] });
  const run = runner.run(pipeline(nodes, { run: watched }));
  let ended = false;
  void run.then(() => (ended = true));
  await clock.advance(finishMs - 1);
  expect([ended, signal?.aborted]).toEqual([false, false]);
  await clock.advance(1);
  expect([ended, signal?.aborted]).toEqual([true, true]);
  expect((await run).outputs).toEqual({ b: 2 });
  expect(logs).toHaveLength(1);
  expect(initializeTelemetry().lost()['spy']).toBe(before + 1);
  expect(clock.pending).toEqual([]);
});

test('an adapter that is done is not waited for, and closing a runner waits for those that are not', async () => {
  let release!: () => void;
  const slow: RunAdapter = {
    onEvent() {},
    finish: () => new Promise<void>((resolve) => (release = resolve)),
  };
  const { runner, clock } = await setUp({ plugins: [plugin(slow)] });
  const run = runner.run(pipeline(nodes, { run: watched }));
  await settle();
  let closed = false;
  const closing = runner.close().then(() => (closed = true));
  await settle();
  expect(closed).toBe(false);
  release();
  await run;
  await closing;
  expect(clock.pending).toEqual([]);
});

test('a synchronous run tells its adapters, and does not wait for them', async () => {
  const told: string[] = [];
  const { runner } = await setUp({
    plugins: [plugin({ onEvent: ({ type }) => told.push(type), finish: () => new Promise(() => {}) })],
  });
  expect(runner.runSync(pipeline(nodes, { run: watched })).outputs).toEqual({ b: 2 });
  expect(told.at(-1)).toBe('run.finished');
});

test('C41: what an adapter is told is masked, wherever it stands, and so are parameters', async () => {
  const told: unknown[] = [];
  const { runner } = await setUp({
    plugins: [plugin({ start: (run) => told.push(run.parameters()), onEvent: (event) => told.push(event) })],
  });
  const secret = 'hunter2-hunter2';
  const failing = {
    a: (dsn: string, _url: string) => {
      throw new Error(`cannot reach ${dsn}`, { cause: new Error(dsn) });
    },
  };
  const definition = {
    ...pipeline(failing, {
      params: { a: { dsn: secret } },
      run: { ...watched, inputs: {}, config: { _url: `x://${secret}` } },
    }),
    mask: (text: string) => text.replaceAll(secret, '***'),
  };
  await errorOf(() => runner.run(definition));
  expect(told.length).toBeGreaterThan(3);
  expect(JSON.stringify(told)).not.toContain(secret);
  expect(JSON.stringify(told)).toContain('cannot reach ***');
});

test('progress says how far the run is, about once a second and at its end', async () => {
  const { runner, clock, logs } = await setUp();
  const wait = (ms: number) => new Promise<void>((resolve) => clock.schedule(ms, resolve));
  const slow = { a: () => wait(700), b: () => wait(1100), c: () => wait(1200), d: (c: unknown) => c };
  await clock.until(runner.run(pipeline(slow, { run: { withAdapter: { progressbar: true } } })));
  expect(logs.map(({ msg }) => msg)).toEqual(['2 of 4 nodes; running: c', '4 of 4 nodes']);
});
