import type { NodeSource } from '@flowerpower/core';
import type { FunctionFact, ModuleFacts } from './module-facts.js';

/** The facts of one file of a graph, and where its imports lead. */
export interface FactsFile {
  readonly file: string;
  /** Undefined for a file without functions. */
  readonly facts: ModuleFacts | undefined;
  /** The file behind a specifier; undefined for packages. */
  readonly resolve: (specifier: string) => FactsFile | undefined;
}

/** The source facts of every function that a module exports, its re-exports included, by export name. */
export function collectNodes(root: FactsFile): Record<string, NodeSource> {
  const nodes: Record<string, NodeSource> = {};
  for (const name of exportNames(root, new Set())) {
    const found = findFunction(root, name, new Set());
    const node = found && toNodeSource(found.owner, found.fact, new Set());
    if (node !== undefined) {
      nodes[name] = found!.owner === root ? node : { file: found!.owner.file, ...node };
    }
  }
  return nodes;
}

function exportNames({ file, facts, resolve }: FactsFile, visited: Set<string>): Set<string> {
  const names = new Set<string>();
  if (facts === undefined || visited.has(file)) return names;
  visited.add(file);
  for (const name of facts.functions.keys()) names.add(name);
  for (const name of facts.reexports.keys()) names.add(name);
  for (const specifier of facts.stars) {
    const target = resolve(specifier);
    if (target !== undefined) for (const name of exportNames(target, visited)) names.add(name);
  }
  return names;
}

/** Follows re-exports to the file that holds the function. A file's own exports win over `export *`. */
function findFunction(
  owner: FactsFile,
  name: string,
  visited: Set<string>,
): { owner: FactsFile; fact: FunctionFact } | undefined {
  const key = `${name}\n${owner.file}`;
  if (owner.facts === undefined || visited.has(key)) return undefined;
  visited.add(key);
  const fact = owner.facts.functions.get(name);
  if (fact !== undefined) return { owner, fact };
  if (owner.facts.others.has(name)) return undefined;
  const foreign = owner.facts.reexports.get(name);
  if (foreign !== undefined) {
    const target = owner.resolve(foreign.specifier);
    return target && findFunction(target, foreign.name, visited);
  }
  for (const specifier of owner.facts.stars) {
    const target = owner.resolve(specifier);
    const found = target && findFunction(target, name, visited);
    if (found !== undefined) return found;
  }
  return undefined;
}

function toNodeSource(
  owner: FactsFile,
  fact: FunctionFact,
  visited: Set<FunctionFact>,
): NodeSource | undefined {
  const { line, column, doc, signature, borrowed } = fact;
  if (signature !== undefined) return { line, column, doc, ...signature };
  if (borrowed === undefined || visited.has(fact)) return undefined;
  const target = owner.resolve(borrowed.specifier);
  const lender = target && findFunction(target, borrowed.name, new Set());
  const lent = lender && toNodeSource(lender.owner, lender.fact, visited.add(fact));
  // The node is defined here; only its signature is written elsewhere.
  return lent && { ...lent, line, column, doc: doc ?? lent.doc };
}
