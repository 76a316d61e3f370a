/** Versions of nodes and graphs: content hashes that change when the code of a node changes. */
import type { DefinitionData } from '../define/definition.js';
import { definitionKey, isDefinition } from '../define/definition.js';
import type { GraphEntry, ValidatedGraph } from '../graph/validate-graph.js';
import { isDefinedModule } from '../modules/define-module.js';
import { canonicalText } from './canonical-text.js';
import { contentHash } from './content-hash.js';
import { normaliseSource } from './normalise-source.js';

/** The versions of a graph. Each is 32 hexadecimal digits. */
export interface GraphVersions {
  /** The hash of the sorted versions of the nodes. */
  readonly graph: string;
  /** By name, in topological order. */
  readonly nodes: ReadonlyMap<string, string>;
}

/** Computes versions on demand and keeps them. */
export interface Versioning {
  of(name: string): string;
  all(): GraphVersions;
}

export function createVersioning(validated: ValidatedGraph, modules: readonly object[]): Versioning {
  const { entries, index } = validated;
  const made = new Map<string, string>();
  let definitions: ReadonlyMap<string, readonly DefinitionData[]> | undefined;
  let versions: GraphVersions | undefined;

  const of = (name: string): string => {
    const known = made.get(name);
    if (known !== undefined) return known;
    definitions ??= definitionsByExport(modules);
    const version = contentHash(describe(entries[index.get(name)!]!, definitions));
    made.set(name, version);
    return version;
  };
  return {
    of,
    all: () => (versions ??= versionsOf(entries.map(({ node }) => [node.name, of(node.name)] as const))),
  };
}

function versionsOf(entries: readonly (readonly [string, string])[]): GraphVersions {
  const sorted = entries.map(([, version]) => version).sort();
  return { graph: contentHash(sorted.join('\n')), nodes: new Map(entries) };
}

/** Everything that a version stands for, as one unambiguous text. */
function describe({ node, draft }: GraphEntry, definitions: ReturnType<typeof definitionsByExport>): string {
  if (draft === undefined) return JSON.stringify([node.kind, node.name]);
  const origins = definitions.get(exportKey(draft.module, draft.exportName)) ?? [];
  return JSON.stringify([
    node.kind,
    node.name,
    draft.style,
    draft.takesContext,
    textOf(draft.fn),
    draft.parameters.map(({ parameter, node: source, optional }) => [parameter, source, optional]),
    canonicalText(draft.bound),
    origins.map(({ fn, steps }) => [fn === draft.fn ? '' : textOf(fn), steps.map(({ name }) => name)]),
  ]);
}

function textOf(fn: unknown): string {
  return normaliseSource(Function.prototype.toString.call(fn));
}

/**
 * What was written, by module and export: a node that a modifier made runs a function of the modifier, and
 * only its export tells what that one wraps. Two modules of one name share an entry, so either changes it.
 */
function definitionsByExport(modules: readonly object[]): ReadonlyMap<string, readonly DefinitionData[]> {
  const found = new Map<string, DefinitionData[]>();
  for (const [position, given] of modules.entries()) {
    const defined = isDefinedModule(given);
    const name = defined ? given.name : `module ${position + 1}`;
    for (const [exportName, value] of Object.entries(defined ? given.exports : given)) {
      if (!isDefinition(value)) continue;
      const key = exportKey(name, exportName);
      found.set(key, [...(found.get(key) ?? []), value[definitionKey]]);
    }
  }
  return found;
}

function exportKey(module: string, exportName: string): string {
  return `${module}\0${exportName}`;
}
