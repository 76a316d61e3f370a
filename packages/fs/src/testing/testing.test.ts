import { describe, expect, test } from 'vitest';
import { registerContract } from './contract.js';

describe('registerContract', () => {
  const contract = {
    title: 'numbers',
    rules: {
      'is positive': async (n: number) => expect(n).toBeGreaterThan(0),
      'is even': async (n: number) => expect(n % 2).toBe(0),
    },
    withSubject: (check: (n: number) => Promise<void>) => check(3),
  };

  function run(deviations: Record<string, string>) {
    const tests = new Map<string, () => Promise<void>>();
    const registrar = {
      describe: (_name: string, body: () => void) => body(),
      test: (name: string, body: () => Promise<void>) => tests.set(name, body),
    };
    registerContract(registrar, contract, deviations);
    return tests;
  }

  test('a rule that is kept passes and one that is not fails', async () => {
    const tests = run({});
    await tests.get('is positive')!();
    await expect(tests.get('is even')!()).rejects.toThrow();
  });

  test('a deviation is expected to fail, and fails when it is no longer needed', async () => {
    await run({ 'is even': 'three is odd' }).get('is even (deviates: three is odd)')!();
    await expect(run({ 'is positive': 'stale' }).get('is positive (deviates: stale)')!()).rejects.toThrow(
      'no longer needed',
    );
  });

  test('an unknown rule and a missing reason are refused', () => {
    expect(() => run({ 'is odd': 'typo' })).toThrow("'is odd' is not a rule");
    expect(() => run({ 'is even': '' })).toThrow('needs a reason');
  });
});
