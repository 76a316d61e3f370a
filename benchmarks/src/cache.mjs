// What does the cache cost: a hit from memory and from files, and a first run against the write itself?
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDriver, memoryCacheStore } from '@flowerpower/core';
import { createLocalFileSystem } from '@flowerpower/fs';
import { fileCacheStore } from '@flowerpower/runtime';
import { median, table } from './table.mjs';

const count = 100;
const rounds = 5;
const warmUps = 12;

/** What each node gives: an ordinary small value, and a table of a hundred rows. */
const values = {
  number: 'seed + index',
  record: '({ id: index, name: "node " + index, at: new Date(seed), parts: [seed, index] })',
  '100 rows':
    'Array.from({ length: 100 }, (_, row) => ({ id: row + seed, name: "row " + row, price: row * index }))',
};

export async function run() {
  const rows = [['store', 'value', 'nodes', 'write µs', 'cold µs', 'ratio', 'aim', 'warm µs', 'aim']];
  for (const [value, expression] of Object.entries(values)) {
    const memory = await measureStore(expression, () => ({ store: memoryCacheStore(), remove() {} }));
    rows.push(row('memory', value, memory, '20'));
    const files = await measureStore(expression, async () => {
      const root = await mkdtemp(join(tmpdir(), 'flowerpower-cache-bench-'));
      const store = fileCacheStore({ fs: createLocalFileSystem({ root }), dir: 'cache' });
      return { store, remove: () => rm(root, { recursive: true }) };
    });
    rows.push(row('files', value, files, '300'));
  }
  return table(
    `Cache: CPU µs per node, a node after the other, cold as a multiple of the write itself, Node ${process.versions.node}`,
    rows,
  );
}

function row(store, value, { writeUs, coldUs, warmUs }, aim) {
  const text = (us) => us.toFixed(1);
  const ratio = (coldUs / writeUs).toFixed(1);
  return [store, value, String(count), text(writeUs), text(coldUs), ratio, '3.0', text(warmUs), aim];
}

/** Medians over fresh stores; each cold run is followed by warm ones, until the compiler has settled. */
async function measureStore(expression, create) {
  const driverOn = await driverFor(expression);
  const times = { writeUs: [], coldUs: [], warmUs: [] };
  for (let round = 0; round < rounds; round++) {
    const written = await create();
    const entries = recorded(memoryCacheStore());
    await driverOn(entries.store).execute(['last'], { inputs: { seed: round } });
    times.writeUs.push(
      await cpuUs(async () => {
        for (const [key, entry] of entries.sets) await written.store.set(key, entry);
      }),
    );
    await written.remove();

    const { store, remove } = await create();
    const driver = driverOn(store);
    const execute = () => driver.execute(['last'], { inputs: { seed: round } });
    times.coldUs.push(await cpuUs(execute));
    for (let warmUp = 0; warmUp < warmUps; warmUp++) await execute();
    times.warmUs.push(await cpuUs(execute));
    const misses = driver.cache.explain().filter(({ outcome }) => outcome === 'miss');
    if (misses.length > 0) throw new Error(`A warm run missed: ${misses[0].text}.`);
    await remove();
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list) / count]));
}

/** A chain: every node takes the one before it and the seed. */
async function driverFor(expression) {
  const source = Array.from({ length: count }, (_, index) => {
    const name = index === count - 1 ? 'last' : `n${index}`;
    const inputs = index === 0 ? '{ seed }' : `{ seed, n${index - 1}: _before }`;
    return `export const ${name} = (${inputs}) => ${expression.replaceAll('index', String(index))};`;
  });
  const module = await import(`data:text/javascript,${encodeURIComponent(source.join('\n'))}`);
  return (store) => createDriver({ modules: [module], cache: { store } });
}

/** A store that remembers what was written to it. */
function recorded(store) {
  const sets = [];
  return {
    sets,
    store: {
      ...store,
      set(key, entry) {
        sets.push([key, entry]);
        return store.set(key, entry);
      },
    },
  };
}

async function cpuUs(action) {
  const before = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
