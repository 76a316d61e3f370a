import { createLocalFileSystem, createMemoryFileSystem } from '@flowerpower/fs';
import { builtinLoaders, builtinSavers } from '@flowerpower/io';
import { progress } from '../adapters/progress.js';
import { definePlugin, type Plugin } from '../contract/plugin.js';

/** What every project has without installing anything. */
export const builtinPlugin: Plugin = definePlugin({
  name: 'flowerpower',
  apiVersion: 1,
  fileSystems: {
    file: { create: (_options, authority) => createLocalFileSystem({ root: authority }) },
    memory: { create: (_options, authority) => createMemoryFileSystem({ name: authority }) },
  },
  loaders: builtinLoaders,
  savers: builtinSavers,
  adapters: { progress },
});
