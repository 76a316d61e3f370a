import { expectTypeOf } from 'vitest';
import {
  createDriver,
  exclude,
  extractColumns,
  extractFields,
  group,
  inject,
  node,
  parameterize,
  parameterizeSources,
  parameterizeValues,
  predicate,
  schema,
  source,
  tag,
  tagOutputs,
  unpackFields,
  value,
} from '../index.js';

const shift = ({ x, by, mode = 'up' }: { x: number; by: number; mode?: 'up' | 'down' }) =>
  mode === 'up' ? x + by : x - by;
const stats = async ({ rows }: { rows: number[] }) => ({ mean: rows.length, label: 'm' });

export function parameterized() {
  const driver = createDriver({
    modules: [
      {
        shift: node(shift, parameterize({ next: { by: 1 }, back: { by: value(1), mode: 'down' } })),
        labels: node(
          ({ names, widths }: { names: string[]; widths: { a: number; b?: number } }) =>
            names.length + widths.a,
          parameterize({ wide: { names: ['u', 'v'], widths: group({ a: 1 }) } }),
        ),
      },
    ],
  });
  expectTypeOf(driver.executeSync(['next', 'back', 'wide'], { inputs: { x: 1 } })).toEqualTypeOf<{
    next: number;
    back: number;
    wide: number;
  }>();
  // @ts-expect-error the original name is not a node
  driver.executeSync(['shift']);
  // @ts-expect-error a parameter bound in every output is not an input
  driver.executeSync(['next'], { inputs: { by: 1 } });
  // @ts-expect-error a parameter bound in one output only keeps its type
  driver.executeSync(['next'], { inputs: { mode: 'sideways' } });
  driver.executeSync(['next'], { inputs: { x: 1, mode: 'down' } });
}

export function shorthands() {
  const driver = createDriver({
    modules: [
      {
        values: node(shift, parameterizeValues('by', { one: 1, two: 2 })),
        sources: node(shift, parameterizeSources({ other: { x: 'one' } })),
      },
    ],
  });
  expectTypeOf(driver.executeSync(['one', 'two', 'other'])).toEqualTypeOf<{
    one: number;
    two: number;
    other: number;
  }>();
  // @ts-expect-error the original name is not a node
  driver.executeSync(['values']);
}

export async function extracted() {
  const driver = createDriver({
    modules: [
      {
        stats: node(stats, extractFields('mean', 'label')),
        pair: node((): [number, string] => [1, 'a'], unpackFields('first', 'second')),
        list: node(() => [1, 2], unpackFields('head')),
        open: node((): Record<string, bigint> => ({}), extractFields('big', { fillWith: null })),
        either: node(
          (): { kind: 'a'; a: number } | { kind: 'b'; b: string } => ({ kind: 'a', a: 1 }),
          extractFields('kind', 'b', { fillWith: 0 }),
        ),
        rows: node((): { day: number; note?: string | undefined }[] => [], extractColumns('day', 'note')),
        table: node(() => ({ price: [1], weight: new Float64Array(1) }), extractColumns('price', 'weight')),
        anything: node(() => JSON.parse('{}'), extractFields('deep')),
      },
    ],
  });
  expectTypeOf(await driver.execute(['stats', 'mean', 'label'])).toEqualTypeOf<{
    stats: { mean: number; label: string };
    mean: number;
    label: string;
  }>();
  const made = await driver.execute(['first', 'second', 'head', 'big', 'kind', 'b', 'day', 'note', 'price']);
  expectTypeOf(made.first).toEqualTypeOf<number>();
  expectTypeOf(made.second).toEqualTypeOf<string>();
  expectTypeOf(made.head).toEqualTypeOf<number>();
  expectTypeOf(made.big).toEqualTypeOf<bigint | null>();
  expectTypeOf(made.kind).toEqualTypeOf<'a' | 'b' | number>();
  expectTypeOf(made.b).toEqualTypeOf<string | number>();
  expectTypeOf(made.day).toEqualTypeOf<number[]>();
  expectTypeOf(made.note).toEqualTypeOf<string[]>();
  expectTypeOf(made.price).toEqualTypeOf<number[]>();
  expectTypeOf((await driver.execute(['weight'])).weight).toExtend<Float64Array>();
  // @ts-expect-error a field that was not named is not a node
  await driver.execute(['deeper']);
}

