/** Fan-outs and branches in the types of drivers. */
import { expectTypeOf, test } from 'vitest';
import { branch, collect, createDriver, extractFields, node, parallelizable } from '../index.js';

const m = {
  region: node(() => ['a', 'b'], parallelizable()),
  shop: node(
    async function* ({ region }: { region: string }) {
      yield { id: 1, name: region };
    },
    parallelizable(),
    extractFields('id'),
  ),
  sales: ({ shop, rate }: { shop: { id: number }; rate: number }) => shop.id * rate,
  perRegion: node(({ sales }: { sales: number[] }) => sales.length, collect('sales')),
  total: node(({ perRegion }: { perRegion: number[] }) => perRegion.length, collect('perRegion')),
  plain: ({ total }: { total: number }) => `${total}`,
};

test('nodes inside a fan-out are lists when they are asked for', async () => {
  const driver = createDriver({ modules: [m] });
  const result = await driver.execute(['region', 'shop', 'id', 'sales', 'perRegion', 'total', 'plain'], {
    inputs: { rate: 2 },
  });
  expectTypeOf(result).toEqualTypeOf<{
    region: string[];
    shop: { id: number; name: string }[][];
    id: number[][];
    sales: number[][];
    perRegion: number[];
    total: number;
    plain: string;
  }>();
  void driver.execute(['total'], { overrides: { perRegion: [1, 2], region: ['a'] } });
  // @ts-expect-error an override inside a fan-out has a value for each item
  void driver.execute(['total'], { overrides: { perRegion: 1 } });
  // @ts-expect-error what the nodes give is not an input
  void driver.execute(['total'], { inputs: { sales: [1] } });
});

test('what cannot be fanned out or collected does not compile', () => {
  node(() => new Set([1]), parallelizable({ concurrency: 4 }));
  // @ts-expect-error a number is not a list
  node(() => 1, parallelizable());
  // @ts-expect-error a text is not a list of items
  node(() => 'text', parallelizable());
  node(({ x }: { x: AsyncIterable<number> }) => x, collect('x', { as: 'asyncIterable' }));
  node(({ x }: { x: Iterable<number> }) => x, collect('x'));
  // @ts-expect-error a plain list is given by default
  node(({ x }: { x: AsyncIterable<number> }) => x, collect('x'));
  // @ts-expect-error a single value takes no list
  node(({ x }: { x: number }) => x, collect('x'));
  // @ts-expect-error there is no such parameter
  node(({ x }: { x: number[] }) => x, collect('y'));
});

test('a branch has the types of its sides', async () => {
  const choosing = {
    size: ({ rows }: { rows: number }): 'small' | 'large' => (rows > 1 ? 'large' : 'small'),
    exact: () => 1,
    sampled: () => 'text',
    summary: branch('size', { small: 'exact', large: 'sampled' }),
    outer: branch('flag', { true: 'summary', false: 'missing' }),
  };
  const driver = createDriver({ modules: [choosing] });
  const result = await driver.execute(['summary', 'outer'], { inputs: { rows: 1, flag: true, missing: [] } });
  expectTypeOf(result.summary).toEqualTypeOf<string | number>();
  expectTypeOf(result.outer).toEqualTypeOf<unknown>();
  // @ts-expect-error the value that chooses is one of the cases
  void driver.execute(['outer'], { inputs: { rows: 1, flag: 'yes', missing: [] } });
});
