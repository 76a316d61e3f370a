/** From a drafted graph to a validated one: every edge has a source, nothing is circular, order is fixed. */
import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems, type Problem } from '../errors/flowerpower-error.js';
import { didYouMean } from '../errors/suggest.js';
import type { NodeDraft } from '../define/definition.js';
import type { DraftedGraph } from './draft-graph.js';
import { orderNodes } from './order-nodes.js';
import type { Dependency, Graph, GraphNode } from './graph.js';

/** One node of a validated graph with what is needed to plan and run it. */
export interface GraphEntry {
  readonly node: GraphNode;
  /** The function and its inputs. Absent on inputs and config values. */
  readonly draft?: NodeDraft;
  /** The value of a config node. */
  readonly value?: unknown;
  /** Indices into the entries, in the order of `node.dependencies`. */
  readonly dependencies: readonly number[];
}

/** The only thing that can be planned. Entries are in topological order: dependencies come first. */
export interface ValidatedGraph {
  readonly graph: Graph;
  readonly entries: readonly GraphEntry[];
  readonly index: ReadonlyMap<string, number>;
  /** Conditions of variants that were left out, by node name. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

/**
 * @throws FlowerPowerError `FP_INVALID_GRAPH` with every problem, or the code of the only one.
 */
export function validateGraph(
  drafted: DraftedGraph,
  config: Readonly<Record<string, unknown>>,
): ValidatedGraph {
  const nodes = new Map<string, GraphNode>();
  for (const draft of drafted.nodes.values()) {
    if (!Object.hasOwn(config, draft.name)) nodes.set(draft.name, asGraphNode(draft));
  }
  const given = givenNodes(nodes, drafted, config);
  const { order, cycles } = orderNodes(nodes, given);

  const problems: Problem[] = [
    ...drafted.problems,
    ...cycles.map((cycle) => cycleProblem(cycle, nodes)),
    ...renamedParameters(drafted, given),
    ...unknownConfigKeys(drafted, nodes, given, config),
  ];
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code: 'FP_INVALID_GRAPH', title: 'The graph cannot be built' });
  }

  const index = new Map(order.map((name, position) => [name, position]));
  const entries = order.map((name): GraphEntry => {
    const node = nodes.get(name) ?? given.get(name)!;
    const draft = node.kind === 'input' || node.kind === 'config' ? undefined : drafted.nodes.get(name);
    return {
      node,
      dependencies: node.dependencies.map((dependency) => index.get(dependency.node)!),
      ...(draft && { draft }),
      ...(node.kind === 'config' && { value: config[name] }),
    };
  });
  return { graph: describeGraph(entries), entries, index, leftOut: drafted.leftOut };
}

function asGraphNode(draft: NodeDraft): GraphNode {
  const dependencies: Dependency[] = draft.parameters.filter(
    ({ parameter }) => !Object.hasOwn(draft.bound, parameter),
  );
  const { name, kind, bound, tags, module, exportName, style, place, doc, type, derived } = draft;
  return { name, kind, dependencies, bound, tags, module, exportName, style, place, doc, type, derived };
}

/** Inputs and config values: whatever is needed and defined by no function. */
function givenNodes(
  nodes: ReadonlyMap<string, GraphNode>,
  drafted: DraftedGraph,
  config: Readonly<Record<string, unknown>>,
): Map<string, GraphNode> {
  const given = new Map<string, GraphNode>();
  const add = (name: string, type: string | undefined) => {
    if (nodes.has(name)) return;
    const known = given.get(name);
    if (known === undefined) {
      const kind = Object.hasOwn(config, name) ? 'config' : 'input';
      given.set(name, { name, kind, dependencies: [], bound: {}, tags: {}, type });
    } else if (known.type === undefined && type !== undefined) {
      given.set(name, { ...known, type });
    }
  };
  for (const node of nodes.values()) {
    for (const { node: name, type } of node.dependencies) add(name, type);
  }
  for (const draft of drafted.nodes.values()) {
    if (Object.hasOwn(config, draft.name)) add(draft.name, draft.type);
  }
  return given;
}

function describeGraph(entries: readonly GraphEntry[]): Graph {
  const used = new Set(entries.flatMap(({ node }) => node.dependencies.map((dependency) => dependency.node)));
  const all = entries.map(({ node }) => node);
  return {
    nodes: new Map(all.map((node) => [node.name, node])),
    leaves: all
      .filter(({ name, kind }) => kind !== 'input' && kind !== 'config' && !used.has(name))
      .map(({ name }) => name),
    inputs: all.filter(({ kind }) => kind === 'input').map(({ name }) => name),
  };
}

function cycleProblem(cycle: readonly string[], nodes: ReadonlyMap<string, GraphNode>): CoreProblem {
  return {
    code: 'FP_CYCLE',
    message:
      cycle.length === 1
        ? `The node '${cycle[0]}' needs itself.`
        : `These nodes need each other in a circle: ${[...cycle, cycle[0]].join(' needs ')}.`,
    hint: 'Rename a parameter or split a node, so that no value depends on itself.',
    places: cycle.flatMap((name) => nodes.get(name)?.place ?? []),
  };
}

/** esbuild renames a parameter that shadows a module-level name: `rawData` becomes `rawData2`. */
function renamedParameters(drafted: DraftedGraph, given: ReadonlyMap<string, GraphNode>): CoreProblem[] {
  const problems: CoreProblem[] = [];
  for (const name of drafted.readFromText) {
    const draft = drafted.nodes.get(name);
    for (const { parameter, node } of draft?.parameters ?? []) {
      const original = /^(.*\D)\d+$/.exec(parameter)?.[1];
      if (original === undefined || !given.has(node) || !drafted.nodes.has(original)) continue;
      problems.push({
        code: 'FP_RENAMED_PARAMETER',
        message: `The parameter '${parameter}' of '${name}' names no node, but '${original}' does: a bundler has renamed it.`,
        hint: `Destructure the inputs, ({ ${original} }) => …, or name them: node({ inputs: ['${original}', …] }, ${name}).`,
        places: draft?.place ? [draft.place] : [],
      });
    }
  }
  return problems;
}

function unknownConfigKeys(
  drafted: DraftedGraph,
  nodes: ReadonlyMap<string, GraphNode>,
  given: ReadonlyMap<string, GraphNode>,
  config: Readonly<Record<string, unknown>>,
): CoreProblem[] {
  const known = [...drafted.usedConfigKeys, ...given.keys(), ...nodes.keys()];
  return Object.keys(config)
    .filter((key) => !drafted.usedConfigKeys.has(key) && !given.has(key))
    .map((key) => ({
      code: 'FP_UNKNOWN_CONFIG_KEY',
      message: `The config key '${key}' is used by no node and no when… modifier.`,
      hint: didYouMean(key, known) ?? 'Remove it, or give the value as an input.',
    }));
}
