import { definePlugin } from '@flowerpower/plugin';
import { createS3FileSystem } from './create-s3-file-system.js';
import { type S3Options, s3Options } from './options.js';

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-s3': { fileSystems: { s3: S3Options } };
  }
}

export const s3Plugin = definePlugin({
  name: '@flowerpower/plugin-s3',
  apiVersion: 1,
  fileSystems: {
    s3: {
      options: s3Options,
      create: (options, bucket) => createS3FileSystem({ ...(options as S3Options), bucket }),
    },
  },
});
