/** SEMANTICS §1.1, §2.10 and §6.9: what the originals ignore, swallow or widen. Each test has the name of a fault. */
import { expect, test } from 'vitest';
import { createDriver, FlowerPowerError, isFlowerPowerError, node, retry, when } from '../index.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const m = {
  total: ({ rows, scale = 1 }: { rows: number[]; scale?: number }) => rows.length * scale,
  rate__uk: node(() => 0.2, when({ country: 'uk' })),
};

function refused(run: () => unknown): FlowerPowerError {
  try {
    run();
  } catch (error) {
    if (isFlowerPowerError(error)) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

test('§6.9, §1.1 unknown inputs are ignored, so that a typo in an optional one goes unnoticed', () => {
  const driver = createDriver({ modules: [m], config: { country: 'uk' } });
  const error = refused(() => driver.executeSync(['total'], { inputs: { rows: [1], scael: 2 } as never }));
  expect(error).toMatchObject({ code: 'FP_UNKNOWN_INPUT', hint: "Did you mean 'scale'?" });
});

test('§6.9, §1.1 unknown overrides are ignored', () => {
  const driver = createDriver({ modules: [m], config: { country: 'uk' } });
  const error = refused(() =>
    driver.executeSync(['total'], { inputs: { rows: [1] }, overrides: { totl: 2 } as never }),
  );
  expect(error).toMatchObject({ code: 'FP_UNKNOWN_OVERRIDE', hint: "Did you mean 'total'?" });
});

test('§6.9, §2.10.18 unknown configuration keys are ignored', () => {
  const error = refused(() => createDriver({ modules: [m], config: { country: 'uk', contry: 'de' } }));
  expect(error).toMatchObject({ code: 'FP_UNKNOWN_CONFIG_KEY' });
});

test('§1.4 a variant that fits no configuration becomes an input, and the error never mentions the configuration', () => {
  const driver = createDriver({ modules: [m], config: { country: 'fr' } });
  expect(refused(() => driver.executeSync(['rate'] as never)).hint).toContain('when({"country":"uk"})');
});

test('§6.9, §2.10.5 no outputs hang', async () => {
  const driver = createDriver({ modules: [m], config: { country: 'uk' } });
  expect(await driver.execute([])).toEqual({});
  expect((await driver.run([])).status).toBe('success');
});

test('§2.10.11 a mistyped exception name widens the retry to every error', () => {
  const flaky = node(() => 1, retry({ maxRetries: 1, retryExceptions: ['TimeotError'] }));
  expect(refused(() => createDriver({ modules: [{ flaky }] })).code).toBe('FP_BAD_MODIFIER');
});

test('§6.9, §2.10.11 deterministic errors are retried', () => {
  let calls = 0;
  const typo = (): number => {
    calls++;
    throw new TypeError('undefined is not a function');
  };
  const driver = createDriver({
    modules: [{ a: node(typo, retry({ maxRetries: 3, retryDelay: 0 })) }],
    log: quiet,
  });
  expect(() => driver.executeSync(['a'])).toThrow('undefined is not a function');
  expect(calls).toBe(1);
});

test('§2.10.16, §6.9 every error becomes one class, and the name of the node is lost', async () => {
  class OwnError extends Error {}
  const own = new OwnError('own');
  const a = (): number => {
    throw own;
  };
  const error: unknown = await createDriver({ modules: [{ a }] })
    .execute(['a'])
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: 'a' });
  expect((error as Error).cause).toBe(own);
});

test('§2.10.6 the later module takes precedence: duplicates are an error although overriding was asked for', () => {
  const first = { a: () => 'first', b: ({ a }: { a: string }) => a };
  const second = { a: () => 'second' };
  const driver = createDriver({ modules: [first, second], allowModuleOverrides: true });
  expect(driver.executeSync(['b'])).toEqual({ b: 'second' });
  expect(refused(() => createDriver({ modules: [first, second] })).code).toBe('FP_DUPLICATE_NODE');
});

test('every fault of a request is reported, not only the first', () => {
  const driver = createDriver({ modules: [m], config: { country: 'uk' } });
  const error = refused(() =>
    driver.executeSync(['total', 'toatl'] as never, { inputs: { row: [] }, overrides: { x: 1 } } as never),
  );
  expect(error.problems.map(({ code }) => code)).toEqual([
    'FP_UNKNOWN_OUTPUT',
    'FP_UNKNOWN_INPUT',
    'FP_UNKNOWN_OVERRIDE',
    'FP_MISSING_INPUT',
  ]);
});
