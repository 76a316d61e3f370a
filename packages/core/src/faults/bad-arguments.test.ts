/** What the compiler refuses, and JavaScript lets through: each is an error that names the option. */
import { describe, expect, test } from 'vitest';
import {
  createDriver,
  type CoreErrorCode,
  FlowerPowerError,
  node,
  retry,
  tag,
  tagOutputs,
} from '../index.js';

const m = { f: ({ x = 1 }: { x?: number }) => x };
// As JavaScript sees it.
const create = createDriver as (options?: unknown) => Driver;
interface Driver {
  execute(outputs?: unknown, options?: unknown): Promise<unknown>;
  executeSync(outputs?: unknown, options?: unknown): unknown;
  run(outputs?: unknown, options?: unknown): Promise<unknown>;
  runSync(outputs?: unknown, options?: unknown): unknown;
  plan(outputs?: unknown, options?: unknown): unknown;
  validateExecution(outputs?: unknown, options?: unknown): unknown;
  exportExecution(outputs?: unknown, options?: unknown): unknown;
}
const declare: (...args: readonly unknown[]) => unknown = node;

async function errorOf(run: () => unknown): Promise<FlowerPowerError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  return expect.fail('Nothing was thrown.');
}

const expectError = async (run: () => unknown, code: CoreErrorCode, text: string): Promise<void> => {
  const error = await errorOf(run);
  expect([error.code, error.message]).toEqual([code, expect.stringContaining(text)]);
};

describe('options of a driver', () => {
  test.each([
    [undefined, 'The options'],
    [{}, 'modules'],
    [{ modules: m }, 'modules'],
    [{ modules: [null] }, 'modules'],
    [{ modules: 'm' }, 'modules'],
    [{ modules: [m], config: null }, 'config'],
    [{ modules: [m], config: new Map() }, 'config'],
    [{ modules: [m], params: [] }, 'params'],
    [{ modules: [m], adapters: {} }, 'adapters'],
    [{ modules: [m], adapters: [undefined] }, 'adapters'],
    [{ modules: [m], executors: null }, 'executors'],
    [{ modules: [m], cache: 'memory' }, 'cache'],
    [{ modules: [m], log: {} }, 'log'],
    [{ modules: [m], allowModuleOverrides: 'yes' }, 'allowModuleOverrides'],
    [{ modules: [m], maxConcurrency: 1.5 }, 'maxConcurrency'],
    [{ modules: [m], maxConcurency: 2 }, 'maxConcurency'],
  ])('%j', (options, name) => expectError(() => create(options), 'FP_BAD_OPTION', name));

  test('every fault is reported', async () => {
    const error = await errorOf(() => create({ modules: [m], config: 1, maxConcurrency: 0, logs: {} }));
    expect(error.problems).toHaveLength(3);
    expect(error.problems[2]?.hint).toBe("Did you mean 'log'?");
  });
});

const calls = [
  'execute',
  'executeSync',
  'run',
  'runSync',
  'plan',
  'validateExecution',
  'exportExecution',
] as const;

describe.each(calls)('%s', (call) => {
  const driver = create({ modules: [m] });

  test.each([
    ['f', "Write ['f']."],
    [undefined, "Write ['name']."],
    [null, "Write ['name']."],
    [[m.f], "Write 'f'."],
    [[undefined], undefined],
  ])('outputs %s', async (outputs, hint) => {
    const error = await errorOf(() => driver[call](outputs));
    expect([error.code, error.message]).toEqual(['FP_BAD_OPTION', expect.stringContaining('utputs')]);
    expect(error.hint).toBe(hint);
  });

  test.each([
    [null, 'The options'],
    [{ inputs: null }, 'inputs'],
    [{ inputs: [1] }, 'inputs'],
    [{ inputs: new Map([['x', 1]]) }, 'inputs'],
    [{ overrides: null }, 'overrides'],
    [{ onError: 'continu' }, 'onError'],
    [{ maxConcurrency: 1.5 }, 'maxConcurrency'],
    [{ maxConcurrency: Number.NaN }, 'maxConcurrency'],
    [{ maxConcurrency: '2' }, 'maxConcurrency'],
    [{ signal: true }, 'signal'],
    [{ attempt: 0 }, 'attempt'],
    [{ runId: 5 }, 'runId'],
    [{ log: null }, 'log'],
    [{ adapters: 'x' }, 'adapters'],
    [{ onErorr: 'continue' }, 'onErorr'],
  ])('options %j', (options, name) => expectError(() => driver[call](['f'], options), 'FP_BAD_OPTION', name));

  test('what is undefined is not given', async () => {
    await driver[call](['f'], { inputs: undefined, signal: undefined, maxConcurrency: undefined });
  });
});

describe('modifiers', () => {
  const build = (f: unknown) => () => create({ modules: [{ f }] });

  test.each([
    [{ k: null }, "the tag 'k'"],
    [{ k: 1 }, "the tag 'k'"],
    [{ k: [1] }, "the tag 'k'"],
    [{ '': 1 }, 'empty name'],
    [null, 'the tags'],
    ['x', 'the tags'],
  ])('tag(%j)', async (tags, text) => {
    await expectError(build(node(() => 1, tag(tags as never))), 'FP_BAD_MODIFIER', text);
    await expectError(
      build(node(() => 1, tagOutputs({ f: tags } as never) as never)),
      'FP_BAD_MODIFIER',
      text,
    );
  });

  test('retry with a predicate that cannot answer at once', async () => {
    const when = async () => false;
    const f = node(() => 1, retry({ maxRetries: 1, when: when as never }));
    await expectError(build(f), 'FP_BAD_MODIFIER', 'when must be');
  });

  test('a predicate that turns out to give a promise retries nothing', async () => {
    let calls = 0;
    const lines: unknown[] = [];
    const log = { ...console, error: (...line: unknown[]) => void lines.push(line) };
    const f = () => {
      calls++;
      throw new Error('x');
    };
    const when = () => Promise.reject(new Error('nobody sees this'));
    const bad = { f: node(f, retry({ maxRetries: 3, retryDelay: 0, when: when as never })) };
    const report = createDriver({ modules: [bad], log }).runSync(['f']);
    expect([report.status, calls, lines.length]).toEqual(['failed', 1, 1]);
  });

  test.each([
    ['undefined', declare(() => 1, undefined)],
    ['null', declare(() => 1, tag({ a: 'b' }), null)],
    [
      'a modifier that was not called',
      declare(
        () => 1,
        () => 5,
      ),
    ],
  ])('node with %s in place of a modifier', (_, f) =>
    expectError(build(f), 'FP_BAD_MODIFIER', 'not a modifier'),
  );

  test.each([
    ['nothing', declare()],
    ['null', declare(null)],
    ['inputs only', declare({ inputs: ['a'] })],
    ['a text for inputs', declare({ inputs: 'ab' }, (a: number) => a)],
    ['numbers for inputs', declare({ inputs: [1] }, (a: number) => a)],
    ['options without inputs', declare({ input: ['a'] }, (a: number) => a)],
  ])('node of %s', (_, f) => expectError(build(f), 'FP_BAD_NODE', "'f'"));

  test('an export that cannot be read', () => {
    const exports = Object.defineProperty({ ...m }, 'g', {
      enumerable: true,
      get() {
        throw new Error('not ready');
      },
    });
    return expectError(
      () => create({ modules: [exports] }),
      'FP_BAD_NODE',
      "'g' of module 1 cannot be read: not ready",
    );
  });
});