export async function stacked() {
  const driver = createDriver({
    modules: [
      {
        extractLast: node(
          stats,
          parameterize({ low: { rows: [1] }, high: { rows: [2] } }),
          extractFields('mean'),
        ),
        one: node(stats, parameterize({ only: { rows: [1] } }), extractFields('label'), tag({ a: 'b' })),
        extractFirst: node(stats, extractFields('mean'), parameterize({ early: {}, late: { rows: [] } })),
        targeted: node(
          stats,
          parameterize({ l: {}, h: {} }),
          extractFields('mean', { target: 'l' }),
          tagOutputs({ mean: { unit: 'm' }, l: { unit: 'n' } }),
        ),
        chain: node(() => ({ point: [1, 'y'] as const }), extractFields('point'), unpackFields('px', 'py')),
        injected: node(shift, inject({ by: 2 }), parameterize({ up: { mode: 'up' } }), inject({ x: 3 })),
      },
    ],
  });
  const result = await driver.execute([
    'low',
    'low.mean',
    'high.mean',
    'label',
    'early',
    'early.mean',
    'late.mean',
    'mean',
    'px',
    'py',
    'up',
  ]);
  expectTypeOf(result['low.mean']).toEqualTypeOf<number>();
  expectTypeOf(result['late.mean']).toEqualTypeOf<number>();
  expectTypeOf(result.early).toEqualTypeOf<{ mean: number; label: string }>();
  expectTypeOf(result.label).toEqualTypeOf<string>();
  expectTypeOf(result.mean).toEqualTypeOf<number>();
  expectTypeOf(result.px).toEqualTypeOf<1>();
  expectTypeOf(result.py).toEqualTypeOf<'y'>();
  expectTypeOf(result.up).toEqualTypeOf<number>();
  // @ts-expect-error one target gives its fields their own names
  await driver.execute(['l.mean']);
  // @ts-expect-error the parameters of the last node are all bound
  await driver.execute(['up'], { inputs: { by: 1 } });
}

export function conditions() {
  const isBig = predicate(['rows'], ({ rows }) => rows === 5);
  const driver = createDriver({
    modules: [
      {
        size__big: node(() => ({ area: 9 }), isBig, extractFields('area')),
        helper: node((x: number) => x, exclude()),
        sales: node(() => [{ day: 1 }], schema({ day: 'integer' })),
      },
    ],
  });
  const result = driver.executeSync(['size', 'area', 'sales']);
  expectTypeOf(result.size).toEqualTypeOf<{ area: number }>();
  expectTypeOf(result.area).toEqualTypeOf<number>();
  expectTypeOf(result.sales).toEqualTypeOf<{ day: number }[]>();
  // @ts-expect-error an excluded function is not a node
  driver.executeSync(['helper']);
}

export const wrongUse = [
  // @ts-expect-error an unknown parameter
  node(shift, parameterize({ next: { bi: 1 } })),
  // @ts-expect-error a value of another type
  node(shift, parameterize({ next: { by: 'one' } })),
  // @ts-expect-error an explicit value of another type
  node(shift, inject({ by: value('one') })),
  // @ts-expect-error a literal outside the union
  node(shift, inject({ mode: 'sideways' })),
  // @ts-expect-error a list where a number is taken
  node(shift, inject({ x: group(source('a'), source('b')) })),
  // @ts-expect-error a member of another type
  node(({ xs }: { xs: number[] }) => xs, inject({ xs: group(source('a'), 'b') })),
  // @ts-expect-error a record without a required key
  node(({ o }: { o: { a: number; b: number } }) => o, inject({ o: group({ a: 1 }) })),
  // @ts-expect-error an unknown parameter
  node(shift, parameterizeValues('bi', { one: 1 })),
  // @ts-expect-error the sources are names
  node(shift, parameterizeSources({ one: { x: 1 } })),
  // @ts-expect-error several nodes cannot be copied once more
  node(shift, parameterize({ a: { by: 1 }, b: { by: 2 } }), parameterize({ c: { x: 1 } })),
  // @ts-expect-error an unknown field
  node(stats, extractFields('mena')),
  // @ts-expect-error a node without fields
  node(() => null, extractFields('a')),
  // @ts-expect-error nothing to extract
  node(stats, extractFields()),
  // @ts-expect-error more names than elements
  node((): [number] => [1], unpackFields('a', 'b')),
  // @ts-expect-error a record is not a tuple
  node(stats, unpackFields('a')),
  // @ts-expect-error an unknown column
  node(() => [{ day: 1 }], extractColumns('dya')),
  // @ts-expect-error a column is a list
  node(() => ({ day: 1 }), extractColumns('day')),
  // @ts-expect-error an unknown option
  node(stats, extractFields('mean', { fill: 1 })),
  // @ts-expect-error a predicate gives a boolean
  predicate(['rows'], ({ rows }) => rows),
  // @ts-expect-error a predicate sees the keys that it names
  predicate(['rows'], ({ raws }) => raws === 1),
  // @ts-expect-error no such output
  node(stats, parameterize({ low: {} }), tagOutputs({ lwo: { a: 'b' } })),
  // @ts-expect-error types are texts
  node(() => [{ day: 1 }], schema({ day: Number })),
];
