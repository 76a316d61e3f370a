import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const packageDir = fileURLToPath(new URL('../../', import.meta.url));
const coreDir = join(packageDir, '..', 'core');

export interface InstalledPackage {
  /** A folder outside the repository whose `node_modules` holds this package as a user would install it. */
  readonly dir: string;
  readonly remove: () => void;
}

/** Installs this package with its dependencies, and with the optional peer only when `withPeer` is true. */
export function installPackage({ withPeer }: { readonly withPeer: boolean }): InstalledPackage {
  const dir = mkdtempSync(join(tmpdir(), 'flowerpower-visualize-'));
  const remove = () => rmSync(dir, { recursive: true, force: true });
  try {
    const modules = join(dir, 'node_modules');
    compile(join(coreDir, 'src'), join(modules, '@flowerpower', 'core'));
    compile(join(packageDir, 'src'), join(modules, '@flowerpower', 'visualize'));
    symlinkSync(join(packageDir, 'assets'), join(modules, '@flowerpower', 'visualize', 'assets'), 'dir');
    for (const name of ['@viz-js/viz', ...(withPeer ? ['@resvg/resvg-js'] : [])]) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(packageDir, 'node_modules', name), join(modules, name), 'dir');
    }
  } catch (error) {
    remove();
    throw error;
  }
  return { dir, remove };
}

function compile(from: string, to: string): void {
  mkdirSync(join(to, 'dist'), { recursive: true });
  writeFileSync(join(to, 'package.json'), '{ "type": "module", "exports": "./dist/index.js" }');
  for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts') || /\.test(-d)?\.ts$|__fixtures__/.test(file)) continue;
    const target = join(to, 'dist', file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, javascript(readFileSync(join(from, file), 'utf8')));
  }
}

/** By source: several tests install the same files, and share a process. */
const compiled = new Map<string, string>();

/** TypeScript without its types. */
export function javascript(source: string): string {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const { ES2023 } = ts.ScriptTarget;
  const { ESNext } = ts.ModuleKind;
  const compilerOptions = { target: ES2023, module: ESNext, verbatimModuleSyntax: true };
  const { outputText } = ts.transpileModule(source, { compilerOptions });
  compiled.set(source, outputText);
  return outputText;
}
