export { createGcsFileSystem } from './create-gcs-file-system.js';
export { type GcsFileSystemOptions, type GcsOptions, gcsOptions } from './options.js';
export { gcsPlugin as default } from './plugin.js';
