export { createS3FileSystem, type S3FileSystemOptions } from './create-s3-file-system.js';
export { type S3Options, s3Options } from './options.js';
export { s3Plugin as default } from './plugin.js';
