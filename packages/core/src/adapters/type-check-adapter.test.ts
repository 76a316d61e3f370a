import { expect, test, vi } from 'vitest';
import type { StandardSchema } from '../model/standard-schema.js';
import { createDriver, typeCheckAdapter } from '../index.js';

function schema(accepts: (value: unknown) => boolean, asynchronous = false): StandardSchema {
  const validate = (value: unknown) =>
    accepts(value) ? { value: 'transformed' } : { issues: [{ message: 'expected a number', path: ['x'] }] };
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: asynchronous ? async (value) => validate(value) : validate,
    },
  };
}
const isNumber = (value: unknown) => typeof value === 'number';
const m = {
  good: () => 1,
  wrong: () => 'text',
  later: async () => 'text',
  broken: (): number => {
    throw new RangeError('own');
  },
  brokenLater: () => Promise.reject(new RangeError('own')),
  unchecked: () => 'text',
};
const names = ['good', 'wrong', 'later', 'broken', 'brokenLater'];

test.each([
  ['synchronous', false],
  ['asynchronous', true],
])('%s schemas', async (_, asynchronous) => {
  const schemas = Object.fromEntries(names.map((name) => [name, schema(isNumber, asynchronous)]));
  const driver = createDriver({ modules: [m], adapters: [typeCheckAdapter({ schemas })] });
  expect(await driver.execute(['good', 'unchecked'])).toEqual({ good: 1, unchecked: 'text' });
  for (const name of ['wrong', 'later'] as const) {
    await expect(driver.execute([name])).rejects.toMatchObject({
      node: name,
      cause: {
        code: 'FP_WRONG_TYPE',
        message: `The value of '${name}' has the wrong type: x: expected a number.`,
      },
    });
  }
  for (const name of ['broken', 'brokenLater'] as const) {
    await expect(driver.execute([name])).rejects.toMatchObject({ cause: new RangeError('own') });
  }
});

test('synchronous nodes with synchronous schemas stay synchronous', () => {
  const adapter = typeCheckAdapter({ schemas: { good: schema(isNumber) } });
  expect(createDriver({ modules: [m], adapters: [adapter] }).executeSync(['good'])).toEqual({ good: 1 });
});

test('a schema for an unknown node is reported', async () => {
  const warn = vi.fn();
  const log = { debug() {}, info() {}, warn, error() {} };
  const adapter = typeCheckAdapter({ schemas: { goood: schema(isNumber) } });
  await createDriver({ modules: [m], adapters: [adapter], log }).execute(['good']);
  expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("'typeCheck'"), {
    error: expect.objectContaining({ code: 'FP_UNKNOWN_NODE', hint: "Did you mean 'good'?" }),
  });
});

test('what is not a schema is refused by name', () => {
  expect(() => typeCheckAdapter({ schemas: { a: {} as never, b: schema(isNumber), c: 1 as never } })).toThrow(
    expect.objectContaining({ code: 'FP_BAD_ADAPTER_OPTION', message: expect.stringContaining("'a', 'c'") }),
  );
});
