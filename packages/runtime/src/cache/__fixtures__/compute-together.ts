/** One of several processes that run the same nodes with one cache. Each node writes its name to a log when it computes. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createDriver } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { fileCacheStore } from '../file-cache-store.js';

const [root, count, mode] = process.argv.slice(2) as [string, string, 'run' | 'hang'];
const store = fileCacheStore({ fs: createLocalFileSystem({ root }), dir: 'cache' });
const names = Array.from({ length: Number(count) }, (_, index) => `n${index}`);
const nodes = Object.fromEntries(
  names.map((name) => [
    name,
    async ({ input }: { input: number }) => {
      appendFileSync(join(root, 'computed.log'), `${name}\n`);
      if (mode === 'hang') {
        console.log('computing');
        await new Promise(() => setInterval(() => {}, 60_000));
      }
      // Others come by while it computes.
      for (let turn = 0; turn < 20; turn++) await nextTurn();
      return input;
    },
  ]),
);
const driver = createDriver({ modules: [nodes], cache: { store } });
const values = await driver.execute(names, { inputs: { input: 1 }, maxConcurrency: 4 });
console.log(Object.values(values).reduce((sum: number, value) => sum + Number(value), 0));
