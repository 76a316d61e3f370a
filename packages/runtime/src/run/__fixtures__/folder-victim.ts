/**
 * Saves into a folder again and again. Arguments: root, version of the first save, mode, how many saves to make before it is
 * killed, and the call of the disk at which it is killed then; 0 for never. Prints the versions that it has saved.
 */
import { isFlowerPowerError } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { builtinSavers, parseOptions } from '@flowerpower/io';
import { dieAtCall } from './die-at-call.js';

const [root, first, mode, count, dieAt] = process.argv.slice(2) as [string, string, string, string, string];
const fs = createLocalFileSystem({ root });
const saver = builtinSavers.csv;
const options = parseOptions(saver, { path: 'out/', by: ['k'], mode });

/** In more folders than are open at once. */
const rows = (version: number) => Array.from({ length: 40 }, (_, n) => ({ version, n, k: n % 20 }));

async function save(version: number): Promise<void> {
  try {
    await saver.save(rows(version), options, { resolve: (path) => ({ fs, path }) });
    console.log(version);
  } catch (error) {
    if (!isFlowerPowerError(error) || error.code !== 'FP_IO_CONFLICT') throw error;
  }
}

let version = Number(first);
for (let left = Number(count); left > 0; left--) await save(version++);
if (Number(dieAt) > 0) {
  dieAtCall(Number(dieAt));
  for (;;) await save(version++);
}
