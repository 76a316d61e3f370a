/**
 * Node's resolution of `exports` and `imports` in a package.json, for the cases where Node itself cannot be asked
 * because the importing file stands elsewhere.
 *
 * Algorithm: https://nodejs.org/api/esm.html#resolution-algorithm-specification (PACKAGE_IMPORTS_EXPORTS_RESOLVE).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFile } from '../files/file-stamp.js';

export interface PackageManifest {
  readonly directory: string;
  readonly name?: string;
  readonly version?: string;
  readonly main?: string;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly optionalDependencies?: Readonly<Record<string, unknown>>;
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
  readonly exports?: unknown;
  readonly imports?: unknown;
}

/** Where a request into a package leads: a file of the package, or (for `imports`) another package. */
export type PackageTarget = { readonly file: string } | { readonly specifier: string };

/** Reads the package.json of a directory. Undefined when there is none or it holds no JSON object. */
export function readPackageManifest(directory: string): PackageManifest | undefined {
  const path = join(directory, 'package.json');
  if (!isFile(path)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? { ...value, directory } : undefined;
  } catch {
    // Node reports a broken package.json with its place when it imports from the package.
    return undefined;
  }
}

/** Resolves `.` or `./sub/path` of a package from outside. */
export function resolveExport(
  manifest: PackageManifest,
  subpath: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  const { exports, directory } = manifest;
  if (exports === undefined || exports === null) return resolveWithoutExports(manifest, subpath);
  const map = isSubpathMap(exports) ? exports : { '.': exports };
  const target = matchKey(map, subpath, conditions);
  return target !== undefined && 'file' in target ? join(directory, target.file) : undefined;
}

/** Resolves `#name` inside a package. */
export function resolvePackageImport(
  manifest: PackageManifest,
  name: string,
  conditions: ReadonlySet<string>,
): PackageTarget | undefined {
  const { imports, directory } = manifest;
  if (typeof imports !== 'object' || imports === null) return undefined;
  const target = matchKey(imports as Record<string, unknown>, name, conditions);
  return target !== undefined && 'file' in target ? { file: join(directory, target.file) } : target;
}

function resolveWithoutExports({ directory, main }: PackageManifest, subpath: string): string | undefined {
  if (subpath !== '.') return join(directory, subpath);
  const entries = main === undefined ? [] : [main, `${main}.js`, `${main}/index.js`];
  return [...entries, 'index.js'].map((entry) => join(directory, entry)).find(isFile);
}

function isSubpathMap(exports: unknown): exports is Record<string, unknown> {
  return (
    typeof exports === 'object' &&
    exports !== null &&
    !Array.isArray(exports) &&
    Object.keys(exports).some((key) => key.startsWith('.'))
  );
}

function matchKey(
  map: Readonly<Record<string, unknown>>,
  request: string,
  conditions: ReadonlySet<string>,
): PackageTarget | undefined {
  if (Object.hasOwn(map, request) && !request.includes('*')) {
    return resolveTarget(map[request], '', conditions) ?? undefined;
  }
  // The longest text before the star wins, then the longest key.
  const patterns = Object.keys(map)
    .filter((key) => key.split('*').length === 2)
    .sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
  for (const key of patterns) {
    const [before, after] = key.split('*') as [string, string];
    if (!request.startsWith(before) || !request.endsWith(after) || request.length < key.length) continue;
    const match = request.slice(before.length, request.length - after.length);
    return resolveTarget(map[key], match, conditions) ?? undefined;
  }
  return undefined;
}

/** `null` forbids the path; `undefined` means that no condition holds and the next one may be tried. */
function resolveTarget(
  target: unknown,
  match: string,
  conditions: ReadonlySet<string>,
): PackageTarget | null | undefined {
  if (typeof target === 'string') {
    const filled = target.replaceAll('*', match);
    if (filled.startsWith('./')) return { file: filled };
    // Node allows package names here, no other paths and no URLs.
    return /^(?:\.\.)?\//.test(filled) || URL.canParse(filled) ? null : { specifier: filled };
  }
  if (Array.isArray(target)) {
    for (const item of target as unknown[]) {
      const resolved = resolveTarget(item, match, conditions);
      if (resolved) return resolved;
    }
    return null;
  }
  if (typeof target !== 'object' || target === null) return null;
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.has(condition)) continue;
    const resolved = resolveTarget(inner, match, conditions);
    if (resolved !== undefined) return resolved;
  }
  return undefined;
}
