// Brings a fresh clone to the point where everything runs: installs with the pinned pnpm, then builds what changed.
// Needs Node and npm only. A second run installs nothing and rebuilds nothing.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { removeStale } from './packages/stale-files.mjs';
import { publishablePackages } from './packages/workspace.mjs';

const root = join(import.meta.dirname, '..');
const stampFile = join(root, 'node_modules', '.flowerpower-install');

// turbo calls the package manager by name: the pinned one is a development dependency.
const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};

install();
if (!process.argv.includes('--no-build')) build();

function install() {
  const stamp = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(process.versions.modules)
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile']);
  writeFileSync(stampFile, stamp);
}

function build() {
  run(process.execPath, [
    join(root, 'node_modules', 'turbo', 'bin', 'turbo'),
    'run',
    'build',
    '--output-logs=errors-only',
    '--log-order=grouped',
  ]);
  for (const { dir } of publishablePackages()) removeStale(dir);
}

/** Runs a command with its output on stderr, so that stdout stays the product of the calling script. */
function run(command, args) {
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (done.error) throw done.error;
  if (done.status !== 0) process.exit(done.status ?? 1);
}
