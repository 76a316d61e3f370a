// Every package as it would be published: valid for Node and TypeScript users, and nothing in it that belongs at home.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { staleFiles } from './packages/stale-files.mjs';
import { pack, publishablePackages, root } from './packages/workspace.mjs';

const temp = mkdtempSync(join(tmpdir(), 'flowerpower-packages-'));
let failed = 0;
try {
  for (const { dir, manifest } of publishablePackages()) {
    const tarball = pack(dir, temp);
    const faults = [
      ...run('publint', tarball, '--strict'),
      ...run('attw', tarball, '--profile', 'esm-only', '--no-emoji', '--format', 'ascii'),
      ...strayFiles(tarball, dir),
      ...strayManifest(tarball),
      ...['README.md', 'tsconfig.json', 'tsconfig.build.json', 'tsup.config.ts', 'src/index.ts']
        .filter((file) => !existsSync(join(dir, file)))
        .map((file) => `has no ${file}; every package looks the same inside`),
    ];
    failed += faults.length > 0 ? 1 : 0;
    console.log(`${faults.length > 0 ? '✗' : '✓'} ${manifest.name}  ${relative(root, dir)}`);
    for (const fault of faults) console.log(`    ${fault.replaceAll('\n', '\n    ')}`);
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
process.exit(failed > 0 ? 1 : 0);

/** What a checker has to say, or nothing when it is content. */
function run(bin, ...args) {
  const done = spawnSync(join(root, 'node_modules', '.bin', bin), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    shell: process.platform === 'win32',
  });
  return done.status === 0 ? [] : [`${bin}:\n${done.stdout}${done.stderr}`];
}

function strayFiles(tarball, dir) {
  const listed = spawnSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).stdout.trim().split('\n');
  const files = listed.map((file) => file.replace(/^package\//, ''));
  const stray = files.filter((file) =>
    /\.test(-d)?\.|__fixtures__|tsbuildinfo|\.turbo|node_modules/.test(file),
  );
  return [
    ...stray.map((file) => `packs ${file}`),
    ...staleFiles(dir, files).map((file) => `packs ${file}, which an earlier build left; run npm run build`),
  ];
}

function strayManifest(tarball) {
  const text = spawnSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' }).stdout;
  return ['workspace:', 'catalog:', '@flowerpower/source']
    .filter((word) => text.includes(word))
    .map((word) => `its package.json holds '${word}'`);
}
