import { expect, test } from 'vitest';
import { builtinSavers } from '../builtins.js';
import { saverContract } from './saver-contract.js';

test('a sample without values that are refused is told so, before any test', () => {
  const registrar = { describe: () => expect.unreachable(), test: () => expect.unreachable() };
  const sample = { saver: builtinSavers.text, path: 'a.txt', value: () => 'hello', expected: 'hello' };
  expect(() => saverContract(registrar as never, sample as never)).toThrow(
    expect.objectContaining({
      code: 'FP_BAD_OPTION',
      message: expect.stringContaining('refused'),
      hint: expect.stringContaining('[() => 1]'),
    }),
  );
});
