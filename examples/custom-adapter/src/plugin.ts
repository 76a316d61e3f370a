import { definePlugin } from '@flowerpower/plugin';
import { legacyError } from './errors.js';
import { fixedWidthLoader } from './fixed-width/loader.js';
import { fixedWidthSaver } from './fixed-width/saver.js';
import { zipFileSystem } from './zip/file-system.js';

export const legacyFiles = definePlugin({
  name: 'flowerpower-legacy-files',
  apiVersion: 1,
  loaders: { fixedWidth: fixedWidthLoader },
  savers: { fixedWidth: fixedWidthSaver },
  fileSystems: { zip: zipFileSystem },
  errors: legacyError.catalogue,
});

/** So that `from.fixedWidth`, `to.fixedWidth` and `storageOptions.zip` are typed wherever this package is imported. */
declare module '@flowerpower/plugin' {
  interface Register {
    'flowerpower-legacy-files': typeof legacyFiles;
  }
}
