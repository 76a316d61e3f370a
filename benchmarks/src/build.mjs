// What does building the graph cost, names of inputs included, and does the cost per node grow with the graph?
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDriver } from '@flowerpower/core';
import { importNodes, shapes } from './graphs.mjs';
import { median, table } from './table.mjs';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

const sizes = [
  { count: 1000, builds: 25 },
  { count: 10_000, builds: 7 },
  { count: 100_000, builds: 3 },
];

export async function run() {
  const rows = [['graph', 'nodes', 'style', 'build µs', 'first plan µs', 'to 1,000 nodes', 'aim µs']];
  for (const style of ['positional', 'destructured']) {
    for (let warm = 0; warm < 15; warm++) await buildOnce(1000, style);
    let smallest;
    for (const { count, builds } of sizes) {
      const times = [];
      for (let build = 0; build < builds; build++) times.push(await buildOnce(count, style));
      const [build, plan] = ['build', 'plan'].map((part) => median(times.map((time) => time[part])));
      smallest ??= build;
      const parts = [build, plan, build / smallest].map((value) => value.toFixed(1));
      rows.push(['random', String(count), style, ...parts, '5.0']);
    }
  }
  return table(`Build: CPU µs per node, median of fresh modules, Node ${process.versions.node}`, rows);
}

/** A fresh module each time, since an engine may keep the text of a function it has been asked for. */
async function buildOnce(count, style) {
  const { nodes } = await importNodes(shapes.random(count), style);
  // What importing a large module leaves behind is not a part of the build.
  collect();
  const started = process.cpuUsage();
  const driver = createDriver({ modules: [nodes] });
  const built = process.cpuUsage(started);
  const last = `n${count - 1}`;
  const { nodes: planned } = driver.plan([last], { inputs: { seed: 1 } });
  const both = process.cpuUsage(started);
  if (planned.length !== count || planned.at(-1) !== last) throw new Error('The plan is wrong.');
  const inMicroseconds = ({ user, system }) => (user + system) / count;
  return { build: inMicroseconds(built), plan: inMicroseconds(both) - inMicroseconds(built) };
}
