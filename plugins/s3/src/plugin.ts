import { defineFileSystem, definePlugin } from '@flowerpower/plugin';
import { createS3FileSystem } from './create-s3-file-system.js';
import { s3Options } from './options.js';

export const s3Plugin = definePlugin({
  name: '@flowerpower/plugin-s3',
  apiVersion: 1,
  fileSystems: {
    s3: defineFileSystem({
      options: s3Options,
      create: (options, bucket) => createS3FileSystem({ ...options, bucket }),
    }),
  },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-s3': typeof s3Plugin;
  }
}
