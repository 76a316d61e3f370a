// What does one observer that is called when each node starts and ends, and how long it took, cost?
import { ours } from './contenders.mjs';
import { expectedValue, importNodes, shapes } from './graphs.mjs';
import { expectations, measure } from './measure.mjs';
import { table } from './table.mjs';

export async function run() {
  const rows = [['graph', 'nodes', 'bare ns', 'start and end ns', 'ratio', 'end only', 'middleware', 'aim']];
  for (const count of [100, 1000, 10_000]) {
    for (const [shape, make] of Object.entries(shapes)) {
      const dependencies = make(count);
      const expected = expectations(expectedValue, dependencies);
      let reported = 0;
      const onNodeStart = () => void reported++;
      const onNodeEnd = ({ durationMs }) => void (reported += durationMs >= 0 ? 1 : 0);
      const aroundNode = (_, next) => next();
      const adapters = [
        [],
        [{ name: 'both', onNodeStart, onNodeEnd }],
        [{ name: 'end', onNodeEnd }],
        [{ name: 'middleware', aroundNode }],
      ];
      const contenders = await Promise.all(
        adapters.map(async (list) => ({
          name: list[0]?.name ?? 'bare',
          run: ours(await importNodes(dependencies, 'positional'), dependencies, { adapters: list }),
          expected,
        })),
      );
      const times = await measure(contenders);
      if (reported === 0) throw new Error('No observer was called.');
      const ratios = times.map((ns) => (ns / times[0]).toFixed(1));
      const [bare, both] = times.map((ns) => (ns / count).toFixed(0));
      rows.push([shape, String(count), bare, both, ...ratios.slice(1), '5.0']);
    }
  }
  return table(
    `Observers: CPU ns per node, as multiples of the bare run, Node ${process.versions.node}`,
    rows,
  );
}
