// How much slower are the libraries that one would take instead, on the same synchronous functions?
import { asyncAuto, effectFibers, effectGen, observable, ours, pGraph } from './contenders.mjs';
import { expectedValue, importNodes, shapes } from './graphs.mjs';
import { expectations, measure } from './measure.mjs';
import { table } from './table.mjs';

// async.auto and the Observable runtime take time with the square of the nodes, so they stop where a run takes seconds.
const peers = [
  { name: 'Effect.gen', make: effectGen, isAsync: false, most: 10_000 },
  { name: 'Effect fibers', make: effectFibers, isAsync: true, most: 10_000 },
  { name: 'p-graph', make: pGraph, isAsync: true, most: 10_000 },
  { name: 'async.auto', make: asyncAuto, isAsync: true, most: 1000 },
  { name: 'Observable', make: observable, isAsync: true, most: 100 },
];

export async function run() {
  const rows = [['graph', 'nodes', 'ours ns', ...peers.map(({ name }) => name)]];
  for (const count of [100, 1000, 10_000]) {
    for (const [shape, make] of Object.entries(shapes)) {
      const dependencies = make(count);
      const expected = expectations(expectedValue, dependencies);
      const contender = async ({ name, make: start, isAsync }) => {
        const run = start(await importNodes(dependencies, 'positional'), dependencies);
        return { name, run, isAsync, expected };
      };
      const engine = await contender({ name: 'ours', make: ours, isAsync: false });
      const entered = peers.filter(({ most }) => count <= most);
      const others = await Promise.all(entered.map(contender));
      const [own, ...theirs] = await measure([engine, ...others], { warmUpMs: 250, rounds: 5, roundMs: 20 });
      const ratios = peers.map(({ name }) => {
        const index = entered.findIndex((peer) => peer.name === name);
        return index === -1 ? '-' : `${(theirs[index] / own).toFixed(theirs[index] < 10 * own ? 1 : 0)}x`;
      });
      rows.push([shape, String(count), (own / count).toFixed(0), ...ratios]);
    }
  }
  return table(
    `Synchronous nodes: CPU time of peers as a multiple of ours (aims: Effect.gen above 1, p-graph and Effect fibers 40, async.auto 100), Node ${process.versions.node}`,
    rows,
  );
}
