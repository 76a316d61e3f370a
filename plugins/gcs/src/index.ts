export { createGcsFileSystem, type GcsFileSystemOptions } from './create-gcs-file-system.js';
export { type GcsOptions, gcsOptions } from './options.js';
export { gcsPlugin as default } from './plugin.js';
