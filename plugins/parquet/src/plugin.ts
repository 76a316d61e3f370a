import { definePlugin } from '@flowerpower/plugin';
import { parquetLoader } from './parquet-loader.js';
import { parquetSaver } from './parquet-saver.js';

export const parquetPlugin = definePlugin({
  name: '@flowerpower/plugin-parquet',
  apiVersion: 1,
  loaders: { parquet: parquetLoader },
  savers: { parquet: parquetSaver },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-parquet': typeof parquetPlugin;
  }
}
