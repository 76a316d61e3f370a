/** Fan-outs, cache, graceful errors, retry, timeout, type checks, progress and print, all at once. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Adapter,
  checkOutput,
  collect,
  createDriver,
  gracefulErrorsAdapter,
  inRange,
  memoryCacheStore,
  node,
  type NodeContext,
  parallelizable,
  printAdapter,
  type Progress,
  progressAdapter,
  retry,
  type StandardSchema,
  timeout,
  typeCheckAdapter,
} from '../index.js';
import { quiet } from './__fixtures__/run-graph.js';

const failed = Symbol.for('failed');
const isFailed = (value: unknown) => typeof value === 'symbol';

const text: StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: (value) => (typeof value === 'string' ? { value } : { issues: [{ message: 'is not a text' }] }),
  },
};

/** Shops of regions: some prices cannot be had, some only at the second attempt, one never comes, one is not a text. */
function shops(isAsync: boolean, calls: string[]) {
  const give = <T>(value: T): T =>
    isAsync ? (new Promise((resolve) => setImmediate(resolve, value)) as T) : value;
  // The attempts are counted here: a node that reads `attempt` is never taken from the cache.
  const price = ({ shop }: { shop: string }, { signal }: NodeContext): string => {
    const attempt = calls.filter((call) => call === `price ${shop}`).length + 1;
    calls.push(`price ${shop}`);
    if (shop.endsWith('broken')) throw new RangeError(`${shop} has no price`);
    if (shop.endsWith('flaky') && attempt === 1) throw new Error(`${shop} is busy`);
    if (shop.endsWith('slow') && isAsync) {
      return new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(signal.reason)),
      ) as never;
    }
    // At once, so that no deadline can come before it.
    return shop.endsWith('odd') ? (7 as never) : `${shop}: ${shop.length}`;
  };
  return {
    region: node(({ regions }: { regions: string[] }) => give(regions), parallelizable({ concurrency: 2 })),
    shop: node(
      ({ region, kinds }: { region: string; kinds: string[] }) =>
        give(kinds.map((kind) => `${region} ${kind}`)),
      parallelizable(),
    ),
    price: node(
      price,
      timeout({ ms: 1 }),
      retry({ maxRetries: 1, retryDelay: 0, when: (error) => !(error instanceof RangeError) }),
    ),
    label: ({ price: of, region }: { price: string; region: string }) => give(`${of} in ${region}`),
    labels: node(
      ({ label }: { label: unknown[] }) =>
        give(label.map((one) => (isFailed(one) ? 'none' : one)) as string[]),
      collect('label'),
    ),
    size: node(
      ({ labels }: { labels: string[] }) => give(labels.length),
      checkOutput(inRange(0, 100), { importance: 'fail' }),
    ),
    all: node(
      ({ labels, size }: { labels: string[][]; size: number[] }) => ({ labels, sizes: size }),
      collect(['labels', 'size']),
    ),
  };
}

const expectedLabel = (region: string, kind: string, isAsync: boolean) => {
  const isBad = kind === 'broken' || kind === 'odd' || (kind === 'slow' && isAsync);
  const shop = `${region} ${kind}`;
  return isBad ? 'none' : `${shop}: ${shop.length} in ${region}`;
};

const kinds = ['good', 'broken', 'flaky', 'slow', 'odd'];

