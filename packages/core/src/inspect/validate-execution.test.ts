import { expect, test } from 'vitest';
import { createDriver } from '../index.js';

let calls = 0;
const m = {
  double: ({ x }: { x: number }) => {
    calls++;
    return 2 * x;
  },
  label: ({ double, unit = '' }: { double: number; unit?: string }) => `${double}${unit}`,
};
const driver = createDriver({ modules: [m] });

test.each<[string, string, string[], object]>([
  ['unknown output', 'FP_UNKNOWN_OUTPUT', ['dobule'], { inputs: { x: 1 } }],
  ['unknown input', 'FP_UNKNOWN_INPUT', ['double'], { inputs: { x: 1, y: 2 } }],
  ['unknown override', 'FP_UNKNOWN_OVERRIDE', ['double'], { inputs: { x: 1 }, overrides: { dobule: 1 } }],
  ['missing input', 'FP_MISSING_INPUT', ['label'], {}],
  ['several', 'FP_INVALID_EXECUTION', ['label', 'z'], { inputs: { y: 2 } }],
])('%s: the same error as execute, and nothing runs', async (_, code, outputs, options) => {
  calls = 0;
  const rejected = await driver.execute(outputs as never, options).catch((error: unknown) => error);
  const thrown = (() => {
    try {
      return driver.validateExecution(outputs as never, options);
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toEqual(rejected);
  expect(thrown).toMatchObject({ code });
  expect(calls).toBe(0);
});

test('an impossible limit is refused like in execute', async () => {
  const options = { inputs: { x: 1 }, maxConcurrency: 0 };
  await expect(driver.execute(['double'], options)).rejects.toMatchObject({ code: 'FP_BAD_OPTION' });
  expect(() => driver.validateExecution(['double'], options)).toThrow('maxConcurrency must be');
});

test('a request that can start passes, with any option of execute, and runs nothing', () => {
  calls = 0;
  driver.validateExecution(['label'], {
    inputs: { x: 1 },
    signal: AbortSignal.abort(),
    onError: 'continue',
    runId: 'r',
    attempt: 2,
    adapters: [{ name: 'a' }],
    maxConcurrency: 1,
  });
  driver.validateExecution(['label'], { overrides: { double: 3 } });
  expect(calls).toBe(0);
});
