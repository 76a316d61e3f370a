import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  checkOutput,
  collect,
  createDriver,
  extractFields,
  FatalError,
  group,
  inject,
  inRange,
  node,
  type NodeContext,
  type NodeRetryOptions,
  parallelizable,
  parameterize,
  retry,
  RetryableError,
  source,
  timeout,
  value,
} from '../index.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Throws the errors one after the other, then gives the value. */
function flaky<T>(errors: readonly unknown[], result: T) {
  const left = [...errors];
  return vi.fn((): T => {
    if (left.length > 0) throw left.shift();
    return result;
  });
}
const asyncFlaky = <T>(errors: readonly unknown[], result: T) => {
  const fn = flaky(errors, result);
  return vi.fn(async () => fn());
};
const twice = () => [new Error('first'), new Error('second')];
const quiet = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() });
const atOnce = { retryDelay: 0 };

function sumOrThrow(rows: Iterable<number>): number {
  let sum = 0;
  for (const row of rows) {
    if (row < 0) throw new Error('negative');
    sum += row;
  }
  return sum;
}

function thrownBy(run: () => unknown): Error & Record<string, unknown> {
  try {
    run();
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('Nothing was thrown.');
}

describe('synchronous functions', () => {
  test('without a delay they stay synchronous', () => {
    const bad = flaky(twice(), 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 2, ...atOnce })) };
    expect(createDriver({ modules: [m], log: quiet() }).executeSync(['bad'])).toEqual({ bad: 7 });
    expect(bad).toHaveBeenCalledTimes(3);
  });

  test('when the retries are used up, the node fails with the last error', () => {
    const errors = [...twice(), new Error('third')];
    const bad = flaky(errors, 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 1, ...atOnce })) };
    const error = thrownBy(() => createDriver({ modules: [m], log: quiet() }).executeSync(['bad']));
    expect(error).toMatchObject({ code: 'FP_NODE_FAILED', node: 'bad' });
    expect(error.cause).toBe(errors[1]);
    expect(bad).toHaveBeenCalledTimes(2);
  });

  test('maxRetries 0 is one attempt, and nothing is logged', () => {
    const cause = new Error('no');
    const bad = flaky([cause], 7);
    const log = quiet();
    const m = { bad: node(() => bad(), retry({ maxRetries: 0 })) };
    expect(thrownBy(() => createDriver({ modules: [m], log }).executeSync(['bad'])).cause).toBe(cause);
    expect(bad).toHaveBeenCalledTimes(1);
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('with a delay only a failure makes them asynchronous', async () => {
    const m = (errors: readonly unknown[]) => {
      const bad = flaky(errors, 7);
      return { bad: node(() => bad(), retry({ maxRetries: 2 })) };
    };
    expect(createDriver({ modules: [m([])] }).executeSync(['bad'])).toEqual({ bad: 7 });
    const result = createDriver({ modules: [m(twice())], log: quiet() }).execute(['bad']);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await result).toEqual({ bad: 7 });
  });

  test('executeSync refuses the delay, and leaves no timer behind', async () => {
    const bad = flaky(twice(), 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 2 })) };
    const error = thrownBy(() => createDriver({ modules: [m], log: quiet() }).executeSync(['bad']));
    expect(error).toMatchObject({ code: 'FP_NOT_SYNCHRONOUS' });
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bad).toHaveBeenCalledTimes(1);
  });
});

