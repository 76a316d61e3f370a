import { definePlugin } from '@flowerpower/plugin';
import { arrowLoader } from './arrow-loader.js';
import { arrowSaver } from './arrow-saver.js';

export const arrowPlugin = definePlugin({
  name: '@flowerpower/plugin-arrow',
  apiVersion: 1,
  loaders: { arrow: arrowLoader },
  savers: { arrow: arrowSaver },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-arrow': typeof arrowPlugin;
  }
}
