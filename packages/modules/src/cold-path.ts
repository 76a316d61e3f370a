/**
 * Everything that loading an unchanged module does not need. It is imported as one, on demand: the bundler then makes
 * two files of the warm path, and each file costs a fresh process about a millisecond.
 */
export { buildModule } from './build-module.js';
export { storeInFirst } from './cache/store-in-first.js';
export { renewManifest } from './cache/renew-manifest.js';
export { importFailure } from './import-failure.js';
export { readSourceText } from './files/source-text.js';
