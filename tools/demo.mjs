// The README's first command: runs the example projects and shows where their pictures are.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const command = join(root, 'packages', 'cli', 'bin.mjs');

const examples = [
  { folder: 'hello-world', pipeline: 'hello_world', about: 'marketing spend and signups' },
  {
    folder: 'weather-etl',
    pipeline: 'weather_etl',
    about: 'four years of daily weather, cleaned and summed up',
  },
  {
    folder: 'fan-out',
    pipeline: 'letters',
    about: 'one node for each of five letters, and a cache',
  },
];

for (const { folder, pipeline, about } of examples) {
  console.log(
    `\n── examples/${folder}: ${about} ${'─'.repeat(Math.max(0, 60 - folder.length - about.length))}\n`,
  );
  flowerpower(folder, 'pipeline', 'run', pipeline);
  flowerpower(folder, 'pipeline', 'save-dag', pipeline, '--output-path', `output/${pipeline}.svg`);
}
console.log(
  `\nThe pictures: ${examples.map(({ folder, pipeline }) => `examples/${folder}/output/${pipeline}.svg`).join(', ')}`,
);

function flowerpower(folder, ...args) {
  const { status } = spawnSync(process.execPath, [command, ...args], {
    cwd: join(root, 'examples', folder),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
