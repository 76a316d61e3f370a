import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'tsup';
import { definePackage } from '../../../../tools/tsup.shared.js';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface BuiltImporter {
  /** URL of the built entry. */
  readonly url: string;
  readonly directory: string;
  remove(): void;
}

/** Builds this package as it is published, with core and fs inside, so that child processes need no other build. */
export async function buildImporter(): Promise<BuiltImporter> {
  const parent = join(packageRoot, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'importer-test-'));
  // Children that run as another user read it too.
  chmodSync(directory, 0o755);
  const shared = definePackage() as Parameters<typeof build>[0];
  await build({
    ...shared,
    config: false,
    entry: [join(packageRoot, 'src/index.ts')],
    outDir: directory,
    // tsup takes its default from the package.json of the working directory, which is the repository's.
    external: ['oxc-parser', 'oxc-transform', 'get-tsconfig'],
    noExternal: ['@flowerpower/core', '@flowerpower/fs'],
    esbuildOptions(options) {
      options.conditions = ['@flowerpower/source'];
    },
  });
  return {
    url: pathToFileURL(join(directory, 'index.js')).href,
    directory,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Runs a script in a fresh Node process and gives what it printed. Rejects when it fails. */
export function runScript(
  script: string,
  options: { readonly args?: readonly string[]; readonly uid?: number; readonly cwd?: string } = {},
): Promise<string> {
  const child = spawn(process.execPath, [...(options.args ?? []), '--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output.stdout.trim());
      else reject(new Error(`The script ended with ${code}:\n${output.stderr}`));
    });
  });
}
