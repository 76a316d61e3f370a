import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';

const packageRoot = fileURLToPath(new URL('../..', import.meta.url));

interface BuiltScript {
  /** A file that Node runs by itself. */
  readonly file: string;
  remove(): void;
}

/** Builds a script with all that it imports, so that processes start fast and run what the sources say. */
export async function buildScript(script: URL): Promise<BuiltScript> {
  const parent = join(packageRoot, 'node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const directory = mkdtempSync(join(parent, 'script-test-'));
  const remove = () => rmSync(directory, { recursive: true });
  try {
    await build({
      config: false,
      silent: true,
      format: 'esm',
      target: 'es2023',
      entry: { script: fileURLToPath(script) },
      outDir: directory,
      noExternal: [/./],
      // Packages that are CommonJS inside.
      banner: { js: `import { createRequire } from 'node:module';const require = createRequire(import.meta.url);` },
      esbuildOptions(options) {
        options.conditions = ['@flowerpower/source'];
      },
    });
  } catch (error) {
    remove();
    throw error;
  }
  return { file: join(directory, 'script.js'), remove };
}

/** Runs a script in several processes at once. @returns what each has printed. */
export async function runTogether(script: URL, args: readonly (readonly string[])[]): Promise<string[]> {
  const built = await buildScript(script);
  try {
    const run = promisify(execFile);
    const outputs = args.map((list) => run(process.execPath, [built.file, ...list]));
    return (await Promise.all(outputs)).map(({ stdout }) => stdout.trim());
  } finally {
    built.remove();
  }
}
