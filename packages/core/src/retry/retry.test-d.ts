import { expectTypeOf } from 'vitest';
import { createDriver, extractFields, node, retry, timeout, when } from '../index.js';

const m = {
  range: node(
    async ({ x }: { x: number }) => ({ low: x, high: `${x}` }),
    timeout(5),
    retry({ maxRetries: 2 }),
    extractFields('low', 'high'),
  ),
  rate__uk: node(() => 0.2, when({ country: 'uk' }), retry({ maxRetries: 1 }), timeout({ ms: 10 })),
};

export async function namesAndTypesStay() {
  const driver = createDriver({ modules: [m] });
  const results = await driver.execute(['range', 'low', 'high', 'rate'], { inputs: { x: 1 } });
  expectTypeOf(results.range).toEqualTypeOf<{ low: number; high: string }>();
  expectTypeOf(results.high).toEqualTypeOf<string>();
  expectTypeOf(results.rate).toEqualTypeOf<number>();
  // @ts-expect-error the input keeps its type
  await driver.execute(['low'], { inputs: { x: '1' } });
}

export const rightUse = [
  retry({ maxRetries: 3, retryDelay: 0.5, jitterFactor: 0, maxDelay: 10, retryExceptions: ['ECONNRESET'] }),
  retry({ maxRetries: 3, when: (error) => error instanceof RangeError }),
  timeout(0.5),
];

export const wrongUse = [
  // @ts-expect-error the number of retries is never guessed
  retry({}),
  // @ts-expect-error delays are seconds
  retry({ maxRetries: 1, retryDelay: '1s' }),
  // @ts-expect-error there is no such option
  retry({ maxRetries: 1, retries: 2 }),
  // @ts-expect-error names, not classes
  retry({ maxRetries: 1, retryExceptions: [TypeError] }),
  // @ts-expect-error the answer is needed at once
  retry({ maxRetries: 1, when: async () => true }),
  // @ts-expect-error only one of them may decide
  retry({ maxRetries: 1, when: () => true, retryExceptions: ['Error'] }),
  // @ts-expect-error a duration is a number
  timeout('5s'),
  // @ts-expect-error milliseconds are written as such
  timeout({ seconds: 5 }),
];
