import { definePlugin } from '@flowerpower/plugin';
import { openlineage } from './adapter.js';

export const openLineagePlugin = definePlugin({
  name: '@flowerpower/plugin-openlineage',
  apiVersion: 1,
  adapters: { openlineage },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-openlineage': typeof openLineagePlugin;
  }
}
