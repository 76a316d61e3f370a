/** What the shadow program knows of each node, and how it knows it. */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { NodeExport } from './node-exports.js';
import type { LoadedInput } from './loaded-input.js';
import { type Call, callOf } from './shadow-calls.js';
import { loadedValue } from './shadow-loaded.js';

export type ShadowNode = Given | Call | Made | LoadedValue | Opaque;

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
}

/** @param readsDefinitions - whether the project finds the package whose types say what modifiers make. */
export function shadowNodes(
  { graph, exports, modules, loaders }: ShadowNodesOptions,
  readsDefinitions: boolean,
): ShadowNodes {
  const byName = new Map<string, ShadowNode>();
  const definitions = new Map<string, ReadDefinition>();
  for (const node of graph.nodes.values()) byName.set(node.name, shadowNode(node));
  return { byName, definitions: [...definitions.values()] };

  function shadowNode(node: GraphNode): ShadowNode {
    const own = exports.get(node.name);
    const loaded = own === undefined ? loaders.get(node.name) : undefined;
    if (loaded?.type !== undefined || loaded?.schema !== undefined) return loadedValue(node, loaded, modules);
    if (isGiven(node)) return { how: 'given' };
    if (own === undefined) {
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

export function isGiven(node: GraphNode): boolean {
  return node.kind === 'input' || node.kind === 'config';
}
