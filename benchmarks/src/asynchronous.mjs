// Every node is an async function: what does each way of waiting cost?
import { asyncAuto, effectFibers, effectGen, oursAsync, pGraph } from './contenders.mjs';
import { expectedValue, importNodes, shapes } from './graphs.mjs';
import { expectations, measure } from './measure.mjs';
import { table } from './table.mjs';

const asEffect = (make) => (nodes, dependencies) => make(nodes, dependencies, true);
const peers = [
  { name: 'Promise.all', make: ({ withPromiseAll }) => withPromiseAll, most: 10_000 },
  { name: '.then', make: ({ withThen }) => withThen, most: 10_000 },
  { name: 'Effect.gen', make: asEffect(effectGen), most: 10_000 },
  { name: 'Effect fibers', make: asEffect(effectFibers), most: 10_000 },
  { name: 'p-graph', make: pGraph, most: 10_000 },
  { name: 'async.auto', make: asEffect(asyncAuto), most: 100 },
];

export async function run() {
  const rows = [['graph', 'nodes', 'ours ns', ...peers.map(({ name }) => name)]];
  for (const count of [100, 1000, 10_000]) {
    for (const [shape, make] of Object.entries(shapes)) {
      const dependencies = make(count);
      const expected = expectations(expectedValue, dependencies);
      const contender = async ({ name, make: start }) => {
        const run = start(await importNodes(dependencies, 'asynchronous'), dependencies);
        return { name, run, isAsync: true, expected };
      };
      const entered = peers.filter(({ most }) => count <= most);
      const contenders = await Promise.all([{ name: 'ours', make: oursAsync }, ...entered].map(contender));
      const [own, ...theirs] = await measure(contenders, { warmUpMs: 250, rounds: 7, roundMs: 20 });
      const ratios = peers.map((_, index) =>
        index < theirs.length ? `${(theirs[index] / own).toFixed(1)}x` : '-',
      );
      rows.push([shape, String(count), (own / count).toFixed(0), ...ratios]);
    }
  }
  return table(
    `Asynchronous nodes: CPU time as a multiple of ours (aim: Promise.all above 1), Node ${process.versions.node}`,
    rows,
  );
}
