export { legacyError } from './errors.js';
export { fixedWidthLoader, type TextRow } from './fixed-width/loader.js';
export { fixedWidthSaver, type Rows } from './fixed-width/saver.js';
export { legacyFiles as default } from './plugin.js';
export { zipFileSystem } from './zip/file-system.js';
