/** What the names of a module lead to, through imports and re-exports of any number of files. */
import type { CodeOutline, ForeignName } from './code-outline.js';
import type { Mention } from './read-mentions.js';

/** One file of a module. */
export interface OutlinedFile {
  readonly outline: CodeOutline;
  /** In the order in which they are evaluated. */
  readonly requests: readonly OutlinedRequest[];
}

interface OutlinedRequest {
  readonly specifier: string;
  /** True when it is imported by code that runs, and not before. */
  readonly dynamic: boolean;
  /** The path of a file of the user, or what stands for a package as it is installed. */
  readonly target: { readonly file: string } | { readonly package: () => string };
}

export type OutlinedFiles = ReadonlyMap<string, OutlinedFile>;

/** @typeParam Found - what stands for a piece. Packages are texts. */
export interface NameResolver<Found> {
  /** A name of a file, or everything that a namespace holds. */
  mentioned(file: string, mention: Pick<Mention, 'name' | 'member'>): (Found | string)[];
  /** An export of a file; several where `export *` leaves a choice. */
  exported(file: string, name: string): (Found | string)[];
  /** All exports of whatever a specifier means. */
  module(file: string, specifier: string): (Found | string)[];
  exportNames(file: string): Set<string>;
}

export function createNameResolver<Found>(
  files: OutlinedFiles,
  pieceOf: (file: string, index: number) => Found,
): NameResolver<Found> {
  return {
    mentioned: (file, mention) => mentioned(file, mention, new Set()),
    exported: (file, name) => exported(file, name, new Set()),
    module: (file, specifier) => foreign(file, { specifier, name: '*' }, new Set()),
    exportNames: (file) => exportNames(file, new Set()),
  };

  function mentioned(
    file: string,
    { name, member }: Pick<Mention, 'name' | 'member'>,
    visited: Set<string>,
  ): (Found | string)[] {
    const known = files.get(file)!.outline.names.get(name);
    if (known === undefined) return [];
    if (typeof known === 'number') return [pieceOf(file, known)];
    return foreign(file, member === undefined ? known : { ...known, name: member }, visited);
  }

  function exported(file: string, name: string, visited: Set<string>): (Found | string)[] {
    const key = JSON.stringify([file, name]);
    if (visited.has(key)) return [];
    visited.add(key);
    const { exports, stars } = files.get(file)!.outline;
    const known = exports.get(name);
    if (typeof known === 'string') return mentioned(file, { name: known }, visited);
    if (known !== undefined) return foreign(file, known, visited);
    // `export *` leaves out the default.
    if (name === 'default') return [];
    return stars.flatMap((specifier) => foreign(file, { specifier, name }, visited));
  }

  function foreign(file: string, { specifier, name }: ForeignName, visited: Set<string>): (Found | string)[] {
    const target = files.get(file)!.requests.find((request) => request.specifier === specifier)?.target;
    if (target === undefined) return [];
    if ('package' in target) return [JSON.stringify([target.package(), name])];
    if (name !== '*') return exported(target.file, name, visited);
    return [...exportNames(target.file, new Set())].flatMap((each) => exported(target.file, each, visited));
  }

  function exportNames(file: string, visited: Set<string>): Set<string> {
    if (visited.has(file)) return new Set();
    visited.add(file);
    const { outline, requests } = files.get(file)!;
    const names = new Set(outline.exports.keys());
    for (const star of outline.stars) {
      const target = requests.find(({ specifier }) => specifier === star)?.target;
      if (target === undefined || 'package' in target) continue;
      for (const name of exportNames(target.file, visited)) if (name !== 'default') names.add(name);
    }
    return names;
  }
}
