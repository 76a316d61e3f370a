/** What is known of a graph before its shadow program is written: variables, values, and who wants what. */
import type { Dependency, Graph, GraphNode } from '@flowerpower/core';
import type { CheckedModule } from './checked-module.js';
import type { Want } from './line-subject.js';
import type { LoadedInput } from './loaded-input.js';
import type { NodeExport } from './node-exports.js';
import type { SavedOutput } from './saved-output.js';
import type { Call } from './shadow-calls.js';
import {
  isGiven,
  type LoadedValue,
  type Made,
  type ReadDefinition,
  type Saved,
  type ShadowNode,
  shadowNodes,
} from './shadow-nodes.js';
import { valueLiteral } from './value-literal.js';

export interface ShadowOptions {
  readonly graph: Graph;
  /** By name. JavaScript modules and modules without a file are not among them. */
  readonly modules: ReadonlyMap<string, CheckedModule>;
  /** By the name of the node. */
  readonly exports: ReadonlyMap<string, NodeExport>;
  /** What loaders of the configuration give, by the name of the node. */
  readonly loaders: ReadonlyMap<string, LoadedInput>;
  /** What savers of the configuration take, by the name of the node. */
  readonly savers: ReadonlyMap<string, SavedOutput>;
  /** Names in front of those of nodes that are another pipeline's. */
  readonly parts: ReadonlySet<string>;
  /** Values known before the run, by name. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly isSecret: (value: string | number) => boolean;
  readonly isUnknown: (value: string) => boolean;
  /**
   * The package from which the project takes the types of the engine. Without it, contexts and what modifiers made
   * are not checked.
   */
  readonly coreModule: string | undefined;
}

export interface ShadowFacts {
  readonly options: ShadowOptions;
  readonly nodes: ReadonlyMap<string, ShadowNode>;
  readonly definitions: readonly ReadDefinition[];
  /** The nodes that have lines, in topological order. */
  readonly written: readonly (Call | Made)[];
  /** What loaders of the configuration give. */
  readonly loaded: readonly LoadedValue[];
  /** The savers of the configuration whose edge is judged. */
  readonly saved: readonly Saved[];
  /** By the name of the node. */
  readonly variables: ReadonlyMap<string, string>;
  /** By the name of a value: what those that take it want of it. */
  readonly wants: ReadonlyMap<string, readonly OpenWant[]>;
  /** The expressions of values that no called function gives; absent where nothing is known of one. */
  readonly literals: ReadonlyMap<string, string>;
}

interface OpenWant extends Want {
  readonly type: string;
}

export function shadowFacts(options: ShadowOptions): ShadowFacts {
  const { graph, coreModule } = options;
  const { byName: nodes, definitions } = shadowNodes(options, coreModule !== undefined);
  const written = [...nodes.values()].filter((node) => node.how === 'called' || node.how === 'made');
  const loaded = [...nodes.values()].filter((node) => node.how === 'loaded');
  const saved = [...nodes.values()].filter(
    (node) => node.how === 'saved' && isTyped(nodes, node.dependency.node),
  ) as Saved[];
  const wants = wantsByName(written);
  const literals = new Map<string, string>();
  for (const [name, takers] of wants) {
    const literal = isTyped(nodes, name) ? undefined : literalOf(options, name, takers.length);
    if (literal !== undefined) literals.set(name, literal);
  }
  return {
    options,
    nodes,
    definitions,
    written,
    loaded,
    saved,
    variables: nameVariables(graph),
    wants,
    literals,
  };
}

/** True for values that have a type in the program because a line gives it. */
export function isTyped(nodes: ShadowFacts['nodes'], name: string): boolean {
  return ['called', 'made', 'loaded'].includes(nodes.get(name)!.how);
}

/** True when some value from outside goes to several functions, which must agree on it. */
export function hasSharedValues({ nodes, wants, literals }: ShadowFacts): boolean {
  return [...wants].some(
    ([name, takers]) => takers.length > 1 && !isTyped(nodes, name) && !literals.has(name),
  );
}

function literalOf(
  { graph, inputs, isSecret, isUnknown }: ShadowOptions,
  name: string,
  takers: number,
): string | undefined {
  const node = graph.nodes.get(name);
  // Of a list that is fanned out the functions take the items.
  if (node === undefined || !isGiven(node) || node.fanOut !== undefined) return undefined;
  if (!Object.hasOwn(inputs, name)) return undefined;
  return valueLiteral(inputs[name], { isSecret, isUnknown, allowExtraKeys: takers > 1 });
}

function wantsByName(nodes: readonly (Call | Made)[]): Map<string, OpenWant[]> {
  const wants = new Map<string, OpenWant[]>();
  const add = (node: GraphNode, dependency: Dependency, type: string) => {
    const takers = wants.get(dependency.node) ?? [];
    takers.push({ node, dependency, type });
    wants.set(dependency.node, takers);
  };
  for (const taker of nodes) {
    const { node } = taker;
    if (taker.how === 'made') {
      for (const dependency of taker.dependencies) {
        add(node, dependency, `In<I${taker.definition}, ${JSON.stringify(dependency.node)}>`);
      }
      continue;
    }
    taker.parameters.forEach(({ dependency, bound }, index) => {
      if (bound) return;
      const key = JSON.stringify(dependency.parameter);
      const { type } = taker;
      add(
        node,
        dependency,
        node.style === 'object' ? `WantedIn<${type}, ${key}>` : `WantedAt<${type}, ${index}>`,
      );
    });
  }
  return wants;
}

/** Readable and unique: the dots of a namespace become underscores. */
function nameVariables(graph: Graph): Map<string, string> {
  const variables = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of graph.nodes.keys()) {
    let variable = `v_${name.replaceAll('.', '_')}`;
    while (taken.has(variable)) variable += '_';
    taken.add(variable);
    variables.set(name, variable);
  }
  return variables;
}
