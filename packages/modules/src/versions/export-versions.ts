import { cacheVersion } from '../cache/cache-version.js';
import { sha256 } from '../files/source-text.js';
import { type CodeTarget, createCodeGraph, reachOf } from './code-graph.js';
import type { OutlinedFiles } from './name-resolver.js';

/**
 * A version for each export of a module, by its name: a hash over the code that its value is made of and that it reaches
 * when it runs, in this file, in the files that it imports, and in packages by what is installed of them. Exports of
 * `export * from` a package are not among them.
 *
 * Errs on the safe side. What changes state at the top of a module belongs to whatever reads that state, and a statement
 * that may do anything belongs to every export of every module that evaluates it. Files have no names here, so it is the
 * same wherever the project stands.
 */
export function exportVersions(root: string, files: OutlinedFiles): Record<string, string> {
  const { resolver, everywhere } = createCodeGraph(root, files);
  const versions: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const name of resolver.exportNames(root)) {
    const own = resolver.exported(root, name);
    if (own.length > 0) versions[name] = versionOf(own, everywhere);
  }
  return versions;
}

function versionOf(own: readonly CodeTarget[], everywhere: readonly CodeTarget[]): string {
  const reached = reachOf([...own, ...everywhere]);
  const nodes = [...reached].filter((target) => typeof target !== 'string').sort((a, b) => a.order - b.order);
  const places = new Map<CodeTarget, number>(nodes.map((node, index) => [node, index]));
  const idsOf = (targets: readonly CodeTarget[]) => targets.map((target) => places.get(target) ?? target);
  // The tree of a piece tells which names it reads, and in which order.
  const described = nodes.map(({ piece, reads }) => [piece.hash, reads.map(({ targets }) => idsOf(targets))]);
  return sha256(JSON.stringify([cacheVersion, idsOf(own), idsOf(everywhere), described])).slice(0, 32);
}
