/** `settle`: what a run that failed still gives. */
import { expect, test } from 'vitest';
import { errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';

const nodes = {
  good: () => 1,
  bad: async () => {
    throw new TypeError('no such thing');
  },
  after: ({ bad }: { bad: number }) => bad,
  other: async ({ good }: { good: number }) => good + 1,
};

test('with onError continue: the outputs of good nodes, what was saved, and each node with its reason', async () => {
  const { runner, fs } = await setUp();
  const save = { good: { type: 'json', path: 'good.json' }, after: { type: 'json', path: 'after.json' } };
  const outcome = await runner.settle(pipeline(nodes, { save, run: { onError: 'continue' } }));
  expect(outcome).toMatchObject({
    status: 'failure',
    pipeline: 'etl',
    outputs: { other: 2 },
    saved: { good: { uri: fs.uri('good.json') } },
    nodes: {
      good: { status: 'success', durationMs: 0 },
      bad: { status: 'failed', durationMs: 0, error: { name: 'TypeError', message: 'no such thing' } },
      after: { status: 'skipped', because: 'bad' },
      other: { status: 'success' },
      'save.after': { status: 'skipped', because: 'bad' },
    },
    attempts: 1,
    error: { code: 'FP_NODE_FAILED' },
  });
  expect(Object.keys(outcome.saved)).toEqual(['good']);
  expect(outcome.runId).toMatch(/^[\da-f-]{36}$/);
});

test('with onError fail: what was saved before the failure, and what never ran', async () => {
  const { runner, fs } = await setUp();
  let saved!: () => void;
  const isSaved = new Promise<void>((resolve) => (saved = resolve));
  const m = {
    good: () => 1,
    bad: async () => {
      await isSaved;
      throw new Error('boom');
    },
    after: ({ bad }: { bad: number }) => bad,
  };
  const save = { good: { type: 'json', path: 'good.json' } };
  const reported = await setUp({ fs, onEvent: ({ type }) => void (type === 'artifact.written' && saved()) });
  const outcome = await reported.runner.settle(pipeline(m, { save }));
  expect(outcome).toMatchObject({
    status: 'failure',
    saved: { good: { uri: fs.uri('good.json') } },
    nodes: { bad: { status: 'failed' }, after: { status: expect.stringMatching(/skipped|not-run/) } },
  });
  expect(await fs.readText('good.json')).toBe('1\n');
  await runner.close();
});

test('a run that cannot start has an id and an error, and no nodes', async () => {
  const { runner } = await setUp();
  const outcome = await runner.settle(pipeline(nodes, { run: { finalVars: ['goood'] } }));
  expect(outcome).toMatchObject({ status: 'failure', attempts: 0, outputs: {}, nodes: {} });
});

test('a node that is running when the run is given up is unfinished', async () => {
  const { runner, clock } = await setUp();
  const never = { never: () => new Promise(() => {}), next: ({ never }: { never: number }) => never };
  const running = runner.settle(pipeline(never, { run: { timeout: 1 } }));
  await clock.advance(1000);
  await clock.advance(10_000);
  expect(await running).toMatchObject({
    status: 'timeout',
    nodes: { never: { status: 'unfinished' }, next: { status: 'not-run' } },
    error: { code: 'FP_RUN_TIMEOUT' },
  });
});

test('run throws what settle gives', async () => {
  const { runner } = await setUp();
  const definition = pipeline(nodes, { run: { finalVars: ['bad'] } });
  const outcome = await runner.settle(definition);
  const error = await errorOf(() => runner.run(definition));
  expect(outcome.status === 'failure' && (outcome.error as Error).message).toBe(error.message);
});
