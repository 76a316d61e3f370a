import { createFileSystem } from '@flowerpower/fs';
import { defineFileSystem } from '@flowerpower/plugin';
import * as v from 'valibot';
import { zipDriver } from './zip-driver.js';

/** `zip://2024/may.dat` is the file `may.dat` in the archive `2024.zip` of the folder that `storageOptions.zip` names. */
export const zipFileSystem = defineFileSystem({
  options: v.strictObject({
    /** The folder of the archives, as every path of the project. Default: the project itself. */
    folder: v.optional(v.string(), ''),
  }),
  create({ folder }, name, { resolve }) {
    const archive = folder === '' ? `${name}.zip` : `${folder}/${name}.zip`;
    return createFileSystem(zipDriver({ name, locate: (use) => resolve(archive, use) }));
  },
});
