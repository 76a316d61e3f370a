export { arrowLoader } from './arrow-loader.js';
export { arrowSaver, type ArrowToSave } from './arrow-saver.js';
export type { ArrowLoadOptions } from './options/load-options.js';
export type { ArrowSaveOptions } from './options/save-options.js';
export { arrowPlugin as default } from './plugin.js';
export type { ArrowColumnType } from './table/column-types.js';
export { rowsOf } from './table/rows-of.js';
export { tableOf, type TableOfOptions } from './table/table-of.js';
