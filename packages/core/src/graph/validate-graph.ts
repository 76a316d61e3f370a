/** From a drafted graph to a validated one: every edge has a source, nothing is circular, order is fixed. */
import type { Explain } from '../errors/fault.js';
import { isEmpty } from '../model/is-empty.js';
import { errorFromProblems, type Problem } from '../errors/flowerpower-error.js';
import type { NodeDraft } from '../model/definition.js';
import type { DraftedGraph } from './draft-graph.js';
import type { GraphEntry } from './graph-entry.js';
import type { GraphFault } from './graph-fault.js';
import { localExecutor } from '../model/local-executor.js';
import { type Edges, orderNodes } from './order-nodes.js';
import type { FindScopes, Scope } from './scopes.js';
import type { Dependency, Graph, GraphNode } from '../model/graph.js';

/** The only thing that can be planned. Entries are in topological order: dependencies come first. */
export interface ValidatedGraph {
  readonly graph: Graph;
  readonly entries: readonly GraphEntry[];
  /** Inside which fan-outs each entry runs. Undefined when nothing fans out. */
  readonly scopes: readonly Scope[] | undefined;
  /** The position of each name in the entries. */
  readonly index: ReadonlyMap<string, number>;
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

/** What parts know of a graph. */
interface ValidationParts {
  /** Names that nodes may run on. */
  readonly executors?: readonly string[];
  /** Absent where there is no part for fan-outs; modifiers then refuse to make any. */
  readonly findScopes?: FindScopes | undefined;
  readonly explain: Explain<GraphFault>;
}

/**
 * @throws FlowerPowerError `FP_INVALID_GRAPH` with every problem, or the code of the only one.
 */
export function validateGraph(
  drafted: DraftedGraph,
  config: Readonly<Record<string, unknown>>,
  { executors = [], findScopes, explain }: ValidationParts,
): ValidatedGraph {
  const declared = declaredNodes(drafted, config);
  const { nodes, drafts, edges } = declared;
  const { order, cycles } = orderNodes(edges);

  const faults = faultsOf(drafted, declared, {
    cycles,
    config,
    executors: [localExecutor, ...executors],
  });
  // What is inside which fan-out can be told only of a graph whose edges are whole.
  refuse([...drafted.problems, ...explain(faults)]);

  const entryOf = new Int32Array(order.length);
  for (let entry = 0; entry < order.length; entry++) entryOf[order[entry]!] = entry;
  const { index } = declared;
  const entries: GraphEntry[] = [];
  for (const declaredIndex of order) {
    const node = nodes[declaredIndex]!;
    const dependencies: number[] = [];
    for (let edge = edges.start[declaredIndex]!; edge < edges.start[declaredIndex + 1]!; edge++) {
      dependencies.push(entryOf[edges.targets[edge]!]!);
    }
    index.set(node.name, entries.length);
    const value = node.kind === 'config' ? config[node.name] : undefined;
    entries.push({ node, draft: drafts[declaredIndex], value, dependencies });
  }
  const found = findScopes?.(entries);
  refuse(found?.problems ?? []);
  return { graph: describeGraph(entries), entries, scopes: found?.scopes, index, leftOut: drafted.leftOut };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw errorFromProblems(problems, { code: 'FP_INVALID_GRAPH', title: 'The graph cannot be built' });
}

/** Every node in the order of declaration: first the functions, then inputs and config values as they are needed. */
interface DeclaredNodes {
  readonly nodes: readonly GraphNode[];
  /** The drafts of the functions, which come first. */
  readonly drafts: readonly NodeDraft[];
  /** Index of each name; of the nodes, and in the end of the entries. One large map is enough. */
  readonly index: Map<string, number>;
  readonly edges: Edges;
}

function declaredNodes(drafted: DraftedGraph, config: Readonly<Record<string, unknown>>): DeclaredNodes {
  const nodes: GraphNode[] = [];
  const drafts: NodeDraft[] = [];
  const replaced: NodeDraft[] = [];
  const index = new Map<string, number>();
  for (const draft of drafted.nodes.values()) {
    if (Object.hasOwn(config, draft.name)) {
      replaced.push(draft);
      continue;
    }
    index.set(draft.name, nodes.length);
    nodes.push(asGraphNode(draft));
    drafts.push(draft);
  }

  /** Whatever is needed and defined by no function comes from the config or from outside. */
  const need = (name: string, type: string | undefined): number => {
    const known = index.get(name);
    if (known === undefined) {
      const kind = Object.hasOwn(config, name) ? 'config' : 'input';
      index.set(name, nodes.length);
      return nodes.push({ name, kind, dependencies: [], bound: {}, tags: {}, type }) - 1;
    }
    if (known >= drafts.length && nodes[known]!.type === undefined && type !== undefined) {
      nodes[known] = { ...nodes[known]!, type };
    }
    return known;
  };
  const starts = [0];
  const targets: number[] = [];
  for (let position = 0; position < drafts.length; position++) {
    for (const { node, type } of nodes[position]!.dependencies) targets.push(need(node, type));
    starts.push(targets.length);
  }
  for (const { name, type, fanOut } of replaced) {
    const position = need(name, type);
    if (fanOut !== undefined) nodes[position] = { ...nodes[position]!, fanOut };
  }
  const start = new Int32Array(nodes.length + 1).fill(targets.length);
  start.set(starts);
  return { nodes, drafts, index, edges: { start, targets: Int32Array.from(targets) } };
}

function asGraphNode(draft: NodeDraft): GraphNode {
  const { name, kind, bound, tags, module, exportName, style, place, doc, type, derived, parameters } = draft;
  const { loaded, fanOut, branch, cache, executor, pathParameter } = draft;
  const dependencies: readonly Dependency[] = isEmpty(bound)
    ? parameters
    : parameters.filter(({ parameter }) => !Object.hasOwn(bound, parameter));
  return {
    name,
    kind,
    dependencies,
    bound,
    tags,
    module,
    exportName,
    style,
    place,
    doc,
    type,
    loaded,
    derived,
    fanOut,
    branch,
    cache,
    executor,
    pathParameter,
  };
}

function describeGraph(entries: readonly GraphEntry[]): Graph {
  const used = new Uint8Array(entries.length);
  const nodes = new Map<string, GraphNode>();
  for (const { node, dependencies } of entries) {
    for (const dependency of dependencies) used[dependency] = 1;
    nodes.set(node.name, node);
  }
  const leaves: string[] = [];
  const inputs: string[] = [];
  for (const [index, { node }] of entries.entries()) {
    if (node.kind === 'input') inputs.push(node.name);
    else if (node.kind !== 'config' && used[index] === 0) leaves.push(node.name);
  }
  return { nodes, leaves, inputs };
}

/** What is found besides the graph itself. */
interface Found {
  readonly cycles: readonly (readonly number[])[];
  readonly config: Readonly<Record<string, unknown>>;
  /** Names that nodes may run on. */
  readonly executors: readonly string[];
}

function faultsOf(
  { usedConfigKeys: used }: DraftedGraph,
  { nodes, drafts, index }: DeclaredNodes,
  { cycles, config, executors }: Found,
): GraphFault[] {
  const faults: GraphFault[] = [];
  for (const cycle of cycles) {
    const members = cycle.map((position) => nodes[position]!);
    faults.push({ code: 'FP_CYCLE', name: members[0]!.name, with: members, about: undefined });
  }
  for (const name of Object.keys(config)) {
    const isGiven = (index.get(name) ?? -1) >= drafts.length;
    if (!isGiven && !used.has(name))
      faults.push({ code: 'FP_UNKNOWN_CONFIG_KEY', name, with: [], about: { used, index } });
  }
  for (const draft of drafts) {
    const { executor: name } = draft;
    if (name !== undefined && !executors.includes(name))
      faults.push({ code: 'FP_UNKNOWN_NODE_EXECUTOR', name, with: [draft], about: executors });
  }
  return faults;
}
