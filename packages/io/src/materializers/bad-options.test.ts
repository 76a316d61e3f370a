/** What the compiler refuses, and JavaScript lets through: each is an error that names the format. */
import { expect, test } from 'vitest';
import { from, to } from './create-materializers.js';

test.each([undefined, null, 'sales.csv', [], 7])('options that are %o', (options) => {
  const text = 'The options must be an object of values by name';
  for (const [type, make] of Object.entries({ ...from, ...to }) as [string, (given: unknown) => unknown][]) {
    let failed: unknown;
    try {
      make(options);
    } catch (error) {
      failed = error;
    }
    expect(failed).toMatchObject({
      code: 'FP_BAD_OPTION',
      message: expect.stringContaining(`${type}: ${text}`),
    });
  }
});

test('the compiler refuses them too', () => {
  // @ts-expect-error -- options
  expect(() => from.csv('sales.csv')).toThrow('csv: The options');
  // @ts-expect-error -- options
  expect(() => to.json(null)).toThrow('json: The options');
});
