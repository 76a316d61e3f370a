import { sha256 } from '../files/source-text.js';
import { cacheVersion } from '../cache/cache-version.js';
import { stronglyConnectedComponents } from './components.js';
import type { ModuleNode } from './module-graph.js';

/**
 * A hash per file over everything that decides what importing it means: its content, path and compiler options, the
 * transformer, where its imports lead, and the hashes of those files (a Merkle hash). Files that import each other
 * change together: they share one hash before their paths are added.
 */
export function outputHashes(nodes: ReadonlyMap<string, ModuleNode>): Map<string, string> {
  const hashes = new Map<string, string>();
  const components = stronglyConnectedComponents(nodes.keys(), (file) => fileTargets(nodes.get(file)!));
  for (const component of components) {
    const shared = sha256(JSON.stringify([...component].sort().map((file) => describe(file, nodes, hashes))));
    for (const file of component) hashes.set(file, sha256(JSON.stringify([shared, file])));
  }
  return hashes;
}

function* fileTargets(node: ModuleNode): Generator<string> {
  for (const { target } of node.requests) if (target.kind === 'file') yield target.file;
}

function describe(
  file: string,
  nodes: ReadonlyMap<string, ModuleNode>,
  hashes: ReadonlyMap<string, string>,
): unknown {
  const { source, compilerOptions, requests } = nodes.get(file)!;
  const targets = requests.map(({ specifier, target }) =>
    // A file of the same component has no hash yet; its path is enough, its content is part of the component.
    target.kind === 'file'
      ? [specifier, target.file, hashes.get(target.file)]
      : [specifier, target.specifier],
  );
  return [cacheVersion, file, source.hash, compilerOptions, targets];
}