describe.each([false, true])('asynchronous: %s', (isAsync) => {
  test('in any order of the adapters, cold and warm, each item has its own fate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['print', 'progress', 'curious'], { minLength: 3 }),
        fc.subarray(['north', 'south', 'west'], { minLength: 0 }),
        fc.array(fc.constantFrom(...kinds), { maxLength: 4 }),
        fc.constantFrom(1, 2, undefined),
        async (order, regions, kindsOfShops, maxConcurrency) => {
          const calls: string[] = [];
          const lines: string[] = [];
          const progress: Progress[] = [];
          const open = new Set<string>();
          const around: Record<string, Adapter> = {
            print: printAdapter({ verbosity: 2, write: (line) => lines.push(line) }),
            progress: progressAdapter({ onProgress: (one) => progress.push(one) }),
            curious: {
              name: 'curious',
              onNodeStart: ({ node: { name }, item }) => void open.add(`${name} ${item}`),
              onNodeEnd: ({ node: { name }, item }) => void open.delete(`${name} ${item}`),
            },
          };
          const graceful = gracefulErrorsAdapter({ errors: [Error], sentinel: failed, log: quiet });
          const check = typeCheckAdapter({ schemas: { price: text, label: text } });
          const driver = createDriver({
            modules: [shops(isAsync, calls)],
            adapters: [...order.map((name) => around[name]!), graceful, check],
            cache: { store: memoryCacheStore() },
            log: quiet,
          });
          const limit = maxConcurrency === undefined ? {} : { maxConcurrency };
          const inputs = { regions, kinds: [...new Set(kindsOfShops)] };
          const labels = regions.map((region) =>
            inputs.kinds.map((kind) => expectedLabel(region, kind, isAsync)),
          );
          const expected = { all: { labels, sizes: regions.map(() => inputs.kinds.length) } };

          expect(await driver.execute(['all'], { inputs, ...limit })).toEqual(expected);
          expect([...open]).toEqual([]);
          expect(progress.at(-1)).toMatchObject({ status: 'success', running: [] });
          // A start and an end of every call that is reported.
          const starts = lines.filter((line) => line.includes(' starts')).length;
          expect(lines).toHaveLength(2 * starts);
          for (const region of regions) {
            for (const kind of inputs.kinds) {
              const tries = calls.filter((call) => call === `price ${region} ${kind}`);
              expect(tries).toHaveLength(kind === 'flaky' || (kind === 'slow' && isAsync) ? 2 : 1);
            }
          }

          const before = calls.length;
          expect(await driver.execute(['all'], { inputs, ...limit })).toEqual(expected);
          // What was found is not asked for again; what failed is. A value of the wrong type was found.
          const again = calls.slice(before).map((call) => call.split(' ')[2]);
          expect(again.filter((kind) => kind !== 'broken' && kind !== 'slow')).toEqual([]);
        },
      ),
      { numRuns: isAsync ? 25 : 60 },
    );
  });

  test('without graceful errors the first failure stops everything, and collected failures stop nothing', async () => {
    const calls: string[] = [];
    const m = shops(isAsync, calls);
    const settled = {
      ...m,
      states: node(
        ({ label }: { label: PromiseSettledResult<string>[] }) => label.map(({ status }) => status),
        collect('label', { onItemError: 'collect' }),
      ),
      table: node(({ states }: { states: string[][] }) => states, collect('states')),
    };
    const adapters = [typeCheckAdapter({ schemas: { price: text } }), printAdapter({ write() {} })];
    const driver = createDriver({
      modules: [settled],
      adapters,
      cache: { store: memoryCacheStore() },
      log: quiet,
    });
    const inputs = { regions: ['north', 'south'], kinds: ['good', 'broken', 'flaky', 'odd'] };
    await expect(driver.execute(['all'], { inputs })).rejects.toMatchObject({ node: 'price' });
    for (const _ of ['cold', 'warm']) {
      const report = await driver.run(['table'], { inputs });
      const row = ['fulfilled', 'rejected', 'fulfilled', 'rejected'];
      expect(report.outputs).toEqual({ table: [row, row] });
      expect(report.status).toBe('success');
      expect(report.nodes['price']).toEqual({ status: 'success', failedItems: 4 });
    }
  });
});

test('executeSync runs all of it without a promise', () => {
  const lines: string[] = [];
  const adapters = [
    printAdapter({ write: (line) => lines.push(line) }),
    gracefulErrorsAdapter({ errors: [Error], sentinel: failed, log: quiet }),
    typeCheckAdapter({ schemas: { price: text } }),
  ];
  const driver = createDriver({
    modules: [shops(false, [])],
    adapters,
    cache: { store: memoryCacheStore() },
    log: quiet,
  });
  const inputs = { regions: ['north'], kinds: ['good', 'broken', 'flaky', 'odd'] };
  for (const _ of ['cold', 'warm']) {
    expect(driver.executeSync(['all'], { inputs }).all).toEqual({
      labels: [['north good: 10 in north', 'none', 'north flaky: 11 in north', 'none']],
      sizes: [4],
    });
  }
});
