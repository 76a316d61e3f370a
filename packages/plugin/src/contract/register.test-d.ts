import { expectTypeOf } from 'vitest';
import { type DataLoader, type DataSaver, loadFrom, node, saveTo, source } from '@flowerpower/core';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { createMaterializers, defineLoader, defineSaver, type Row } from '@flowerpower/io';
import {
  defineFileSystem,
  definePlugin,
  type FileSystemScheme,
  from,
  type LoaderType,
  type RegisteredStorage,
  to,
} from '@flowerpower/plugin';
import * as v from 'valibot';

const vault = defineFileSystem({
  options: v.strictObject({ region: v.string(), retries: v.optional(v.number(), 3) }),
  create(options, authority, { resolve }) {
    expectTypeOf(options).toEqualTypeOf<{ region: string; retries: number }>();
    expectTypeOf(resolve).parameter(0).toEqualTypeOf<string>();
    return createMemoryFileSystem({ name: authority });
  },
});

declare const metadata: { uri: string; format: string; bytes: number; sha256: string };
const as = v.optional(v.picklist(['records', 'batches']), 'records');

const pluginA = definePlugin({
  name: 'plugin-a',
  apiVersion: 1,
  fileSystems: { vault },
  loaders: {
    table: defineLoader({
      type: 'table',
      options: v.strictObject({ path: v.string(), as }),
      load: async ({
        as: form,
      }): Promise<{ value: Row[] | AsyncIterable<Row[]>; metadata: typeof metadata }> => {
        expectTypeOf(form).toEqualTypeOf<'records' | 'batches'>();
        return { value: [], metadata };
      },
    }),
  },
  savers: {
    table: defineSaver({
      type: 'table',
      options: v.strictObject({ path: v.string() }),
      save: async (_rows: readonly Row[]) => metadata,
    }),
  },
});
const pluginB = definePlugin({
  name: 'plugin-b',
  apiVersion: 1,
  fileSystems: { shelf: { create: () => createMemoryFileSystem() } },
});

declare module '@flowerpower/plugin' {
  interface Register {
    'plugin-a': typeof pluginA;
    'plugin-b': typeof pluginB;
  }
}

expectTypeOf<Extract<LoaderType, 'table' | 'csv' | 'vault'>>().toEqualTypeOf<'table' | 'csv'>();
expectTypeOf<Extract<FileSystemScheme, 'vault' | 'shelf' | 'file'>>().toEqualTypeOf<
  'vault' | 'shelf' | 'file'
>();
expectTypeOf<'anything'>().toExtend<LoaderType>();

export const storage: RegisteredStorage = { vault: { region: 'north' }, other: { anything: 1 } };
// @ts-expect-error the options of a scheme are those of its plugin
export const wrongStorage: RegisteredStorage = { vault: { regoin: 'north' } };

// Options and values are those of the loader, by `from` of a project and by plugins that are given.
const given = createMaterializers({ plugins: [pluginA, pluginB] });
expectTypeOf<typeof given.from.table>().toEqualTypeOf<typeof from.table>();
const rows = from.table({ path: 'a' });
expectTypeOf(rows).toExtend<DataLoader<Row[]>>();
const batches = from.table({ path: source('file'), as: 'batches' });
expectTypeOf(batches).toExtend<DataLoader<AsyncIterable<Row[]>, unknown, { file: string }>>();
expectTypeOf(to.table({ path: 'a' })).toExtend<DataSaver<readonly Row[]>>();

export const rightUse = [
  node(({ t }: { t: Row[] }) => t, loadFrom({ t: rows }), saveTo(to.table({ path: 'b' }))),
  node(({ t }: { t: AsyncIterable<Row[]> }) => t, loadFrom({ t: batches })),
  node(({ t }: { t: string }) => t, loadFrom({ t: from.text({ path: 'a' }) })),
];
export const wrongUse = () => [
  // @ts-expect-error the plugin's options are typed
  from.table({ path: 3 }),
  // @ts-expect-error and only those are there
  from.table({ path: 'a', sa: 'batches' }),
  // @ts-expect-error rows are no text
  node(({ t }: { t: string }) => t, loadFrom({ t: rows })),
  // @ts-expect-error batches are no list
  node(({ t }: { t: Row[] }) => t, loadFrom({ t: batches })),
  // @ts-expect-error a number is no list of rows
  node(() => 3, saveTo(to.table({ path: 'a' }))),
  // @ts-expect-error nobody has registered it
  to.unheardOf({ path: 'a' }),
  // @ts-expect-error nor brings one of the plugins it
  given.from.unheardOf({ path: 'a' }),
  // @ts-expect-error the built-in formats stay as they are
  node(() => 3, saveTo(to.text({ path: 'a' }))),
];

// @ts-expect-error a plugin states the version of the contract that it was made for
definePlugin({ name: 'plugin-b' });
