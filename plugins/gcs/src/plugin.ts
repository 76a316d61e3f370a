import { definePlugin } from '@flowerpower/plugin';
import { createGcsFileSystem } from './create-gcs-file-system.js';
import { type GcsOptions, gcsOptions } from './options.js';

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-gcs': { fileSystems: { gs: GcsOptions } };
  }
}

export const gcsPlugin = definePlugin({
  name: '@flowerpower/plugin-gcs',
  apiVersion: 1,
  fileSystems: {
    gs: {
      options: gcsOptions,
      create: (options, bucket) => createGcsFileSystem({ ...(options as GcsOptions), bucket }),
    },
  },
});
