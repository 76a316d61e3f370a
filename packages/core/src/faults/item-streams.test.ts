/** Streams of items, and lists of items that give no items. Each test has the name of a fault. */
import { describe, expect, test } from 'vitest';
import { collect, createDriver, node, parallelizable } from '../index.js';

async function read(given: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of given) items.push(item);
  return items;
}

describe('a node in a streamed fan-out succeeds when its list failed before it ever ran', () => {
  const reading = {
    asyncIterable: async ({ f }: { f: AsyncIterable<number> }) => {
      for await (const _ of f);
    },
    iterable: ({ f }: { f: Iterable<number> }) => void [...f],
    array: ({ f }: { f: number[] }) => f,
  };
  test.each(['array', 'iterable', 'asyncIterable'] as const)('%s', async (as) => {
    const m = {
      // oxlint-disable-next-line require-yield -- it fails before the first item
      item: node(function* (): Generator<number> {
        yield* [];
        throw new Error('no list');
      }, parallelizable()),
      f: ({ item }: { item: number }) => item,
      all: node(reading[as] as never, collect('f', { as }) as never),
    };
    const report = await createDriver({ modules: [m] }).run(['all' as never]);
    expect(report.nodes).toMatchObject({ item: { status: 'failed' }, f: { status: 'not-run' } });
  });

  test('the run was cancelled midway', async () => {
    const controller = new AbortController();
    const m = {
      item: node(() => [1, 2, 3], parallelizable({ concurrency: 1 })),
      f: async ({ item }: { item: number }) => {
        if (item === 2) controller.abort();
        return item;
      },
      all: node(reading.asyncIterable, collect('f', { as: 'asyncIterable' })),
    };
    const report = await createDriver({ modules: [m] }).run(['all'], { signal: controller.signal });
    expect(report.status).toBe('cancelled');
    expect(report.nodes).toMatchObject({ f: { status: 'not-run' } });
  });

  test('nobody read the stream', async () => {
    const ignoring = {
      item: node(() => [1], parallelizable()),
      f: ({ item }: { item: number }) => item,
      all: node(({ f }: { f: AsyncIterable<number> }) => typeof f, collect('f', { as: 'asyncIterable' })),
    };
    const report = await createDriver({ modules: [ignoring] }).run(['all']);
    expect(report).toMatchObject({ status: 'success', nodes: { f: { status: 'not-run' } } });
  });

  test('a stream that was read in part has run', async () => {
    const m = {
      item: node(() => [1, 2, 3], parallelizable()),
      f: async ({ item }: { item: number }) => item,
      all: node(
        async ({ f }: { f: AsyncIterable<number> }) => {
          for await (const one of f) return one;
          return 0;
        },
        collect('f', { as: 'asyncIterable' }),
      ),
    };
    const report = await createDriver({ modules: [m] }).run(['all']);
    expect(report).toMatchObject({
      status: 'success',
      outputs: { all: 1 },
      nodes: { f: { status: 'success' } },
    });
  });
});

describe('a stream of items that is an output is dead on arrival', () => {
  const items = node(() => [1, 2], parallelizable());
  test.each(['asyncIterable', 'iterable'] as const)('%s', async (as) => {
    const m = {
      items,
      f: ({ items: item }: { items: number }) => item,
      all: node(({ f }: { f: unknown }) => f, collect('f', { as }) as never),
      n: () => 1,
    };
    const driver = createDriver({ modules: [m] });
    const expected = { status: 'failed', error: { node: 'all', cause: { code: 'FP_STREAM_ENDED' } } };
    expect(await driver.run(['all' as never, 'n'])).toMatchObject({ ...expected, outputs: { n: 1 } });
    if (as === 'iterable') expect(driver.runSync(['all' as never])).toMatchObject(expected);
    await expect(driver.execute(['all' as never])).rejects.toThrow(
      "The node 'all' failed: The run has ended before all items were given.",
    );
  });

  test('read within something else after the run, it says so', async () => {
    const m = {
      items,
      f: ({ items: item }: { items: number }) => item,
      all: node(({ f }: { f: AsyncIterable<number> }) => ({ f }), collect('f', { as: 'asyncIterable' })),
    };
    const { all } = await createDriver({ modules: [m] }).execute(['all']);
    await expect(read(all.f)).rejects.toMatchObject({
      code: 'FP_STREAM_ENDED',
      hint: expect.stringContaining('collect'),
    });
  });
});

describe('an endless loop on an iterator whose next() returns no object', () => {
  test.each(['end', 5, null, undefined, true])('%o', async (wrong) => {
    const sync = { [Symbol.iterator]: () => ({ next: () => wrong }) };
    const later = { [Symbol.asyncIterator]: () => ({ next: () => wrong }) };
    const promised = { [Symbol.asyncIterator]: () => ({ next: async () => wrong }) };
    for (const list of [sync, later, promised]) {
      const m = {
        i: node(() => list as unknown as Iterable<number>, parallelizable()),
        f: ({ i }: { i: number }) => i,
        c: node(({ f }: { f: number[] }) => f.length, collect('f')),
      };
      const { error } = await createDriver({ modules: [m] }).run(['c']);
      expect(error).toMatchObject({ node: 'i', cause: expect.any(TypeError) });
      expect(error!.message).toContain('next() gave');
    }
  });
});

describe('a collected stream that is read a second time gives an empty list', () => {
  const l = node(() => [1, 2], parallelizable());

  test.each([
    ['read to its end', (stream: Iterable<number>) => [...stream]],
    [
      'left early',
      (stream: Iterable<number>) => {
        for (const _item of stream) return;
      },
    ],
  ])('an iterable that was %s', (_how, first) => {
    const all = ({ l }: { l: Iterable<number> }) => {
      first(l);
      return [...l];
    };
    const driver = createDriver({ modules: [{ l, all: node(all, collect('l', { as: 'iterable' })) }] });
    expect(driver.runSync(['all']).error).toMatchObject({ cause: { code: 'FP_READ_TWICE' } });
  });

  test('an async iterable', async () => {
    const all = async ({ l }: { l: AsyncIterable<number> }) => [await read(l), await read(l)];
    const driver = createDriver({ modules: [{ l, all: node(all, collect('l', { as: 'asyncIterable' })) }] });
    expect((await driver.run(['all'])).error).toMatchObject({ cause: { code: 'FP_READ_TWICE' } });
  });

  test('what is begun may be read on, as any iterator', () => {
    const all = ({ l }: { l: Iterable<number> }) => {
      const items = l[Symbol.iterator]();
      const first = items.next().value;
      return [first, ...(items as IterableIterator<number>)];
    };
    const driver = createDriver({ modules: [{ l, all: node(all, collect('l', { as: 'iterable' })) }] });
    expect(driver.executeSync(['all'])).toEqual({ all: [1, 2] });
  });
});
