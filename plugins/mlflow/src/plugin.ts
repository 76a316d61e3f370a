import { definePlugin } from '@flowerpower/plugin';
import { mlflow } from './adapter.js';

export const mlflowPlugin = definePlugin({
  name: '@flowerpower/plugin-mlflow',
  apiVersion: 1,
  adapters: { mlflow },
  errors: { MLFLOW_NO_SERVER: 'The address of no MLflow server is known.' },
});

declare module '@flowerpower/plugin' {
  interface Register {
    '@flowerpower/plugin-mlflow': typeof mlflowPlugin;
  }
}
