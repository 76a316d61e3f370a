// The publishable packages of the workspace, and how to pack them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** @returns {{ dir: string, manifest: Record<string, any> }[]} */
export function publishablePackages() {
  return ['packages', 'plugins']
    .flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
    .filter((dir) => existsSync(join(dir, 'package.json')))
    .map((dir) => ({ dir, manifest: JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
}

/** Packs a built package as it would be published and gives the path of the tarball. */
export function pack(dir, destination) {
  mkdirSync(destination, { recursive: true });
  const pnpm = join(root, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  const done = spawnSync(process.execPath, [pnpm, 'pack', '--json', '--pack-destination', destination], {
    cwd: dir,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`pnpm pack failed in ${dir}:\n${done.stderr}${done.stdout}`);
  return JSON.parse(done.stdout).filename;
}
