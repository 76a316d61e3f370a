import { expectTypeOf } from 'vitest';
import {
  createDriver,
  loadFrom,
  type LoadedData,
  loadNode,
  node,
  saveNode,
  saveTo,
  source,
} from '@flowerpower/core';
import {
  type BuiltinFrom,
  type BuiltinTo,
  bindLoader,
  type IoMetadata,
  type Loader,
  type StreamMetadata,
} from '../index.js';

declare const from: BuiltinFrom;
declare const to: BuiltinTo;
declare const hex: Loader<{ path: string; upper: boolean }, string>;

interface Sale {
  readonly region: string;
  readonly total: number;
  readonly at?: Date | null;
}
const revenue = ({ sales }: { sales: readonly Sale[] }) => sales.length;
const types = { total: 'number', at: 'date' } as const;
const filled = { types, nullValues: [] } as const;
/** What an empty cell leaves. */
const gaps = ({ sales }: { sales: readonly { region: string; total: number | null }[] }) => sales.length;

export async function names() {
  const fromHex = bindLoader(hex, () => {
    throw new Error('Not called.');
  });
  const driver = createDriver({
    modules: [
      {
        revenue: node(
          revenue,
          loadFrom({
            sales: from.csv({ path: source('salesPath'), ...filled, delimiter: source('separator') }),
          }),
          saveTo(to.json({ path: source('jsonPath'), indent: 0 })),
        ),
        batches: node(
          async ({ rows }: { rows: AsyncIterable<Sale[]> }) => rows,
          loadFrom({ rows: from.csv({ path: 'a.csv', as: 'batches', ...filled }) }),
        ),
        raw: loadNode(from.text({ path: 'a.txt' })),
        hex: loadNode(fromHex({ path: source('hexPath'), upper: true })),
        card: saveNode(({ raw }: { raw: string }) => `<${raw}>`, to.text({ path: 'card.txt' })),
      },
    ],
  });
  const inputs = { salesPath: 'a.csv', separator: ';', jsonPath: 'b.json', hexPath: 'c' };
  const result = await driver.execute(
    ['revenue.load_data.sales', 'batches.load_data.rows', 'save.revenue', 'raw', 'card', 'hex'],
    { inputs },
  );
  expectTypeOf(result['revenue.load_data.sales']).toEqualTypeOf<LoadedData<readonly Sale[], IoMetadata>>();
  expectTypeOf(result['batches.load_data.rows'][1]).toEqualTypeOf<StreamMetadata>();
  expectTypeOf(result['save.revenue']).toEqualTypeOf<IoMetadata>();
  expectTypeOf(result.raw).toEqualTypeOf<string>();
  expectTypeOf(result.hex).toEqualTypeOf<string>();
  // @ts-expect-error the path is a text
  await driver.execute(['revenue'], { inputs: { salesPath: 3 } });
  // @ts-expect-error no such input
  await driver.execute(['revenue'], { inputs: { sales: [] } });
}

export const rightUse = [
  node(revenue, loadFrom({ sales: from.json({ path: 'a.json' }) })),
  node(revenue, loadFrom({ sales: from.jsonl({ path: 'a.jsonl' }) })),
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', infer: true }) })),
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', types: source('types') }) })),
  node(
    revenue,
    loadFrom({ sales: from.csv({ path: 'a.csv', types: { total: 'number', at: 'date' }, nullValues: [] }) }),
  ),
  node(gaps, loadFrom({ sales: from.csv({ path: 'a.csv', types }) })),
  node(gaps, loadFrom({ sales: from.csv({ path: 'a.csv', ...filled }) })),
  node(
    ({ text }: { text: string }) => text,
    loadFrom({ text: from.text({ path: 'a' }) }),
    saveTo(to.text({ path: 'b' })),
  ),
  node(() => [{ a: 1 }], saveTo(to.csv({ path: 'a.csv', columns: ['a'] }))),
  node(() => [[{ a: 1 }]], saveTo(to.jsonl({ path: 'a.csv' }))),
  node(() => new Uint8Array(), saveTo(to.bytes({ path: 'a' }))),
  // What only the files of a folder tell may be anything.
  node(revenue, loadFrom({ sales: from.csv({ path: 'sales/' }) })),
  node(revenue, loadFrom({ sales: from.csv({ path: 'sales/*.csv', ...filled }) })),
  node(revenue, loadFrom({ sales: from.jsonl({ path: 'sales/', types: { year: 'integer' } }) })),
  node(() => [{ a: 1, year: 2 }], saveTo(to.csv({ path: 'a/', by: ['year'], mode: 'append' }))),
  node(() => [{ a: 1 }], saveTo(to.jsonl({ path: source('folder'), mode: source('mode') }))),
];

export const wrongUse = [
  // @ts-expect-error the column 'total' holds texts
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv' }) })),
  // @ts-expect-error the column 'total' holds booleans
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', types: { total: 'boolean' } }) })),
  // @ts-expect-error an empty cell of the column 'total' is null
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', types }) })),
  // @ts-expect-error the cells of 'total' may be null
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', types, nullValues: source('nulls') }) })),
  // @ts-expect-error the cells of 'region' may be null too
  node(gaps, loadFrom({ sales: from.csv({ path: 'a.csv', types, nullValues: ['-'] }) })),
  // @ts-expect-error batches are not list
  node(revenue, loadFrom({ sales: from.csv({ path: 'a.csv', as: 'batches', types }) })),
  // @ts-expect-error a text is not a list
  node(revenue, loadFrom({ sales: from.text({ path: 'a.txt' }) })),
  // @ts-expect-error an unknown option
  from.csv({ path: 'a.csv', delimeter: ';' }),
  // @ts-expect-error an unknown type of a column
  from.csv({ path: 'a.csv', types: { total: 'int' } }),
  // @ts-expect-error what is declared holds for folders too
  node(revenue, loadFrom({ sales: from.csv({ path: 'sales/', types: { total: 'boolean' } }) })),
  // @ts-expect-error no such mode
  to.csv({ path: 'out/', mode: 'replace' }),
  // @ts-expect-error json has no folders
  to.json({ path: 'out/', by: ['year'] }),
  // @ts-expect-error no path
  from.csv({ infer: true }),
  // @ts-expect-error json does not have this
  to.json({ path: 'a.json', delimiter: ';' }),
  // @ts-expect-error a number is not a text
  node(() => 3, saveTo(to.text({ path: 'a' }))),
  // @ts-expect-error a number is not a table
  node(() => 3, saveTo(to.csv({ path: 'a' }))),
  // @ts-expect-error a text is not a table
  node(() => 'abc', saveTo(to.csv({ path: 'a' }))),
  // @ts-expect-error a text is not a list of bytes
  node(() => 'abc', saveTo(to.bytes({ path: 'a' }))),
  // @ts-expect-error json has no undefined
  node((): number | undefined => 3, saveTo(to.json({ path: 'a' }))),
  // @ts-expect-error a record is not a table
  saveNode(['a', 'b'], to.csv({ path: 'a' })),
];
