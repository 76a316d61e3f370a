import { defineFileSystem, definePlugin } from '@flowerpower/plugin';
import { createGcsFileSystem } from './create-gcs-file-system.js';
import { gcsOptions } from './options.js';

export const gcsPlugin = definePlugin({
  name: '@flowerpower/plugin-gcs',
  apiVersion: 1,
  fileSystems: {
    gs: defineFileSystem({
      options: gcsOptions,
      create: (options, bucket) => createGcsFileSystem({ ...options, bucket }),
    }),
  },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-gcs': typeof gcsPlugin;
  }
}
