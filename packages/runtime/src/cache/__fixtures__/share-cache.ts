/** One of several processes that store, read and clear away in one cache; ends with an error for a wrong value. */
import { fingerprint } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { fileCacheStore } from '../file-cache-store.js';

const [root, position] = process.argv.slice(2) as [string, string];
const store = fileCacheStore({ fs: createLocalFileSystem({ root }), dir: 'cache', maxSizeBytes: 100_000 });
let hits = 0;
for (let round = 0; round < 15; round++) {
  for (let index = 0; index < 20; index++) {
    const key = String((index * 7 + round + Number(position)) % 20).padStart(64, '0');
    // Every other value has a file of its own.
    const value = { key, text: 'x'.repeat(Number(key) % 2 === 0 ? 10 : 20_000) };
    const { hash, sizeBytes } = fingerprint(value) as { hash: string; sizeBytes: number };
    const found = await store.getVersion(key);
    const cached = found === undefined ? undefined : (found.cached ?? (await store.getValue(found.dataVersion)));
    if (cached === undefined) await store.set(key, { dataVersion: hash, value, sizeBytes });
    else if (JSON.stringify(cached.value) === JSON.stringify(value)) hits++;
    else throw new Error(`A wrong value for ${key}.`);
  }
}
console.log(`ok ${hits}`);
