/** Hooks around a run: a guard before it, listeners after it. */
import { expect, test } from 'vitest';
import { deferred, errorOf, pipeline, setUp } from '../../__fixtures__/set-up.js';
import type { RunHooks } from '../../config/run-hooks.js';

const nodes = { sum: ({ a }: { a: number }) => a + 1 };
const withHooks = (hooks: RunHooks) => ({ ...pipeline(nodes, { run: { inputs: { a: 1 } } }), hooks });

test('before: one after the other, once, whatever the attempts; after: with the outcome', async () => {
  const { runner, clock } = await setUp();
  const told: unknown[] = [];
  let calls = 0;
  const shaky = {
    sum: ({ a }: { a: number }) => {
      if (++calls === 1) throw new Error('busy');
      return a + 1;
    },
  };
  const retry = { maxRetries: 1, retryDelay: 0, jitterFactor: 0, retryExceptions: [] };
  const definition = {
    ...pipeline(shaky, { run: { inputs: { a: 1 }, retry } }),
    hooks: {
      before: [
        { name: 'first', call: async ({ inputs, outputs }) => void told.push(['first', inputs, outputs]) },
        { name: 'second', call: () => void told.push('second') },
      ],
      after: [
        {
          name: 'third',
          call: async ({ outcome }) => void told.push(['third', outcome.status, outcome.attempts]),
        },
        { name: 'fourth', call: ({ pipeline }) => void told.push(['fourth', pipeline]) },
      ],
    } satisfies RunHooks,
  };
  await clock.until(runner.run(definition, { inputs: { a: 4 } }));
  expect(told).toEqual([['first', { a: 4 }, ['sum']], 'second', ['third', 'success', 2], ['fourth', 'etl']]);
  await runner.close();
});

test('one that throws before the run fails it: no node runs, and those after it hear of it', async () => {
  const { runner, events } = await setUp();
  const cause = new Error('Not on Sundays.');
  const place = { file: 'hooks/sunday.ts' };
  const told: unknown[] = [];
  const refuse = () => {
    throw cause;
  };
  const error = await errorOf(() =>
    runner.run(
      withHooks({
        before: [{ name: 'beforeRun in hooks/sunday.ts', place, call: refuse }],
        after: [{ name: 'after', call: ({ outcome }) => void told.push(outcome.status) }],
      }),
    ),
  );
  expect(error).toMatchObject({ code: 'FP_HOOK_FAILED', places: [place], cause });
  expect(error.message).toBe(
    'The hook beforeRun in hooks/sunday.ts failed: Not on Sundays. No node was run.',
  );
  expect(told).toEqual(['failure']);
  expect(events.map(({ type }) => type)).toEqual(['run.started', 'run.finished']);
  await runner.close();
});

test('C09: one that fails after the run changes nothing, and the next is called all the same', async () => {
  const { runner, logs } = await setUp();
  const told: unknown[] = [];
  const { outputs } = await runner.run(
    withHooks({
      after: [
        { name: 'broken', call: async () => Promise.reject(new Error('no line')) },
        {
          name: 'worse',
          call() {
            throw new Error('no line');
          },
        },
        { name: 'well', call: () => void told.push('told') },
      ],
    }),
  );
  expect(outputs).toEqual({ sum: 2 });
  expect(told).toEqual(['told']);
  expect(logs.map(({ msg }) => msg)).toEqual([
    'The hook broken failed; the outcome of the run stays as it is.',
    'The hook worse failed; the outcome of the run stays as it is.',
  ]);
  await runner.close();
});

test('a timeout ends the wait for a hook', async () => {
  const { runner, clock } = await setUp();
  const definition = withHooks({ before: [{ name: 'endless', call: () => deferred().promise }] });
  const run = { ...definition.run, timeout: 2 };
  expect(await errorOf(() => clock.until(runner.run({ ...definition, run })))).toMatchObject({
    code: 'FP_RUN_TIMEOUT',
  });
  expect(clock.elapsedMs()).toBe(2000);
  await runner.close();
});

test('in a synchronous run a promise is refused before, and not waited for after', async () => {
  const { runner } = await setUp();
  const async = { name: 'slow', call: async () => {} };
  expect(await errorOf(() => runner.runSync(withHooks({ before: [async] })))).toMatchObject({
    code: 'FP_NOT_SYNCHRONOUS',
  });
  expect(runner.runSync(withHooks({ after: [async] })).outputs).toEqual({ sum: 2 });
  await runner.close();
});

test('what is no hook is refused', async () => {
  const { runner } = await setUp();
  expect(await errorOf(() => runner.run(withHooks({ before: [() => {}] as never })))).toMatchObject({
    code: 'FP_BAD_OPTION',
  });
  await runner.close();
});

test('a hook after the run that never ends is left behind once the grace period of a stop is over', async () => {
  const { runner, clock, logs } = await setUp();
  const definition = withHooks({ after: [{ name: 'endless', call: () => deferred().promise }] });
  const run = { ...definition.run, timeout: 2, grace: 3 };
  const { outputs } = await clock.until(runner.run({ ...definition, run }));
  expect(outputs).toEqual({ sum: 2 });
  expect(clock.elapsedMs()).toBe(5000);
  expect(logs.map(({ msg }) => msg)).toEqual([
    'A hook after the run did not end 3 s after the run had to; it is left behind.',
  ]);
  await runner.close();
});
