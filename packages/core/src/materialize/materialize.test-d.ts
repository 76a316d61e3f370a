import { expectTypeOf } from 'vitest';
import {
  checkOutput,
  createDriver,
  dataLoader,
  type DataLoader,
  type DataSaver,
  dataSaver,
  extractFields,
  inRange,
  type LoadedData,
  loadFrom,
  loadNode,
  node,
  type OpenRecord,
  parameterize,
  saveNode,
  saveTo,
  tag,
  when,
} from '../index.js';

interface Facts {
  readonly bytes: number;
}
interface Sale {
  readonly region: string;
  readonly total: number;
  readonly note?: string;
}

declare const numbers: DataLoader<number[], Facts>;
declare const anything: DataLoader<unknown, Facts, { readonly salesPath: string }>;
declare const texts: DataLoader<OpenRecord<unknown, string>[], Facts>;
declare const rows: DataLoader<OpenRecord<{ total: number }, string>[], Facts>;
declare const gaps: DataLoader<OpenRecord<{ total: number | null }, string>[], Facts>;
declare const batches: DataLoader<AsyncIterable<OpenRecord<{ total: number }, string>[]>, Facts>;
declare const toText: DataSaver<string, Facts, { readonly textPath: string }>;
declare const toAny: DataSaver<unknown, Facts>;

const sum = ({ values, scale }: { values: number[]; scale: number }) => values.length * scale;
const count = ({ sales }: { sales: Sale[] }) => sales.length;

export async function names() {
  const driver = createDriver({
    modules: [
      {
        sum: node(sum, loadFrom({ values: numbers }), saveTo(toAny)),
        count: node(count, loadFrom({ sales: anything })),
        typed: node(count, loadFrom({ sales: rows })),
        copied: node(
          sum,
          loadFrom({ values: numbers }),
          parameterize({ one: { scale: 1 }, two: { scale: 2 } }),
        ),
        shared: node(
          sum,
          parameterize({ three: { scale: 3 }, four: { scale: 4 } }),
          loadFrom({ values: numbers }),
        ),
        greeting: node(({ who }: { who: string }) => `Hello ${who}`, saveTo(toText, { name: 'card' })),
        range: node(
          ({ last }: { last: number }) => ({ low: 1, high: last }),
          saveTo(toAny),
          extractFields('low', 'high'),
          saveTo(toAny),
          saveTo(toAny, { name: 'lowOnly', target: 'low' }),
          checkOutput(inRange(0, 9)),
        ),
        prices__eu: node(
          async (): Promise<[number[], { currency: string }]> => [[1], { currency: 'EUR' }],
          when({ region: 'eu' }),
          dataLoader(),
          tag({ owner: 'sales' }),
        ),
        stored: node(({ sum }: { sum: number }) => ({ rows: sum }), dataSaver()),
        files: loadNode(anything, tag({ a: 'b' })),
        report: saveNode('sum', toText, tag({ a: 'b' })),
        both: saveNode(['sum', 'greeting'], toAny),
        text: saveNode(({ sum }: { sum: number }) => `${sum}`, toText),
      },
    ],
  });
  const result = await driver.execute([
    'sum',
    'sum.load_data.values',
    'sum.select_data.values',
    'save.sum',
    'one.load_data.values',
    'two.select_data.values',
    'shared.load_data.values',
    'card',
    'save.range',
    'save.low',
    'save.high',
    'lowOnly',
    'low_inRange',
    'prices',
    'prices.loader',
    'stored',
    'files',
    'files.loader',
    'report',
    'both.combined',
    'text.combined',
  ]);
  expectTypeOf(result['sum.load_data.values']).toEqualTypeOf<LoadedData<number[], Facts>>();
  expectTypeOf(result['sum.select_data.values']).toEqualTypeOf<number[]>();
  expectTypeOf(result['save.sum']).toEqualTypeOf<Facts>();
  expectTypeOf(result.prices).toEqualTypeOf<number[]>();
  expectTypeOf(result['prices.loader']).toEqualTypeOf<[number[], { currency: string }]>();
  expectTypeOf(result.card).toEqualTypeOf<Facts>();
  expectTypeOf(result.files).toEqualTypeOf<unknown>();
  expectTypeOf(result['both.combined']).toEqualTypeOf<Readonly<Record<'sum' | 'greeting', unknown>>>();
  expectTypeOf(result['text.combined']).toEqualTypeOf<string>();
  await driver.execute(['report'], {
    inputs: { salesPath: 'a.json', textPath: 'b', scale: 2, who: 'Ada', last: 3 },
    overrides: { 'typed.select_data.sales': [{ region: 'north', total: 3 }] },
  });
  // @ts-expect-error what is loaded is not an input
  await driver.execute(['sum'], { inputs: { values: [1] } });
  // @ts-expect-error the path is a text
  await driver.execute(['count'], { inputs: { salesPath: 1 } });
  // @ts-expect-error a saver of a name has no other
  await driver.execute(['save.greeting']);
  // @ts-expect-error savers are not checked
  await driver.execute(['save.low_inRange']);
  // @ts-expect-error a loader of a shared name belongs to the export
  await driver.execute(['three.load_data.values']);
}

