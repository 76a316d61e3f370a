import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test, vi } from 'vitest';
import {
  createDriver,
  defineModule,
  FlowerPowerError,
  node,
  NodeExecutionError,
  type NodeContext,
} from '../index.js';

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function refused(run: () => unknown): FlowerPowerError {
  try {
    run();
  } catch (error) {
    if (error instanceof FlowerPowerError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

/** A promise with its handles, for tests that decide when a node ends. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('what runs', () => {
  const calls: string[] = [];
  const seen = <T>(name: string, value: T): T => {
    calls.push(name);
    return value;
  };
  const m = {
    a: () => seen('a', 1),
    b: ({ a }: { a: number }) => seen('b', a + 1),
    c: ({ a }: { a: number }) => seen('c', a + 2),
    d: ({ b, c }: { b: number; c: number }) => seen('d', b * c),
    e: ({ d }: { d: number }) => seen('e', d),
  };
  const driver = createDriver({ modules: [m] });
  const called = (run: () => unknown) => {
    calls.length = 0;
    run();
    return [...calls];
  };

  test('only the upstream closure of the outputs, each node once', () => {
    expect(called(() => expect(driver.executeSync(['d'])).toEqual({ d: 6 }))).toEqual(['a', 'b', 'c', 'd']);
  });

  test('overrides cut their upstream off', () => {
    expect(called(() => driver.executeSync(['d'], { overrides: { b: 5 } }))).toEqual(['a', 'c', 'd']);
    expect(called(() => driver.executeSync(['e'], { overrides: { d: 5 } }))).toEqual(['e']);
    expect(driver.executeSync(['d', 'e'], { overrides: { d: 5 } })).toEqual({ d: 5, e: 5 });
  });

  test('the plan says what the run does', () => {
    const request = { overrides: { b: 5 } };
    expect(called(() => driver.executeSync(['e'], request))).toEqual(driver.plan(['e'], request).nodes);
    expect(driver.plan(['e'], request).overrides).toEqual(['b']);
  });
});

describe('requests that cannot start', () => {
  const started = vi.fn(() => 1);
  const m = {
    spend: () => started(),
    signups: ({ rows, scale = 1 }: { rows: number; scale?: number }) => rows * scale,
    ratio: ({ spend, signups }: { spend: number; signups: number }) => spend / signups,
  };
  const driver = createDriver({ modules: [m] });
  const run = (outputs: readonly string[], options: object) =>
    refused(() => driver.executeSync(outputs as ['ratio'], options));

  test('every fault is reported at once and nothing runs', () => {
    const error = run(['ratio', 'ratoi', 'spned'], { inputs: { row: 1, spend: 2 }, overrides: { x: 1 } });
    expect(error.code).toBe('FP_INVALID_EXECUTION');
    expect(error.problems.map(({ code, hint }) => [code, hint])).toEqual([
      ['FP_UNKNOWN_OUTPUT', "Did you mean 'ratio'?"],
      ['FP_UNKNOWN_OUTPUT', "Did you mean 'spend'?"],
      ['FP_UNKNOWN_INPUT', "Did you mean 'rows'?"],
      ['FP_UNKNOWN_INPUT', 'To replace the node by a value, give it in overrides.'],
      ['FP_UNKNOWN_OVERRIDE', 'Nodes: spend, rows, scale, signups, ratio.'],
      ['FP_MISSING_INPUT', "Did you mean 'row'?"],
    ]);
    expect(started).not.toHaveBeenCalled();
  });

  test('an input may not repeat a config value', () => {
    const configured = createDriver({ modules: [m], config: { rows: 1 } });
    expect(refused(() => configured.executeSync(['ratio'], { inputs: { rows: 2 } })).code).toBe(
      'FP_INPUT_IN_CONFIG',
    );
  });

  test('an input or override that is undefined counts as not given', () => {
    expect(run(['signups'], { inputs: { rows: undefined } }).code).toBe('FP_MISSING_INPUT');
  });

  test('maxConcurrency below one is refused', async () => {
    await expect(driver.execute(['spend'], { maxConcurrency: 0 })).rejects.toMatchObject({
      code: 'FP_BAD_OPTION',
    });
  });
});

describe('inputs', () => {
  test('a default applies when nobody gives the value; the key is then left out, never undefined', () => {
    const m = {
      f: ({ a, b = 2 }: { a: number; b?: number }) => a + b,
      g: (a: number, b = 10, c = 100) => a + b + c,
    };
    const seen: object[] = [];
    const spied = (inputs: { a: number; b?: number }) => seen.push(inputs);
    const driver = createDriver({ modules: [m] });
    expect(driver.executeSync(['f', 'g'], { inputs: { a: 1 } })).toEqual({ f: 3, g: 111 });
    expect(driver.executeSync(['f', 'g'], { inputs: { a: 1, b: 0 } })).toEqual({ f: 1, g: 101 });
    const source = { line: 1, column: 1, style: 'object' as const, takesContext: false };
    const parameters = [
      { name: 'a', optional: false },
      { name: 'b', optional: true },
    ];
    const spy = defineModule({
      name: 'spy',
      exports: { spied },
      nodes: { spied: { ...source, parameters } },
    });
    createDriver({ modules: [spy] }).executeSync(['spied'], { inputs: { a: 1 } });
    expect(seen.map(Object.keys)).toEqual([['a']]);
  });

  test('an optional parameter uses the node of its name when there is one', () => {
    const m = { rate: () => 5, f: ({ rate = 1 }: { rate?: number }) => rate };
    expect(createDriver({ modules: [m] }).executeSync(['f'])).toEqual({ f: 5 });
  });

  test('an input may be requested as an output', () => {
    const driver = createDriver({ modules: [{ f: ({ a }: { a: number }) => a }] });
    expect(driver.executeSync(['a', 'f'] as never, { inputs: { a: 3 } })).toEqual({ a: 3, f: 3 });
  });
});

describe('synchronous and asynchronous nodes', () => {
  test('a graph of synchronous nodes runs to its end without a promise', async () => {
    const order: string[] = [];
    const driver = createDriver({ modules: [{ a: () => order.push('node') }] });
    const promise = driver.execute(['a']);
    order.push('after the call');
    await promise;
    expect(order).toEqual(['node', 'after the call']);
  });

  test('executeSync refuses a promise, and its rejection harms nobody', () => {
    const driver = createDriver({
      modules: [{ a: () => 1, b: async ({ a }: { a: number }) => Promise.reject(new Error(`late ${a}`)) }],
    });
    const error = refused(() => driver.executeSync(['b']));
    expect(error.code).toBe('FP_NOT_SYNCHRONOUS');
    expect(refused(() => driver.executeSync(['b'], { onError: 'continue' })).code).toBe('FP_NOT_SYNCHRONOUS');
  });

  test('independent asynchronous nodes run concurrently', async () => {
    const a = deferred<number>();
    const b = deferred<number>();
    const driver = createDriver({
      modules: [
        {
          // Each node ends only once the other has started.
          a: () => (b.resolve(1), a.promise),
          b: () => (a.resolve(2), b.promise),
          sum: ({ a, b }: { a: number; b: number }) => a + b,
        },
      ],
    });
    expect(await driver.execute(['sum'])).toEqual({ sum: 3 });
  });

  test.each([1, 2, 3])('at most %i promises are in flight', async (maxConcurrency) => {
    let running = 0;
    let peak = 0;
    const one = async () => {
      peak = Math.max(peak, ++running);
      await Promise.resolve();
      running--;
      return 1;
    };
    const m = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`n${index}`, () => one()]));
    const driver = createDriver({ modules: [m], maxConcurrency });
    await driver.execute(Object.keys(m) as never);
    expect(peak).toBe(maxConcurrency);
  });

  test('a foreign thenable is awaited, and counts once though it calls back twice', async () => {
    const m = {
      a: () => ({ then: (resolve: (value: number) => void) => (resolve(1), resolve(2)) }),
      b: ({ a }: { a: number }) => a + 1,
    };
    const driver = createDriver({ modules: [m] });
    expect(await driver.execute(['b'])).toEqual({ b: 2 });
  });
});

test('a chain of 100,000 synchronous nodes runs, and so does an asynchronous one', async () => {
  const length = 100_000;
  const chain = (first: () => unknown) => {
    const m: Record<string, unknown> = { n0: first };
    for (let index = 1; index < length; index++) {
      m[`n${index}`] = node({ inputs: [`n${index - 1}`] }, (value: number) => value + 1);
    }
    return createDriver({ modules: [m as object] });
  };
  const last = `n${length - 1}`;
  expect(chain(() => 1).executeSync([last])).toEqual({ [last]: length });
  expect(await chain(async () => 1).execute([last])).toEqual({ [last]: length });
});

describe('failure', () => {
  const cause = new TypeError('no rows');

  test.each(['sync', 'async'])(
    'a failing %s node is named; the original error is the cause',
    async (kind) => {
      const m = {
        rows: () => [1, 2, 3],
        total: ({ rows }: { rows: number[] }): number => {
          if (kind === 'async') return Promise.reject(cause) as never;
          throw rows.length > 0 ? cause : rows;
        },
      };
      const error = await createDriver({ modules: [m] })
        .execute(['total'])
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NodeExecutionError);
      expect(error).toMatchObject({
        code: 'FP_NODE_FAILED',
        node: 'total',
        message: "The node 'total' failed: no rows",
        inputs: { rows: 'Array(3)' },
      });
      expect((error as Error).cause).toBe(cause);
    },
  );

  test('the first failure aborts running nodes, starts nothing new and waits for what runs', async () => {
    const events: string[] = [];
    const m = {
      slow: ({ start }: { start: number }, { signal }: NodeContext) =>
        new Promise<number>((resolve) => {
          signal.addEventListener('abort', () => {
            events.push('slow was signalled');
            queueMicrotask(() => (events.push('slow ended'), resolve(start)));
          });
        }),
      bad: async ({ start }: { start: number }) => {
        await Promise.resolve();
        throw new Error(`bad ${start}`);
      },
      after: ({ slow }: { slow: number }) => events.push('after') + slow,
      start: () => 1,
    };
    await createDriver({ modules: [m] })
      .execute(['after', 'bad'])
      .catch((error: unknown) => events.push((error as Error).message));
    expect(events).toEqual(['slow was signalled', 'slow ended', "The node 'bad' failed: bad 1"]);
  });

  test.each(['sync', 'async'])('continue runs what does not depend on a failing %s node', async (kind) => {
    const fails = () => {
      throw cause;
    };
    const m = {
      bad: kind === 'sync' ? fails : async () => fails(),
      child: ({ bad }: { bad: number }) => bad,
      grandchild: ({ child, good }: { child: number; good: number }) => child + good,
      good: () => 1,
      better: ({ good }: { good: number }) => good + 1,
    };
    const driver = createDriver({ modules: [m] });
    const report = await driver.run(['grandchild', 'better'], { onError: 'continue' });
    expect(report.status).toBe('failed');
    expect(report.outputs).toEqual({ better: 2 });
    expect(report.nodes).toMatchObject({
      bad: { status: 'failed' },
      child: { status: 'skipped', because: 'bad' },
      grandchild: { status: 'skipped', because: 'bad' },
      good: { status: 'success' },
      better: { status: 'success' },
    });
    await expect(driver.execute(['grandchild'], { onError: 'continue' })).rejects.toThrow('no rows');
  });
});

describe('cancellation', () => {
  test('a signal that is already aborted starts nothing', async () => {
    const started = vi.fn(() => 1);
    const driver = createDriver({ modules: [{ a: () => started() }] });
    await expect(driver.execute(['a'], { signal: AbortSignal.abort('stop') })).rejects.toMatchObject({
      code: 'FP_RUN_CANCELLED',
      cause: 'stop',
    });
    expect(started).not.toHaveBeenCalled();
  });

  test('aborting tells running nodes, starts nothing new and waits', async () => {
    const controller = new AbortController();
    const after = vi.fn();
    const m = {
      wait: ({ x }: { x: number }, { signal }: NodeContext) =>
        new Promise<number>((resolve) => {
          signal.addEventListener('abort', () => resolve(x));
          controller.abort('enough');
        }),
      after: ({ wait }: { wait: number }) => after(wait),
    };
    const report = await createDriver({ modules: [m] }).run(['after'], {
      inputs: { x: 1 },
      signal: controller.signal,
    });
    expect(report.status).toBe('cancelled');
    expect(report.error).toMatchObject({ code: 'FP_RUN_CANCELLED', cause: 'enough' });
    expect(report.nodes).toEqual({ wait: { status: 'success' }, after: { status: 'not-run' } });
    expect(after).not.toHaveBeenCalled();
  });
});

test('the context holds run id, node, attempt, key and signal, in both forms', () => {
  const m = {
    a: ({ x }: { x: number }, ctx: NodeContext) => ({ x, ctx }),
    b: new Function('x', 'ctx', 'return { x, ctx }') as (x: number) => { x: number; ctx: NodeContext },
  };
  const driver = createDriver({ modules: [m] });
  const { a, b } = driver.executeSync(['a', 'b'], {
    inputs: { x: 1 },
    runId: 'run-1',
    attempt: 2,
    log: quiet,
  });
  for (const [name, { x, ctx }] of Object.entries({ a, b })) {
    expect(x).toBe(1);
    expect(ctx).toMatchObject({
      runId: 'run-1',
      node: name,
      attempt: 2,
      idempotencyKey: `run-1:${name}`,
    });
    expect(Object.keys(ctx.log)).toEqual(['debug', 'info', 'warn', 'error']);
    expect(ctx.signal.aborted).toBe(false);
  }
});

test('values are released after their last consumer', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const firsts: WeakRef<object>[] = [];
  const held = async () => {
    const value = { data: [1] };
    firsts.push(new WeakRef(value));
    return value;
  };
  const chained = {
    held,
    length: async ({ held: value }: { held: { data: unknown[] } }) => value.data.length,
    later: async ({ length }: { length: number }) => new Promise((resolve) => setTimeout(resolve, 0, length)),
    check: ({ later }: { later: number }) => {
      collect();
      return [later, firsts[0]!.deref()];
    },
  };
  expect(await createDriver({ modules: [chained] }).execute(['check'])).toEqual({ check: [1, undefined] });
  for (const start of [() => 1, async () => 1]) {
    const seen: WeakRef<object>[] = [];
    const m = {
      start,
      big: ({ start }: { start: number }) => {
        const value = { data: Array.from({ length: 1000 }, () => start) };
        seen.push(new WeakRef(value));
        return value;
      },
      size: ({ big }: { big: { data: unknown[] } }) => big.data.length,
      // A WeakRef keeps its target until the end of the job that made it.
      later: async ({ size }: { size: number }) => new Promise((resolve) => setTimeout(resolve, 0, size)),
      check: ({ later }: { later: number }) => {
        collect();
        return [later, seen[0]!.deref()];
      },
    };
    expect(await createDriver({ modules: [m] }).execute(['check'])).toEqual({ check: [1000, undefined] });
  }
});

test('a report as JSON holds everything', () => {
  const driver = createDriver({ modules: [{ a: () => 1 }] });
  return driver.run(['a'], { runId: 'run-1' }).then((report) => {
    expect(JSON.parse(JSON.stringify(report))).toEqual({
      runId: 'run-1',
      status: 'success',
      outputs: { a: 1 },
      nodes: { a: { status: 'success' } },
      errors: [],
      durationMs: expect.any(Number),
    });
  });
});

test('a report is an ordinary object: spreading and cloning keep everything', async () => {
  const m = { a: () => 1, b: ({ a }: { a: number }) => a + 1 };
  const report = await createDriver({ modules: [m] }).run(['b'], { runId: 'r1' });
  expect({ ...report }).toMatchObject({ runId: 'r1', status: 'success', errors: [], outputs: { b: 2 } });
  expect(structuredClone(report)).toEqual(report);
  expect(Object.keys(report.nodes)).toEqual(['a', 'b']);
});
