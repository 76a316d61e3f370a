/** What the shadow program knows of each node, and how it knows it. */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { NodeExport } from './node-exports.js';
import type { LoadedInput } from './loaded-input.js';
import { type Call, callOf } from './shadow-calls.js';
import type { SavedOutput } from './saved-output.js';
import { loadedValue } from './shadow-loaded.js';

/** The parameter of a saver's node that takes what it saves; the others are its options. */
const savedParameter = 'saved.value';

export type ShadowNode = Given | Call | Made | LoadedValue | Saved | Opaque;

/** A value from outside: an input or a config value. */
interface Given {
  readonly how: 'given';
}

/** A node that a modifier made: the type of its export's definition says what it gives and takes. */
export interface Made {
  readonly how: 'made';
  readonly node: GraphNode;
  /** The number that the types of its export have in the program. */
  readonly definition: number;
  /** Edges from outside the export. */
  readonly dependencies: readonly Dependency[];
  /** The nodes of the same export that it takes. These edges are the modifiers' own business. */
  readonly madeFrom: readonly string[];
}

/** A value that a loader of the configuration gives. */
export interface LoadedValue {
  readonly how: 'loaded';
  readonly node: GraphNode;
  readonly type: string;
  /** The module of the schema that the type is read from. */
  readonly module: CheckedModule | undefined;
  /** What is judged before the value is given: whether the loader can fit the schema at all. */
  readonly schema?: LoadedSchema | undefined;
}

/** The two ends between which a schema stands, as types of the program. */
interface LoadedSchema {
  /** The name of the export. */
  readonly name: string;
  /** What the loader gives to it, of batches each one. */
  readonly given: string;
  readonly wanted: string;
}

/** A saver of the configuration that tells what it takes. */
export interface Saved {
  readonly how: 'saved';
  readonly node: GraphNode;
  readonly dependency: Dependency;
  readonly saver: SavedOutput & { readonly type: string };
}

/** A node without a static type. */
interface Opaque {
  readonly how: 'opaque';
  readonly reason: string;
  /** True for what belongs to `io:` in the configuration. */
  readonly isIo?: boolean;
}

/** An export whose definition is read, with the number that its types have in the program. */
export interface ReadDefinition {
  readonly number: number;
  readonly module: CheckedModule;
  readonly exportName: string;
  /** A node of it, for problems. */
  readonly node: GraphNode;
}

export interface ShadowNodes {
  /** In topological order. */
  readonly byName: ReadonlyMap<string, ShadowNode>;
  readonly definitions: readonly ReadDefinition[];
}

export interface ShadowNodesOptions {
  readonly graph: Graph;
  /** By the name of the node. */
  readonly exports: ReadonlyMap<string, NodeExport>;
  /** By name. */
  readonly modules: ReadonlyMap<string, CheckedModule>;
  /** By the name of the node. */
  readonly loaders: ReadonlyMap<string, LoadedInput>;
  /** By the name of the node. */
  readonly savers: ReadonlyMap<string, SavedOutput>;
  /** Names in front of those of nodes that are another pipeline's. */
  readonly parts: ReadonlySet<string>;
}

/** @param readsDefinitions - whether the project finds the package whose types say what modifiers make. */
export function shadowNodes(
  { graph, exports, modules, loaders, savers, parts }: ShadowNodesOptions,
  readsDefinitions: boolean,
): ShadowNodes {
  const byName = new Map<string, ShadowNode>();
  const definitions = new Map<string, ReadDefinition>();
  for (const node of graph.nodes.values()) byName.set(node.name, shadowNode(node));
  return { byName, definitions: [...definitions.values()] };

  function shadowNode(node: GraphNode): ShadowNode {
    if (parts.has(node.name.split('.')[0]!))
      return { how: 'opaque', reason: `'${node.name}' belongs to another pipeline`, isIo: true };
    const own = exports.get(node.name);
    const loaded = own === undefined ? loaders.get(node.name) : undefined;
    if (loaded?.type !== undefined || loaded?.schema !== undefined || loaded?.taken !== undefined)
      return loadedValue(node, loaded, modules);
    if (isGiven(node)) return { how: 'given' };
    if (own === undefined) {
      const saved = savedNode(node, savers.get(node.name));
      if (saved !== undefined) return saved;
      // What the nodes of `io:` are made of is not an edge of the project.
      const isIo = node.kind === 'saver' || node.kind === 'loader' || node.loaded !== undefined;
      return { how: 'opaque', reason: `'${node.name}' comes from no TypeScript module`, isIo };
    }
    const { module, exportName } = own;
    if (node.derived !== true) {
      return (
        callOf(node, exportName, module) ?? {
          how: 'opaque',
          reason: `it is not known where the bound parameters of '${node.name}' stand`,
        }
      );
    }
    if (!readsDefinitions) {
      const reason = `the project does not find @flowerpower/core, whose types say what modifiers made '${node.name}'`;
      return { how: 'opaque', reason };
    }
    const read = definitions.get(own.key) ?? { number: definitions.size, module, exportName, node };
    definitions.set(own.key, read);
    const isInner = (dependency: Dependency) => exports.get(dependency.node)?.key === own.key;
    return {
      how: 'made',
      node,
      definition: read.number,
      dependencies: node.dependencies.filter((dependency) => !isInner(dependency)),
      madeFrom: node.dependencies.filter(isInner).map((dependency) => dependency.node),
    };
  }
}

function savedNode(node: GraphNode, saver: SavedOutput | undefined): Saved | undefined {
  const type = saver?.type?.replace(/\s+/g, ' ').trim();
  const dependency = node.dependencies.find(({ parameter }) => parameter === savedParameter);
  if (saver === undefined || type === undefined || type === 'unknown') return undefined;
  return dependency && { how: 'saved', node, dependency, saver: { ...saver, type } };
}

export function isGiven(node: GraphNode): boolean {
  return node.kind === 'input' || node.kind === 'config';
}