describe('asynchronous functions', () => {
  test('are tried again after growing delays, each reported in a warning', async () => {
    const errors = twice();
    const bad = asyncFlaky(errors, 7);
    const log = quiet();
    const m = { bad: node(() => bad(), retry({ maxRetries: 3, retryDelay: 2, jitterFactor: 0 })) };
    const result = createDriver({ modules: [m], log }).execute(['bad']);
    await vi.advanceTimersByTimeAsync(1999);
    expect(bad).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(bad).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3999);
    expect(bad).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toEqual({ bad: 7 });
    expect(log.warn.mock.calls).toEqual([
      [
        "The node 'bad' failed and is tried again in 2 s.",
        { node: 'bad', attempt: 1, delayMs: 2000, error: errors[0] },
      ],
      [
        "The node 'bad' failed and is tried again in 4 s.",
        { node: 'bad', attempt: 2, delayMs: 4000, error: errors[1] },
      ],
    ]);
  });

  test('without a delay: at once', async () => {
    const bad = asyncFlaky(twice(), 7);
    const log = quiet();
    const m = { bad: node(() => bad(), retry({ maxRetries: 2, ...atOnce })) };
    expect(await createDriver({ modules: [m], log }).execute(['bad'])).toEqual({ bad: 7 });
    expect(log.warn).toHaveBeenCalledWith(
      expect.stringContaining('at once'),
      expect.objectContaining({ delayMs: 0 }),
    );
  });

  test('the defaults: 1 s, up to a tenth more, at most 30 s', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const bad = asyncFlaky(
      Array.from({ length: 7 }, () => new Error('x')),
      7,
    );
    const log = quiet();
    const m = { bad: node(() => bad(), retry({ maxRetries: 7 })) };
    const driver = createDriver({ modules: [m], log });
    vi.restoreAllMocks();
    const result = driver.execute(['bad']);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await result).toEqual({ bad: 7 });
    expect(log.warn.mock.calls.map(([, fields]) => (fields as { delayMs: number }).delayMs)).toEqual(
      [1050, 2100, 4200, 8400, 16_800, 30_000, 30_000].map((delayMs) => expect.closeTo(delayMs, 6)),
    );
  });

  test('a foreign thenable counts as a promise', async () => {
    const then = vi.fn((_: unknown, reject: (error: unknown) => void) => reject(new Error('x')));
    let calls = 0;
    const m = {
      bad: node(
        (): PromiseLike<number> => (++calls < 3 ? { then } : Promise.resolve(7)) as never,
        retry({ maxRetries: 2, ...atOnce }),
      ),
    };
    expect(await createDriver({ modules: [m], log: quiet() }).execute(['bad'])).toEqual({ bad: 7 });
    expect(then).toHaveBeenCalledTimes(2);
  });

  test('may throw before they return a promise, and the other way round', async () => {
    let calls = 0;
    const m = {
      bad: node(
        () => {
          if (++calls % 2 === 1) throw new Error('early');
          return calls === 4 ? Promise.resolve(calls) : Promise.reject(new Error('late'));
        },
        retry({ maxRetries: 3, ...atOnce }),
      ),
    };
    expect(await createDriver({ modules: [m], log: quiet() }).execute(['bad'])).toEqual({ bad: 4 });
  });
});

describe('what is worth a retry', () => {
  const attemptsWith = (error: unknown, options: Partial<NodeRetryOptions> = {}) => {
    const bad = flaky([error, error], 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 2, ...atOnce, ...options } as NodeRetryOptions)) };
    const log = quiet();
    try {
      createDriver({ modules: [m], log }).executeSync(['bad']);
    } catch (thrown) {
      expect((thrown as Error).cause).toBe(error);
    }
    return { attempts: bad.mock.calls.length, log };
  };
  class RateLimited extends Error {}
  const isRateLimited = (error: unknown) => error instanceof RateLimited;

  test.each([
    ['an ordinary error', new Error('x'), {}, 3],
    ['a programming error', new TypeError('x is not a function'), {}, 1],
    ['a FatalError', new FatalError('x'), {}, 1],
    ['an error that says so', Object.assign(new Error('x'), { retryable: false }), {}, 1],
    ['an abort', new DOMException('stop', 'AbortError'), {}, 1],
    [
      'a named error',
      Object.assign(new Error('x'), { code: 'ECONNRESET' }),
      { retryExceptions: ['ECONNRESET'] },
      3,
    ],
    ['another error than the named', new Error('x'), { retryExceptions: ['ECONNRESET', 'FP_ANY_CODE'] }, 1],
    ['a RetryableError among names', new RetryableError('x'), { retryExceptions: ['ECONNRESET'] }, 3],
    ['what when tells', new RateLimited('x'), { when: isRateLimited }, 3],
    ['what when does not tell', new Error('x'), { when: isRateLimited }, 1],
    ['a FatalError, whatever when says', new FatalError('x'), { when: () => true }, 1],
  ] as const)('%s', (_, error, options, attempts) => {
    expect(attemptsWith(error, options).attempts).toBe(attempts);
  });

  test('when that throws is reported, and the node fails with its own error', () => {
    const broken = new Error('broken');
    const when = () => {
      throw broken;
    };
    const { attempts, log } = attemptsWith(new Error('x'), { when });
    expect(attempts).toBe(1);
    expect(log.error).toHaveBeenCalledWith(expect.stringContaining("retry of 'bad'"), {
      node: 'bad',
      error: broken,
    });
  });

  test('the error says how long to wait', async () => {
    const bad = asyncFlaky([new RetryableError('429', { retryAfter: 5 })], 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 1, ...atOnce })) };
    const result = createDriver({ modules: [m], log: quiet() }).execute(['bad']);
    await vi.advanceTimersByTimeAsync(4999);
    expect(bad).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await result).toEqual({ bad: 7 });
  });
});