export const rightUse = [
  node(({ sales }: { sales: AsyncIterable<Sale[]> }) => sales, loadFrom({ sales: batches })),
  node(({ sales }: { sales: { region: string }[] }) => sales, loadFrom({ sales: texts })),
  node(({ sales }: { sales: { total: number | null }[] }) => sales, loadFrom({ sales: gaps })),
  node(({ sales = [] }: { sales?: readonly Record<string, unknown>[] }) => sales, loadFrom({ sales: rows })),
  node((values: number[]) => values, loadFrom({ values: numbers })),
  node((): unknown => 3, saveTo(toText)),
  node(
    sum,
    parameterize({ a: { scale: 1 } }),
    saveTo((name) => ({ ...toAny, options: { path: name } })),
  ),
  node(() => [[1], {}] as const, dataLoader()),
  node((): unknown => [], dataLoader()),
];

export const wrongUse = [
  // @ts-expect-error a cell may be null
  node(count, loadFrom({ sales: gaps })),
  // @ts-expect-error numbers are not rows
  node(count, loadFrom({ sales: numbers })),
  // @ts-expect-error a text where a number is taken: the type of the column is not declared
  node(count, loadFrom({ sales: texts })),
  // @ts-expect-error rows are not numbers
  node(sum, loadFrom({ values: rows })),
  // @ts-expect-error batches are not list
  node(count, loadFrom({ sales: batches })),
  // @ts-expect-error a list is not a single row
  node(({ sale }: { sale: Sale }) => sale, loadFrom({ sale: rows })),
  // @ts-expect-error an unknown parameter
  node(count, loadFrom({ sale: rows })),
  // @ts-expect-error no loader
  node(count, loadFrom({ sales: 'sales.csv' })),
  // @ts-expect-error a saver of texts takes no number
  node(sum, saveTo(toText)),
  // @ts-expect-error one of the fields is not a text
  node(() => ({ a: 'x', b: 1 }), extractFields('a', 'b'), saveTo(toText)),
  // @ts-expect-error a second saver needs a name
  node(sum, saveTo(toAny), saveTo(toAny)),
  // @ts-expect-error an unknown option
  node(sum, saveTo(toAny, { id: 'x' })),
  // @ts-expect-error no pair
  node(() => 3, dataLoader()),
  // @ts-expect-error a list of numbers is not a pair
  node(() => [1, 2], dataLoader()),
  // @ts-expect-error metadata is an object
  node(() => 3, dataSaver()),
  // @ts-expect-error a saver is not a loader
  loadNode(toAny),
  // @ts-expect-error a loader is not a saver
  saveNode('sum', numbers),
  // @ts-expect-error a record is not a text
  saveNode(['a', 'b'], toText),
  // @ts-expect-error the function gives no text
  saveNode(({ sum }: { sum: number }) => sum, toText),
];
