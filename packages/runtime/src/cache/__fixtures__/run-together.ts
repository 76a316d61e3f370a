import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';

const packageRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** Builds a script of this folder and runs it in several processes at once. @returns what each has printed. */
export async function runTogether(script: string, args: readonly (readonly string[])[]): Promise<string[]> {
  const parent = join(packageRoot, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'cache-test-'));
  try {
    await build({
      config: false,
      silent: true,
      format: 'esm',
      target: 'es2023',
      entry: { script: fileURLToPath(new URL(script, import.meta.url)) },
      outDir: directory,
      noExternal: [/./],
      // Packages that are CommonJS inside.
      banner: { js: `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);` },
      esbuildOptions(options) {
        options.conditions = ['@flowerpower/source'];
      },
    });
    const run = promisify(execFile);
    const outputs = args.map((list) => run(process.execPath, [join(directory, 'script.js'), ...list]));
    return (await Promise.all(outputs)).map(({ stdout }) => stdout.trim());
  } finally {
    rmSync(directory, { recursive: true });
  }
}
