import { expectTypeOf } from 'vitest';
import { createMemoryFileSystem } from '@flowerpower/fs';
import { definePlugin, type FileSystemScheme, type LoaderType } from '@flowerpower/plugin';

declare module '@flowerpower/plugin' {
  interface Register {
    'plugin-a': { fileSystems: { s3: { region: string } }; loaders: { parquet: undefined } };
    'plugin-b': { fileSystems: { gs: undefined } };
  }
}

expectTypeOf<Extract<LoaderType, 'parquet' | 'csv' | 's3'>>().toEqualTypeOf<'parquet' | 'csv'>();
expectTypeOf<Extract<FileSystemScheme, 's3' | 'gs' | 'file'>>().toEqualTypeOf<'s3' | 'gs' | 'file'>();
expectTypeOf<'anything'>().toExtend<LoaderType>();

// A factory may state the type of its options; the registry checks them against the schema before the call.
definePlugin({
  name: 'plugin-a',
  apiVersion: 1,
  fileSystems: {
    s3: { create: (options: { region: string }) => createMemoryFileSystem({ name: options.region }) },
  },
});
// @ts-expect-error a plugin states the version of the contract that it was made for
definePlugin({ name: 'plugin-b' });
