/** Where packages stand, and what their names look like in imports. */
import { dirname, join, sep } from 'node:path';
import { isDirectory } from '../files/file-stamp.js';
import type { ResolutionTrace } from '../files/resolution-trace.js';

/** The folder in which Node finds a package, looking upwards from a directory. */
export function installedPackage(
  name: string,
  directory: string,
  trace?: ResolutionTrace,
): string | undefined {
  for (const folder of ancestors(directory)) {
    if (folder.endsWith(`${sep}node_modules`)) continue;
    const store = join(folder, 'node_modules');
    if (!isDirectory(store)) {
      trace?.absent.add(store);
      continue;
    }
    const candidate = join(store, name);
    if (isDirectory(candidate)) return candidate;
    trace?.absent.add(candidate);
  }
  return undefined;
}

export function* ancestors(directory: string): Generator<string> {
  for (let folder = directory; ; folder = dirname(folder)) {
    yield folder;
    if (dirname(folder) === folder) return;
  }
}

/** `@scope/name/sub` becomes `['@scope/name', './sub']`. */
export function splitPackage(specifier: string): [name: string, subpath: string] {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return [name, `.${specifier.slice(name.length)}`];
}

export function isInstalled(path: string): boolean {
  return path.split(/[\\/]/).includes('node_modules');
}
