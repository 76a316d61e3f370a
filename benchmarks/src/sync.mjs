// What does the graph cost over calling the same synchronous functions by hand?
import { ours } from './contenders.mjs';
import { expectedValue, importNodes, shapes } from './graphs.mjs';
import { expectations, measure } from './measure.mjs';
import { table } from './table.mjs';

export async function run() {
  const rows = [['graph', 'nodes', 'style', 'by hand ns', 'ours ns', 'added ns', 'ratio', 'aim']];
  for (const count of [100, 1000, 10_000]) {
    for (const [shape, make] of Object.entries(shapes)) {
      const dependencies = make(count);
      const expected = expectations(expectedValue, dependencies);
      for (const style of ['positional', 'destructured']) {
        const byHand = await importNodes(dependencies, style);
        const run = ours(await importNodes(dependencies, style), dependencies);
        const [direct, engine] = await measure([
          { name: 'by hand', run: byHand.direct, expected },
          { name: 'ours', run, expected },
        ]);
        rows.push([
          shape,
          String(count),
          style,
          ...[direct, engine, engine - direct].map((ns) => (ns / count).toFixed(0)),
          (engine / direct).toFixed(2),
          count === 10_000 ? 'ratio 2' : 'added 60',
        ]);
      }
    }
  }
  return table(
    `Synchronous nodes: CPU ns per node against direct calls, Node ${process.versions.node}`,
    rows,
  );
}
