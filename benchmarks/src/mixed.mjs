// Do a few asynchronous nodes slow the synchronous ones?
import { ours, oursAsync } from './contenders.mjs';
import { expectedValue, importNodes, shapes } from './graphs.mjs';
import { expectations, measure } from './measure.mjs';
import { table } from './table.mjs';

const everyThousandth = (node) => node % 1000 === 0;

export async function run() {
  const rows = [['graph', 'nodes', 'style', 'synchronous ns', 'mixed ns', 'ratio']];
  const count = 10_000;
  for (const [shape, make] of Object.entries(shapes)) {
    const dependencies = make(count);
    const expected = expectations(expectedValue, dependencies);
    for (const style of ['positional', 'destructured']) {
      const synchronous = ours(await importNodes(dependencies, style), dependencies);
      const mixed = oursAsync(await importNodes(dependencies, style, everyThousandth), dependencies);
      const [plain, some] = await measure([
        { name: 'synchronous', run: synchronous, expected },
        { name: 'mixed', run: mixed, isAsync: true, expected },
      ]);
      const times = [plain, some].map((ns) => (ns / count).toFixed(0));
      rows.push([shape, String(count), style, ...times, (some / plain).toFixed(2)]);
    }
  }
  return table(
    `Mixed graphs: the first and every thousandth node asynchronous, CPU ns per node, Node ${process.versions.node}`,
    rows,
  );
}
