/** Values that only the first reader gets. Each test has the name of a fault. */
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { checkOutput, createDriver, defineCheck, noNaNs, node, schemaCheck } from '../index.js';

const twice = { cause: { code: 'FP_READ_TWICE' } };

async function read(given: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of given) items.push(item);
  return items;
}

class Anew {
  async *[Symbol.asyncIterator]() {
    yield* [1, 2];
  }
}

describe('a stream read by two nodes: the second gets nothing, and the run succeeds', () => {
  const streams: [string, () => AsyncIterable<unknown>][] = [
    ['of Node', () => Readable.from([1, 2])],
    ['of the web', () => new Response('hi').body as unknown as AsyncIterable<unknown>],
  ];
  test.each(streams)('%s', async (_, make) => {
    const m = {
      rows: () => make(),
      a: ({ rows }: { rows: AsyncIterable<unknown> }) => read(rows),
      b: async ({ rows, a }: { rows: AsyncIterable<unknown>; a: unknown[] }) => [a, await read(rows)],
    };
    const driver = createDriver({ modules: [m] });
    expect((await driver.run(['a', 'b'])).errors).toMatchObject([{ node: 'rows', ...twice }]);
    await expect(driver.execute(['a'])).resolves.toHaveProperty('a');
    const late = createDriver({ modules: [{ ...m, rows: async () => make() }] });
    const { error } = await late.run(['a', 'b']);
    expect(error).toMatchObject(twice);
    expect(error!.message).toContain(
      "It gave an iterator or a stream, which can be read only once, but is read several times: by 'a', 'b'",
    );
  });

  test.each(streams)('%s, given as an input', async (_, make) => {
    const m = {
      a: ({ rows }: { rows: AsyncIterable<unknown> }) => read(rows),
      b: ({ rows }: { rows: AsyncIterable<unknown> }) => read(rows),
    };
    const run = createDriver({ modules: [m] }).execute(['a', 'b'], { inputs: { rows: make() } });
    await expect(run).rejects.toThrow(
      "The iterator or stream that is given for 'rows' can be read only once",
    );
  });

  test('what begins anew for each reader is read by all', async () => {
    const m = {
      rows: () => new Anew(),
      a: ({ rows }: { rows: Anew }) => read(rows),
      b: ({ rows }: { rows: Anew }) => read(rows),
    };
    expect(await createDriver({ modules: [m] }).execute(['a', 'b'])).toEqual({ a: [1, 2], b: [1, 2] });
  });
});

describe('a check of one’s own eats the generator that it checks', () => {
  const sum = ({ rows }: { rows: Iterable<number> }) => [...rows].length;
  function* rows() {
    yield 1;
    yield 2;
  }
  const any = {
    '~standard': { version: 1, vendor: 'any', validate: (given: unknown) => ({ value: given }) },
  };
  test.each<[string, unknown]>([
    [
      'defineCheck',
      defineCheck({
        name: 'two',
        check: (given: Iterable<number>) => [...given].length === 2 || { message: '' },
      }),
    ],
    ['a check written by hand', { name: 'two', description: 'two', check: () => true }],
    ['a schema', schemaCheck(any as never)],
  ])('%s', (_, check) => {
    const m = { rows: node(rows, checkOutput(check as never) as never), sum };
    expect(createDriver({ modules: [m] }).runSync(['sum' as never]).error).toMatchObject(twice);
  });

  test('built-in checks leave it unread', () => {
    const m = { rows: node(rows, checkOutput(noNaNs() as never) as never), sum };
    const quiet = { debug() {}, info() {}, warn() {}, error() {} };
    expect(createDriver({ modules: [m], log: quiet }).executeSync(['sum' as never])).toEqual({ sum: 2 });
  });
});
