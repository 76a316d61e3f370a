// What does an item of a fan-out cost, does it grow with their number, and does a stream keep memory small?
import { spawnSync } from 'node:child_process';
import { collect, createDriver, node, parallelizable } from '@flowerpower/core';
import async from 'async';
import { Effect } from 'effect';
import { measure } from './measure.mjs';
import { table } from './table.mjs';

const sizes = [1000, 10_000, 100_000, 1_000_000];
/** Items under way at once, as the engine has it by default. */
const concurrency = 64;
const heapMB = 128;

const sum = (values) => values.reduce((total, value) => total + value, 0);
const add = (item, seed) => item + seed;
const addLater = async (item, seed) => item + seed;

/** One node inside the fan-out, and one that collects. */
function ours(count, work) {
  const driver = createDriver({
    modules: [
      {
        item: node(() => Array.from({ length: count }, (_, index) => index), parallelizable()),
        result: node({ inputs: ['item', 'seed'] }, work),
        total: node({ inputs: ['result'] }, sum, collect('result')),
      },
    ],
  });
  return driver;
}

async function pool(items, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}

function contenders(count) {
  const items = () => Array.from({ length: count }, (_, index) => index);
  const expected = (seed) => (count * (count - 1)) / 2 + count * seed;
  const synchronous = ours(count, (item, seed) => item + seed);
  const asynchronous = ours(count, async (item, seed) => item + seed);
  return {
    synchronous: [
      { name: 'by hand, a loop', run: (seed) => sum(items().map((item) => add(item, seed))), expected },
      {
        name: 'ours',
        run: (seed) => synchronous.executeSync(['total'], { inputs: { seed } }).total,
        expected,
      },
      {
        name: 'Effect.forEach',
        run: (seed) =>
          sum(Effect.runSync(Effect.forEach(items(), (item) => Effect.sync(() => add(item, seed))))),
        expected,
      },
    ],
    asynchronous: [
      {
        name: `by hand, ${concurrency} loops`,
        run: async (seed) => sum(await pool(items(), (item) => addLater(item, seed))),
        expected,
        isAsync: true,
      },
      {
        name: 'ours',
        run: async (seed) => (await asynchronous.execute(['total'], { inputs: { seed } })).total,
        expected,
        isAsync: true,
      },
      {
        name: 'async.mapLimit',
        run: async (seed) =>
          sum(await async.mapLimit(items(), concurrency, async (item) => addLater(item, seed))),
        expected,
        isAsync: true,
      },
      {
        name: 'Effect.forEach',
        run: async (seed) =>
          sum(
            await Effect.runPromise(
              Effect.forEach(items(), (item) => Effect.promise(() => addLater(item, seed)), { concurrency }),
            ),
          ),
        expected,
        isAsync: true,
      },
    ],
  };
}

/** In a process of its own with a small heap; prints the CPU time per item and the peak of resident memory. */
async function streamOnce({ collect, createDriver, node, parallelizable }, count) {
  const m = {
    item: node(async function* () {
      for (let index = 0; index < count; index++) yield index;
    }, parallelizable()),
    result: async ({ item }) => item + 1,
    total: node(
      async ({ result }) => {
        let total = 0;
        for await (const value of result) total += value;
        return total;
      },
      collect('result', { as: 'asyncIterable' }),
    ),
  };
  const before = process.cpuUsage();
  const { total } = await createDriver({ modules: [m] }).execute(['total']);
  const { user, system } = process.cpuUsage(before);
  if (total !== (count * (count + 1)) / 2) throw new Error(`The total is wrong: ${total}.`);
  console.log(JSON.stringify({ us: (user + system) / count, peakMB: process.resourceUsage().maxRSS / 1000 }));
}

export async function run() {
  const rows = [['items', 'kind', 'contender', 'µs per item', 'to by hand', 'aim µs']];
  for (const count of sizes) {
    const options = count >= 100_000 ? { warmUpMs: 1500, rounds: 3 } : {};
    for (const [kind, list] of Object.entries(contenders(count))) {
      const times = await measure(list, options);
      for (const [index, { name }] of list.entries()) {
        const aim = name === 'ours' && kind === 'synchronous' ? '3.0' : '';
        const perItem = (times[index] / count / 1000).toFixed(2);
        rows.push([String(count), kind, name, perItem, (times[index] / times[0]).toFixed(1), aim]);
      }
    }
  }
  const streams = [['items', 'heap MB', 'µs per item', 'peak MB resident']];
  for (const count of [10_000, 1_000_000]) {
    const text = `import * as core from '@flowerpower/core'; await (${streamOnce})(core, ${count});`;
    const args = [`--max-old-space-size=${heapMB}`, '--input-type=module', '-e', text];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The stream of ${count} items failed:\n${stderr}`);
    const { us, peakMB } = JSON.parse(stdout);
    streams.push([String(count), String(heapMB), us.toFixed(2), peakMB.toFixed(0)]);
  }
  return [
    table(
      `Fan-out: CPU time per item, ${concurrency} under way at once, Node ${process.versions.node}`,
      rows,
    ),
    table('Fan-out: asynchronous items through an async generator into a stream', streams),
  ].join('\n');
}
