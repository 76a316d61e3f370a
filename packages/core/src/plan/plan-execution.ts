/** From a validated graph and a request to a plan, with every fault of the request reported at once. */
import type { Explain } from '../errors/fault.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import type { GraphEntry } from '../graph/graph-entry.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { ExecutionRequest } from './execution-request.js';
import type { LayOutRequest, PlanLevels, SourceOf } from './level-request.js';
import type { GraphNode } from '../model/graph.js';
import type { Plan } from './plan.js';
import type { Readers } from './readers.js';
import type { RequestFault } from './request-fault.js';
import { createPlanBuilder } from './plan-builder.js';

/** What parts do while a request is planned. */
interface PlanningParts {
  /** Lays out graphs with fan-outs; without it there are none. */
  readonly planLevels?: PlanLevels | undefined;
  readonly readers?: Readers | undefined;
  readonly explain: Explain<RequestFault>;
}

/**
 * The upstream closure of the outputs, cut at overrides and given values.
 *
 * @throws FlowerPowerError `FP_INVALID_EXECUTION` with every problem, or the code of the only one.
 */
export function planExecution(
  validated: ValidatedGraph,
  request: ExecutionRequest,
  { planLevels, readers, explain }: PlanningParts,
): Plan {
  const { entries, index, scopes } = validated;
  const overridden = new Set(request.overrides);
  const provided = new Set([...request.inputs, ...request.overrides]);
  const needed = markNeeded(validated, request.outputs, provided);
  const problems = explain(requestFaults(validated, request, needed, provided));
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code: 'FP_INVALID_EXECUTION', title: 'The execution cannot start' });
  }

  const given: number[] = [];
  const executed: number[] = [];
  for (let position = 0; position < entries.length; position++) {
    if (needed[position] === 0) continue;
    const { node } = entries[position]!;
    const isGiven = node.kind === 'input' || node.kind === 'config' || overridden.has(node.name);
    (isGiven ? given : executed).push(position);
  }
  const outputs = request.outputs.map((name) => ({ name, entry: index.get(name)! }));
  const sourceOf: SourceOf = (position) => {
    const { node, value } = entries[position]!;
    const source = overridden.has(node.name) ? 'override' : node.kind === 'config' ? 'config' : 'input';
    return { source, value };
  };
  const chosen = { entries, given, executed, outputs, sourceOf, readers };
  return scopes === undefined ? layOut(chosen) : planLevels!({ ...chosen, scopes });
}

function requestFaults(
  validated: ValidatedGraph,
  request: ExecutionRequest,
  needed: Uint8Array,
  provided: ReadonlySet<string>,
): RequestFault[] {
  const { nodes } = validated.graph;
  const faults: RequestFault[] = [];
  const add = (code: RequestFault['code'], name: string, others: readonly GraphNode[] = []) =>
    faults.push({ code, name, with: others, about: { validated, request } });
  for (const name of new Set(request.outputs)) if (!nodes.has(name)) add('FP_UNKNOWN_OUTPUT', name);
  for (const name of request.inputs) {
    const node = nodes.get(name);
    if (node?.kind === 'config') add('FP_INPUT_IN_CONFIG', name);
    else if (node?.kind !== 'input') add('FP_UNKNOWN_INPUT', name, node && [node]);
  }
  for (const name of request.overrides) if (!nodes.has(name)) add('FP_UNKNOWN_OVERRIDE', name);
  for (const [name, users] of missingInputs(validated, needed, provided))
    add('FP_MISSING_INPUT', name, [...users]);
  return faults;
}

/** With the nodes that would run and cannot do without. */
function missingInputs(
  { entries }: ValidatedGraph,
  needed: Uint8Array,
  provided: ReadonlySet<string>,
): ReadonlyMap<string, ReadonlySet<GraphNode>> {
  const missing = new Map<string, Set<GraphNode>>();
  const running = entries.filter(({ node }, position) => needed[position] === 1 && !provided.has(node.name));
  for (const { node } of running) if (node.kind === 'input') missing.set(node.name, new Set());
  if (missing.size === 0) return missing;
  for (const { node } of running) {
    for (const edge of node.dependencies) if (!edge.optional) missing.get(edge.node)?.add(node);
  }
  return missing;
}

/** One sweep against the topological order; 1 marks an entry that the outputs need. */
function markNeeded(
  { entries, index }: ValidatedGraph,
  outputs: readonly string[],
  provided: ReadonlySet<string>,
): Uint8Array {
  const needed = new Uint8Array(entries.length);
  for (const name of outputs) {
    const position = index.get(name);
    if (position !== undefined) needed[position] = 1;
  }
  for (let position = entries.length - 1; position >= 0; position--) {
    const { node, dependencies } = entries[position]!;
    if (needed[position] === 0 || provided.has(node.name)) continue;
    // Not by `entries()`, which makes a pair for every edge of the graph.
    for (let edge = 0; edge < dependencies.length; edge++) {
      const dependency = dependencies[edge]!;
      if (!isLeftOut(entries[dependency]!, node.dependencies[edge]!.optional, provided))
        needed[dependency] = 1;
    }
  }
  return needed;
}

/** An optional edge from an input that nobody gives: the function's own default applies. */
function isLeftOut(source: GraphEntry, optional: boolean, provided: ReadonlySet<string>): boolean {
  return optional && source.node.kind === 'input' && !provided.has(source.node.name);
}

function layOut({ entries, given, executed, outputs, sourceOf, readers }: LayOutRequest): Plan {
  const builder = createPlanBuilder(readers);
  const slotOf = new Int32Array(entries.length).fill(-1);
  for (const position of given) {
    const { source, value } = sourceOf(position);
    slotOf[position] = builder.addGiven(entries[position]!.node, source, value);
  }
  for (const position of executed) {
    const { dependencies } = entries[position]!;
    slotOf[position] = builder.addNode(entries[position]!, (edge) => slotOf[dependencies[edge]!]!);
  }
  return builder.build(
    outputs.map(({ name, entry }) => ({ name, slot: slotOf[entry]! })),
    executed.map((position) => entries[position]!.node),
  );
}
