/**
 * Runs a pipeline with savers and a cache again and again. Arguments: folder, version of the first run, and the call
 * of the filesystem at which the process is killed, counted from the end of the first run; 0 for never, then it runs
 * once for each line of its input. Ends with an error when a run fails, or when its first run leaves litter of dead processes.
 */
import { createInterface } from 'node:readline';
import { createLocalFileSystem } from '@flowerpower/fs';
import { createRegistry } from '@flowerpower/plugin';
import { createLogger, createPipelineRunner, defaultRunConfig } from '../../index.js';
import { dieAtCall } from './die-at-call.js';

const [root, first, dieAt, name] = process.argv.slice(2) as [string, string, string, string];

const files = createLocalFileSystem({ root });
const runner = createPipelineRunner({
  registry: createRegistry(),
  fs: files,
  log: createLogger({ level: 'WARNING', sink: ({ msg }) => console.error(msg) }),
});
const small = ({ version }: { version: number }) => ({ version, rows: [version] });
const large = ({ version }: { version: number }) => ({ version, rows: new Array<number>(5_000).fill(version) });
const table = ({ version }: { version: number }) => Array.from({ length: 200 }, (_, row) => ({ version, row }));
const text = ({ version }: { version: number }) => `${version}\n`.repeat(500);
const modules = [{ small, large, table, text }];
const save = {
  small: { type: 'json', path: `out/${name}-small.json` },
  large: { type: 'json', path: `out/${name}-large.json` },
  table: { type: 'csv', path: `out/tables/${name}.csv` },
  text: { type: 'text', path: `out/${name}.txt` },
};

let version = Number(first);
const run = () =>
  runner.run({
    name,
    modules,
    params: {},
    io: { load: {}, save },
    run: { ...defaultRunConfig, inputs: { version: version++ }, cache: { enabled: true, maxSizeBytes: 1_000_000 } },
  });

await run();
// The one that lives on has others beside it, which may be killed between its run and its look.
const others = name === 'living';
for await (const { path, writer } of others ? [] : files.listUnfinished('', { recursive: true })) {
  if (writer === 'dead') throw new Error(`After the next run there is still ${path}.`);
}
if (Number(dieAt) > 0) {
  dieAtCall(Number(dieAt));
  for (;;) await run();
}
for await (const _line of createInterface(process.stdin)) await run();
await runner.close();
