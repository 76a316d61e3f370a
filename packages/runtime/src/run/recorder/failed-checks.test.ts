import {
  checkOutput,
  collect,
  inRange,
  node,
  notNull,
  parallelizable,
  type ValidationResult,
} from '@flowerpower/core';
import { expect, test } from 'vitest';
import { pipeline, setUp } from '../../__fixtures__/set-up.js';

test('checks that only warn are in the result, and so in what --json prints', async () => {
  const { runner } = await setUp();
  const m = {
    price: node(() => 12, checkOutput(inRange(0, 10), notNull())),
    reported: ({ price_inRange, price }: { price_inRange: ValidationResult; price: number }) =>
      `${price}: ${price_inRange.message}`,
  };
  const { checks, outputs } = await runner.run(pipeline(m));
  expect(outputs).toEqual({ reported: '12: 12 is not between 0 and 10' });
  expect(checks).toMatchObject([
    { node: 'price', check: 'inRange(0, 10)', importance: 'warn', message: '12 is not between 0 and 10' },
  ]);
});

test('a check that fails its node is reported beside the error', async () => {
  const { runner } = await setUp();
  const m = { price: node(() => 12, checkOutput(inRange(0, 10), { importance: 'fail' })) };
  const outcome = await runner.settle(pipeline(m));
  expect(outcome).toMatchObject({ status: 'failure', checks: [{ node: 'price', importance: 'fail' }] });
});

test('inside a fan-out a check is reported once, with the number of items', async () => {
  const { runner } = await setUp();
  const m = {
    n: node(() => [1, 20, 3, 40], parallelizable()),
    half: node(({ n }: { n: number }) => n / 2, checkOutput(inRange(0, 5))),
    all: node(({ half }: { half: number[] }) => half, collect('half')),
  };
  const { checks } = await runner.run(pipeline(m));
  expect(checks).toMatchObject([
    {
      node: 'half',
      check: 'inRange(0, 5)',
      importance: 'warn',
      message: '10 is not between 0 and 5',
      items: 2,
    },
  ]);
});

test('what a check found in an earlier attempt, whose value is kept, still counts once', async () => {
  const { runner } = await setUp();
  let tries = 0;
  const m = {
    kept: node(() => 12, checkOutput(inRange(0, 10))),
    flaky: ({ kept }: { kept: number }) => {
      if (++tries === 1) throw new Error('once');
      return kept;
    },
  };
  const retry = { maxRetries: 1, retryDelay: 0, jitterFactor: 0 };
  const { checks, attempts } = runner.runSync(pipeline(m, { run: { retry } }));
  expect(attempts).toBe(2);
  expect(checks).toMatchObject([{ node: 'kept', message: '12 is not between 0 and 10' }]);
});
