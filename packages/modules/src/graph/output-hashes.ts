import { sha256 } from '../files/source-text.js';
import { cacheVersion } from '../cache/cache-version.js';
import { stronglyConnectedComponents } from './components.js';
import type { ModuleNode } from './module-graph.js';

/**
 * A hash per file over everything that decides what importing it means: its content, name and compiler options, the
 * transformer, where its imports lead, and the hashes of those files (a Merkle hash). Files that import each other
 * change together: they share one hash before their names are added.
 *
 * @param nameOf - what a file is called. The path counts as well for one that asks for it by `import.meta`.
 */
export function outputHashes(
  nodes: ReadonlyMap<string, ModuleNode>,
  nameOf: (file: string) => string,
): Map<string, string> {
  const hashes = new Map<string, string>();
  const components = stronglyConnectedComponents(nodes.keys(), (file) => fileTargets(nodes.get(file)!));
  for (const component of components) {
    const shared = sha256(
      JSON.stringify([...component].sort().map((file) => describe(file, { nodes, hashes, nameOf }))),
    );
    for (const file of component) hashes.set(file, sha256(JSON.stringify([shared, nameOf(file)])));
  }
  return hashes;
}

function* fileTargets(node: ModuleNode): Generator<string> {
  for (const { target } of node.requests) if (target.kind === 'file') yield target.file;
}

interface Known {
  readonly nodes: ReadonlyMap<string, ModuleNode>;
  readonly hashes: ReadonlyMap<string, string>;
  readonly nameOf: (file: string) => string;
}

function describe(file: string, { nodes, hashes, nameOf }: Known): unknown {
  const { source, module, compilerOptions, requests } = nodes.get(file)!;
  const targets = requests.map(({ specifier, target }) =>
    // A file of the same component has no hash yet; its name is enough, its content is part of the component.
    target.kind === 'file'
      ? [specifier, nameOf(target.file), hashes.get(target.file)]
      : [specifier, target.specifier],
  );
  const called = nameOf(file);
  const names = module.usesImportMeta && called !== file ? [called, file] : called;
  return [cacheVersion, names, source.hash, compilerOptions, targets];
}
