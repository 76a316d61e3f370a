import { type DataLoader, loadFrom, node, saveTo } from '@flowerpower/core';
import { createMaterializers, type Row } from '@flowerpower/io';
import { expectTypeOf } from 'vitest';
import { parquetPlugin } from './plugin.js';

const { from, to } = createMaterializers({ plugins: [parquetPlugin] });

expectTypeOf(from.parquet({ path: 'a/', types: { year: 'integer' } })).toExtend<DataLoader<Row[]>>();
export const rightUse = [
  node(() => [{ a: 1 }], saveTo(to.parquet({ path: 'a/', by: ['a'], columns: { a: 'integer' } }))),
  node(
    async function* () {
      yield [{ a: 1 }];
    },
    saveTo(to.parquet({ path: 'a.parquet', mode: 'error' })),
  ),
  node(
    ({ t }: { t: AsyncIterable<Row[]> }) => t,
    loadFrom({ t: from.parquet({ path: 'a', as: 'batches' }) }),
  ),
];
export const wrongUse = () => [
  // @ts-expect-error a number is no list of rows
  node(() => 3, saveTo(to.parquet({ path: 'a' }))),
  // @ts-expect-error nor is a text
  node(() => 'rows', saveTo(to.parquet({ path: 'a' }))),
  // @ts-expect-error the options are those of the format and of folders
  to.parquet({ path: 'a', mod: 'error' }),
  // @ts-expect-error of their types
  to.parquet({ path: 'a', columns: { a: 'text' } }),
  // @ts-expect-error also those of folders
  to.parquet({ path: 'a/', by: 'year' }),
  // @ts-expect-error and those of the loader
  from.parquet({ path: 'a', int64: 'big' }),
  // @ts-expect-error rows are no text
  node(({ t }: { t: string }) => t, loadFrom({ t: from.parquet({ path: 'a' }) })),
];
