export type { ParquetLoadOptions } from './options/load-options.js';
export { parquetLoader } from './parquet-loader.js';
