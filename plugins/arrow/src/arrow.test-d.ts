import { type DataLoader, loadFrom, node, saveTo } from '@flowerpower/core';
import { createMaterializers, type Row } from '@flowerpower/io';
import type { Table } from 'apache-arrow';
import { expectTypeOf } from 'vitest';
import { arrowPlugin } from './plugin.js';

const { from, to } = createMaterializers({ plugins: [arrowPlugin] });
declare const table: Table;

expectTypeOf(from.arrow({ path: 'a/', types: { year: 'integer' } })).toExtend<DataLoader<Row[] | Table>>();
export const rightUse = [
  node(() => table, saveTo(to.arrow({ path: 'a.arrow' }))),
  node(() => table.batches, saveTo(to.arrow({ path: 'a.arrow' }))),
  node(() => [{ a: 1 }], saveTo(to.arrow({ path: 'a/', by: ['a'] }))),
];
export const wrongUse = () => [
  // @ts-expect-error a number is no list of rows
  node(() => 3, saveTo(to.arrow({ path: 'a' }))),
  // @ts-expect-error the options are those of the format and of folders
  to.arrow({ path: 'a', mod: 'error' }),
  // @ts-expect-error of their types
  to.arrow({ path: 'a/', by: 'year' }),
  // @ts-expect-error rows are no text
  node(({ t }: { t: string }) => t, loadFrom({ t: from.arrow({ path: 'a' }) })),
];
