import { FlowerPowerError } from '@flowerpower/core';
import { expect, test } from 'vitest';
import { withinTimeout } from './within-timeout.js';

const timeoutError = () => new FlowerPowerError({ code: 'FP_RUN_TIMEOUT', message: 'too late' });

test('work that never ends is given up, and what ends keeps its value or its error', async () => {
  const never = new Promise<never>(() => {});
  await expect(withinTimeout(never, 5, timeoutError)).rejects.toMatchObject({ message: 'too late' });
  expect(await withinTimeout(Promise.resolve(1), 60_000, timeoutError)).toBe(1);
  await expect(withinTimeout(Promise.reject(new Error('own')), 60_000, timeoutError)).rejects.toThrow('own');
});

test.each([undefined, Number.POSITIVE_INFINITY, 2 ** 31])('a timeout of %s is none', async (timeoutMs) => {
  expect(await withinTimeout(Promise.resolve(1), timeoutMs, timeoutError)).toBe(1);
});
