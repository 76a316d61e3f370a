/** Messages that led whoever read them to the wrong place. */
import { expect, test } from 'vitest';
import { createDriver, FlowerPowerError, node, tag } from '../index.js';

const create = createDriver as (options: unknown) => ReturnType<typeof createDriver>;
const declare: (...args: readonly unknown[]) => unknown = node;

function errorOf(run: () => unknown): FlowerPowerError {
  try {
    run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  return expect.fail('Nothing was thrown.');
}

test('a missing input is suggested the node that needs it, which would be a circle', () => {
  const m = {
    total: ({ totals }: { totals: number }) => totals,
    totaly: ({ total }: { total: number }) => total,
    totalx: () => 1,
  };
  const { message, hint } = errorOf(() => create({ modules: [m] }).executeSync(['totaly'] as never));
  expect(message).toContain("'totals' was not given; needed by 'total'");
  expect(hint).toBe("Did you mean 'totalx'?");
  const alone = { total: m.total };
  expect(errorOf(() => create({ modules: [alone] }).executeSync(['total'] as never)).hint).toBe(
    'Give it in inputs, or define a node of that name.',
  );
});

test('a missing input is suggested what the node takes already, or one name twice', () => {
  const price2 = ({ price1, price3 }: { price1: number; price3: number }) => price1 * price3;
  const price1 = ({ x }: { x: number }) => x;
  const run = (m: object) =>
    errorOf(() => create({ modules: [m] }).executeSync(['price2'] as never, { inputs: { price1: 1 } }));
  const hintOf = ({ problems, hint }: FlowerPowerError) =>
    problems.find(({ code }) => code === 'FP_MISSING_INPUT')?.hint ?? hint;
  expect(hintOf(run({ price1, price2 }))).toBe('Give it in inputs, or define a node of that name.');
  expect(hintOf(run({ price1, price2, price4: () => 1 }))).toBe("Did you mean 'price4'?");
});

test('a promise of a module that nobody awaited is taken for a module', () => {
  const { message, hint } = errorOf(() => create({ modules: [{}, Promise.resolve({})] }));
  expect(message).toBe('modules[1] must be an object, not Promise.');
  expect(hint).toBe('Write modules: [module], or [await import(…)].');
});

test.each([
  [{ modules: [{}, undefined] }, 'modules[1] must be an object, not undefined.'],
  [{ modules: [[{}]] }, 'modules[0] must be an object, not Array(1).'],
  [
    { modules: [{}], adapters: [null] },
    'adapters[0] must be a named adapter, whose hooks are onRunStart, onNodeStart, onNodeEnd, onRunEnd, aroundNode, not null.',
  ],
])('which item of a list is wrong is not said: %j', (options, message) => {
  expect(errorOf(() => create(options)).message).toBe(message);
});

test('what is made by node(…) twice is said to have a rest parameter', () => {
  const fn = ({ x }: { x: number }) => x;
  const f = declare(declare(fn, tag({ a: 'b' })), tag({ c: 'd' }));
  const { code, message, hint, problems } = errorOf(() => create({ modules: [{ f }] }));
  expect([code, problems.length]).toEqual(['FP_BAD_NODE', 1]);
  expect(message).toContain("node of 'f' in module 1: what it was given is a node already");
  expect(hint).toContain('Give the function itself');
});