describe('the context', () => {
  test('counts attempts and keeps the key; functions that want no context get none', () => {
    const seen: unknown[] = [];
    const bad = flaky(twice(), 7);
    const repeated = retry({ maxRetries: 2, ...atOnce });
    const count = (...args: readonly unknown[]) => args.length;
    const m = {
      a: node(({ x }: { x: number }, { attempt, idempotencyKey, node: name, signal }: NodeContext) => {
        seen.push([x, attempt, idempotencyKey, name, signal.aborted]);
        return bad();
      }, repeated),
      b: node({ inputs: [] }, count, repeated),
      c: node((x: number, ctx: NodeContext) => `${x} ${ctx.attempt}`, repeated),
      d: node({ inputs: ['x', 'a'] }, count, repeated),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    const results = driver.executeSync(['a', 'b', 'c', 'd'], { inputs: { x: 4 }, runId: 'r' });
    expect(results).toEqual({ a: 7, b: 0, c: '4 1', d: 2 });
    expect(seen).toEqual([1, 2, 3].map((attempt) => [4, attempt, 'r:a', 'a', false]));
  });

  test('in a later attempt of the run, the numbers go on from that of the run', () => {
    const seen: number[] = [];
    const bad = flaky(twice(), 7);
    const fn = ({ attempt }: NodeContext) => (seen.push(attempt), bad());
    const m = { bad: node({ inputs: [] }, fn, retry({ maxRetries: 2, ...atOnce })) };
    createDriver({ modules: [m], log: quiet() }).executeSync(['bad'], { attempt: 2 });
    expect(seen).toEqual([2, 3, 4]);
  });
});

describe('abort', () => {
  test('during a delay: at once, with the reason, and no further attempt', async () => {
    const bad = asyncFlaky(twice(), 7);
    const m = { bad: node(() => bad(), retry({ maxRetries: 2, retryDelay: 60 })) };
    const controller = new AbortController();
    const run = createDriver({ modules: [m], log: quiet() }).run(['bad'], { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(500);
    const reason = new Error('enough');
    controller.abort(reason);
    const { status, error, nodes } = await run;
    expect(status).toBe('cancelled');
    expect(error).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: reason });
    expect(nodes['bad']).toMatchObject({ status: 'failed', error: { cause: reason } });
    expect(bad).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('the failure of another node ends the delay; its error is that of the run', async () => {
    const bad = asyncFlaky(twice(), 7);
    const other = new Error('other');
    const m = {
      bad: node(() => bad(), retry({ maxRetries: 2, retryDelay: 60 })),
      other: () => new Promise((_, reject) => setTimeout(reject, 1000, other)),
    };
    const run = createDriver({ modules: [m], log: quiet() }).run(['bad', 'other']);
    await vi.advanceTimersByTimeAsync(1000);
    const { error, errors } = await run;
    expect(error).toMatchObject({ node: 'other', cause: other });
    expect(errors.map((failure) => failure.node)).toEqual(['other', 'bad']);
    expect(bad).toHaveBeenCalledTimes(1);
  });

  test('during an attempt: what the attempt throws is the error of the node', async () => {
    const failure = new Error('interrupted');
    const fn = ({ signal }: NodeContext) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(failure)));
    const m = { bad: node({ inputs: [] }, fn, retry({ maxRetries: 2 })) };
    const controller = new AbortController();
    const log = quiet();
    const run = createDriver({ modules: [m], log }).run(['bad'], { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(0);
    controller.abort('enough');
    expect((await run).errors).toMatchObject([{ cause: failure }]);
    expect(log.warn).not.toHaveBeenCalled();
  });
});

describe('with other modifiers', () => {
  test.each(['before', 'after'])('%s parameterize: each node has its own attempts', (order) => {
    const seen: string[] = [];
    const shift = ({ x, by }: { x: number; by: number }, { node: name, attempt }: NodeContext) => {
      seen.push(`${name} ${attempt}`);
      if (attempt < 3) throw new Error('x');
      return x + by;
    };
    const repeated = retry({ maxRetries: 2, ...atOnce });
    const outputs = { next: { by: 1 }, later: { x: source('next'), by: value(10) } } as const;
    const m = {
      shift:
        order === 'before'
          ? node(shift, repeated, parameterize(outputs))
          : node(shift, parameterize(outputs), repeated),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    expect(driver.executeSync(['later'], { inputs: { x: 1 } })).toEqual({ later: 12 });
    expect(seen).toEqual([1, 2, 3].map((n) => `next ${n}`).concat([1, 2, 3].map((n) => `later ${n}`)));
  });

  test.each(['before', 'after'])('%s a group: the function takes what is assembled', (order) => {
    const bad = flaky(twice(), 0);
    const total = (parts: number[], ctx: NodeContext) =>
      parts.reduce((sum, part) => sum + part, bad()) * ctx.attempt;
    const repeated = retry({ maxRetries: 2, ...atOnce });
    const bound = inject({ parts: group(source('a'), 2) });
    const explicit = { inputs: ['parts'] } as const;
    const m = {
      total:
        order === 'before' ? node(explicit, total, repeated, bound) : node(explicit, total, bound, repeated),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    expect(driver.executeSync(['total'], { inputs: { a: 1 } })).toEqual({ total: 9 });
  });

  test.each(['before', 'after'])('%s checkOutput: the function is repeated, the checks are not', (order) => {
    const bad = flaky(twice(), 12);
    const repeated = retry({ maxRetries: 2, ...atOnce });
    const strict = checkOutput(inRange(0, 9), { importance: 'fail' });
    const price = () => bad();
    const m = { price: order === 'before' ? node(price, repeated, strict) : node(price, strict, repeated) };
    const driver = createDriver({ modules: [m], log: quiet() });
    expect(driver.executeSync(['price_raw'])).toEqual({ price_raw: 12 });
    const log = quiet();
    const checked = createDriver({ modules: [m], log });
    expect(thrownBy(() => checked.executeSync(['price'])).cause).toMatchObject({ code: 'FP_DATA_INVALID' });
    expect(log.warn).not.toHaveBeenCalled();
    expect(bad).toHaveBeenCalledTimes(4);
  });

  test('parts are taken out once', () => {
    const record = flaky<{ low: number; high?: number }>(twice(), { low: 1 });
    const m = {
      range: node(() => record(), extractFields('low', 'high'), retry({ maxRetries: 2, ...atOnce })),
    };
    const log = quiet();
    const driver = createDriver({ modules: [m], log });
    expect(driver.executeSync(['low'])).toEqual({ low: 1 });
    expect(log.warn).toHaveBeenCalledTimes(2);
    expect(thrownBy(() => driver.executeSync(['high'])).cause).toMatchObject({ code: 'FP_MISSING_PART' });
    expect(log.warn).toHaveBeenCalledTimes(2);
  });

  test('inside a fan-out each item has its own attempts, and sees which it is', async () => {
    const seen: string[] = [];
    const page = async ({ url }: { url: string }, { attempt, item, idempotencyKey }: NodeContext) => {
      seen.push(`${item?.join()} ${attempt} ${idempotencyKey}`);
      if (url === 'bad' && attempt < 3) throw new Error('x');
      return url;
    };
    const m = {
      url: node(() => ['good', 'bad'], parallelizable(), retry({ maxRetries: 1 })),
      page: node(page, retry({ maxRetries: 2, ...atOnce }), timeout(5)),
      all: node(
        ({ page: pages }: { page: string[] }) => pages.length,
        collect('page'),
        retry({ maxRetries: 1 }),
      ),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    expect(await driver.execute(['all'], { runId: 'r' })).toEqual({ all: 2 });
    expect(seen).toEqual(['0 1 r:page[0]', '1 1 r:page[1]', '1 2 r:page[1]', '1 3 r:page[1]']);
  });

  test.each([
    [
      'destructured',
      node(({ rows }: { rows: Iterable<number> }) => sumOrThrow(rows), retry({ maxRetries: 2, ...atOnce })),
    ],
    [
      'named',
      node(
        { inputs: ['rows'] },
        (rows: Iterable<number>) => sumOrThrow(rows),
        retry({ maxRetries: 2, ...atOnce }),
      ),
    ],
  ])('an input that can be read only once rules a retry out: %s', (_, sum) => {
    const log = quiet();
    const rows = function* () {
      yield* [1, -1];
    };
    const driver = createDriver({ modules: [{ rows, sum }], log });
    expect(thrownBy(() => driver.executeSync(['sum'])).cause).toMatchObject({ message: 'negative' });
    expect(log.warn.mock.calls).toMatchObject([[expect.stringContaining('read only once'), { node: 'sum' }]]);
    const again = createDriver({ modules: [{ rows: () => [1, -1], sum }], log: quiet() });
    expect(thrownBy(() => again.executeSync(['sum'])).cause).toMatchObject({ message: 'negative' });
  });

  test('two of them multiply', () => {
    const bad = flaky(
      Array.from({ length: 9 }, () => new Error('x')),
      7,
    );
    const m = {
      bad: node(() => bad(), retry({ maxRetries: 1, ...atOnce }), retry({ maxRetries: 2, ...atOnce })),
    };
    expect(() => createDriver({ modules: [m], log: quiet() }).executeSync(['bad'])).toThrow();
    expect(bad).toHaveBeenCalledTimes(6);
  });

  test('the node is the same in the graph, but for its version', () => {
    const fn = ({ x }: { x: number }) => x;
    const plain = createDriver({ modules: [{ a: node(fn) }] });
    const repeated = createDriver({ modules: [{ a: node(fn, retry({ maxRetries: 1 })) }] });
    expect(repeated.graph.nodes.get('a')).toEqual(plain.graph.nodes.get('a'));
  });
});

describe('problems of the build', () => {
  const problemsOf = (options: unknown, fn: (...args: never[]) => unknown = () => 1) => {
    const error = thrownBy(() =>
      createDriver({ modules: [{ a: node(fn, retry(options as NodeRetryOptions)) }] }),
    );
    return (error['problems'] as { code: string; message: string; hint?: string }[]).map(
      ({ code, message, hint }) => {
        expect(code).toBe('FP_BAD_MODIFIER');
        return [message.replace("retry of 'a' in module 1: ", ''), hint];
      },
    );
  };

  test.each([
    [undefined, 'the options must be an object, not undefined.', undefined],
    [
      {},
      'maxRetries must be a whole number of at least 0, not undefined.',
      'Write retry({ maxRetries: 3 }).',
    ],
    [
      { maxRetries: 1.5 },
      'maxRetries must be a whole number of at least 0, not 1.5.',
      'Write retry({ maxRetries: 3 }).',
    ],
    [
      { maxRetries: -1 },
      'maxRetries must be a whole number of at least 0, not -1.',
      'Write retry({ maxRetries: 3 }).',
    ],
    [
      { maxRetries: 1, retryDelay: '2' },
      'retryDelay must be a number of seconds of at least 0, not string(1).',
      undefined,
    ],
    [{ maxRetries: 1, jitterFactor: -1 }, 'jitterFactor must be a number of at least 0, not -1.', undefined],
    [
      { maxRetries: 1, maxDelay: Number.NaN },
      'maxDelay must be a number of seconds above 0, not NaN.',
      'Write retryDelay: 0 for retries at once.',
    ],
    [
      { maxRetries: 1, maxDelay: 0 },
      'maxDelay must be a number of seconds above 0, not 0.',
      'Write retryDelay: 0 for retries at once.',
    ],
    [{ maxRetries: 1, maxDelays: 3 }, "there is no option 'maxDelays'.", "Did you mean 'maxDelay'?"],
    [
      { maxRetries: 1, retryExceptions: 'Error' },
      'retryExceptions must be a list of names, not string(5).',
      "Write ['name'].",
    ],
    [
      { maxRetries: 1, retryExceptions: ['ECONRESET'] },
      "retryExceptions names 'ECONRESET', which is not a known error.",
      "Did you mean 'ECONNRESET', 'ECHARSET' or 'ECONNREFUSED'?",
    ],
    [
      { maxRetries: 1, retryExceptions: ['RateLimited'] },
      "retryExceptions names 'RateLimited', which is not a known error.",
      'For a class of your own: when: (error) => error instanceof RateLimited.',
    ],
    [
      { maxRetries: 1, when: true },
      'when must be a function that tells at once, not by a promise, whether an error is worth a retry, not true.',
      undefined,
    ],
    [
      { maxRetries: 1, when: () => true, retryExceptions: [] },
      'when and retryExceptions both say what is worth a retry.',
      'Keep one.',
    ],
  ])('%j', (options, message, hint) => {
    expect(problemsOf(options)).toEqual([[message, hint]]);
  });

  test('all of them at once', () => {
    expect(problemsOf({ maxRetries: -1, retryDelay: -1, retryExceptions: ['Eror'] })).toHaveLength(3);
  });

  test('an option that is undefined is as if it were not there', () => {
    const bad = flaky(twice(), 7);
    const options = {
      maxRetries: 2,
      retryDelay: 0,
      jitterFactor: undefined,
      maxDelay: undefined,
      when: undefined,
    };
    const m = { bad: node(() => bad(), retry(options as never)) };
    expect(createDriver({ modules: [m], log: quiet() }).executeSync(['bad'])).toEqual({ bad: 7 });
  });

  test.each([
    ['a generator', function* a() {}],
    ['an asynchronous generator', async function* a() {}],
  ])('%s', (_, fn) => {
    expect(problemsOf({ maxRetries: 1 }, fn)).toEqual([
      [
        'it cannot reach what a generator does while it is read.',
        expect.stringContaining('inside the generator'),
      ],
    ]);
  });
});

describe('the budget of a run', () => {
  const isDown = () => Object.assign(new Error('The service is down.'), { code: 'ECONNREFUSED' });

  test('C04: a fan-out of 500 items whose service is down: attempts stay within items and budget', async () => {
    const call = vi.fn((): number => {
      throw isDown();
    });
    const ask = ({ day: _day }: { day: number }) => call();
    const m = {
      day: node(() => Array.from({ length: 500 }, (_, day) => day), parallelizable()),
      price: node(ask, retry({ maxRetries: 5, ...atOnce })),
      all: node(
        ({ price }: { price: readonly PromiseSettledResult<number>[] }) => [...price],
        collect('price', { onItemError: 'collect' }),
      ),
    };
    const log = quiet();
    const { all } = await createDriver({ modules: [m], log }).execute(['all']);
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(500);
    expect(call.mock.calls.length).toBeLessThanOrEqual(600);
    expect(call.mock.calls.length).toBeGreaterThan(510);
    expect(all.at(-1)).toMatchObject({
      reason: { cause: { code: 'FP_RETRY_BUDGET', context: { reason: 'retry_budget' }, retryable: false } },
    });
  });

  test('many items that recover, and nodes outside of a fan-out, have all their retries', async () => {
    const seen = new Map<number, number>();
    const ask = ({ day }: { day: number }) => {
      const times = (seen.get(day) ?? 0) + 1;
      seen.set(day, times);
      if (times < 3) throw isDown();
      return day;
    };
    const alone = flaky(Array.from({ length: 20 }, isDown), 7);
    const m = {
      day: node(() => Array.from({ length: 200 }, (_, day) => day), parallelizable()),
      price: node(ask, retry({ maxRetries: 2, ...atOnce })),
      all: node(({ price }: { price: readonly number[] }) => [...price], collect('price')),
      alone: node(() => alone(), retry({ maxRetries: 20, ...atOnce })),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    const outputs = await driver.execute(['all', 'alone']);
    expect(outputs.all).toHaveLength(200);
    expect(outputs.alone).toBe(7);
  });

  test('its share can be changed; each run has its own', async () => {
    const call = vi.fn((): number => {
      throw isDown();
    });
    const ask = ({ day: _day }: { day: number }) => call();
    const m = {
      day: node(() => Array.from({ length: 50 }, (_, day) => day), parallelizable()),
      price: node(ask, retry({ maxRetries: 1, ...atOnce, budget: Infinity })),
      all: node(
        ({ price }: { price: readonly PromiseSettledResult<number>[] }) => [...price],
        collect('price', { onItemError: 'collect' }),
      ),
    };
    const driver = createDriver({ modules: [m], log: quiet() });
    await driver.execute(['all']);
    await driver.execute(['all']);
    expect(call).toHaveBeenCalledTimes(200);
  });
});
