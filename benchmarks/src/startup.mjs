// How long does the command take, as a multiple of starting Node at all?
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median, table } from './table.mjs';

const root = join(import.meta.dirname, '..', '..');
const command = join(root, 'packages', 'cli', 'bin.mjs');
const project = join(root, 'examples', 'hello-world');
const rounds = 15;

const contenders = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'flowerpower --version', args: [command, '--version'], aim: 2 },
  { name: 'flowerpower --help', args: [command, '--help'] },
  { name: 'pipeline show-pipelines', args: [command, 'pipeline', 'show-pipelines'] },
  {
    name: 'pipeline run hello_world (warm)',
    args: [command, 'pipeline', 'run', 'hello_world', '--quiet'],
    aim: 5,
  },
];

export async function run() {
  const times = contenders.map(() => []);
  // One round that is not counted fills the module cache; after it contenders take turns, so that drift hits all.
  for (let round = -1; round < rounds; round++) {
    for (const [index, { args }] of contenders.entries()) {
      const startedMs = performance.now();
      const done = spawnSync(process.execPath, args, { cwd: project, stdio: ['ignore', 'ignore', 'pipe'] });
      const tookMs = performance.now() - startedMs;
      if (done.status !== 0) throw new Error(`${contenders[index].name} failed:\n${done.stderr}`);
      if (round >= 0) times[index].push(tookMs);
    }
  }
  const base = median(times[0]);
  return table(`Startup: whole processes, median of ${rounds}, Node ${process.versions.node}`, [
    ['command', 'ms', 'ratio to node', 'aim'],
    ...contenders.map(({ name, aim }, index) => [
      name,
      median(times[index]).toFixed(0),
      (median(times[index]) / base).toFixed(1),
      aim === undefined ? '' : `${aim.toFixed(0)}.0`,
    ]),
  ]);
}
