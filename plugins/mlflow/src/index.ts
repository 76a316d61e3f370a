export { mlflow } from './adapter.js';
export type { MlflowOptions } from './options.js';
export { mlflowPlugin as default } from './plugin.js';
