import type { Loader } from '@flowerpower/io';
import { definePlugin } from '@flowerpower/plugin';
import type * as v from 'valibot';
import type { parquetLoadOptions } from './options/load-options.js';
import type { parquetSaveOptions } from './options/save-options.js';
import { parquetLoader } from './parquet-loader.js';
import { parquetSaver } from './parquet-saver.js';

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-parquet': {
      loaders: { parquet: v.InferInput<typeof parquetLoadOptions> };
      savers: { parquet: v.InferInput<typeof parquetSaveOptions> };
    };
  }
}

export const parquetPlugin = definePlugin({
  name: '@flowerpower/plugin-parquet',
  apiVersion: 1,
  loaders: { parquet: parquetLoader as Loader<unknown, unknown> },
  savers: { parquet: parquetSaver },
});
