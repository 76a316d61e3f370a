export type { ParquetLoadOptions } from './options/load-options.js';
export type { ParquetColumnType, ParquetSaveOptions } from './options/save-options.js';
export { parquetLoader } from './parquet-loader.js';
export { parquetSaver } from './parquet-saver.js';
export { parquetPlugin as default } from './plugin.js';
