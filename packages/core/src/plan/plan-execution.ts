/** From a validated graph and a request to a plan, with every fault of the request reported at once. */
import { boundedList, maxNames, nameList } from '../errors/name-list.js';
import type { CoreProblem } from '../errors/catalogue.js';
import { errorFromProblems } from '../errors/flowerpower-error.js';
import { createSuggester } from '../errors/suggest.js';
import type { GraphEntry } from '../graph/graph-entry.js';
import type { ValidatedGraph } from '../graph/validate-graph.js';
import type { ExecutionRequest } from './execution-request.js';
import type { PlanLevels, SourceOf } from './level-request.js';
import type { GraphNode } from '../model/graph.js';
import type { Plan } from './plan.js';
import { createPlanBuilder } from './plan-builder.js';

/**
 * The upstream closure of the outputs, cut at overrides and given values.
 *
 * @param planLevels - lays out graphs with fan-outs; without it there are none.
 * @throws FlowerPowerError `FP_INVALID_EXECUTION` with every problem, or the code of the only one.
 */
export function planExecution(
  validated: ValidatedGraph,
  request: ExecutionRequest,
  planLevels?: PlanLevels,
): Plan {
  const { entries } = validated;
  const problems = requestProblems(validated, request);
  const overridden = new Set(request.overrides);
  const provided = new Set([...request.inputs, ...request.overrides]);
  const needed = markNeeded(validated, request.outputs, provided);
  problems.push(...missingInputs(validated, request, needed, provided));
  if (problems.length > 0) {
    throw errorFromProblems(problems, { code: 'FP_INVALID_EXECUTION', title: 'The execution cannot start' });
  }

  const givenEntries: number[] = [];
  const executed: number[] = [];
  for (let index = 0; index < entries.length; index++) {
    if (needed[index] === 0) continue;
    const { node } = entries[index]!;
    const isGiven = node.kind === 'input' || node.kind === 'config' || overridden.has(node.name);
    (isGiven ? givenEntries : executed).push(index);
  }
  return layOut(validated, request, { overridden, givenEntries, executed }, planLevels);
}

function requestProblems(validated: ValidatedGraph, request: ExecutionRequest): CoreProblem[] {
  const { graph, entries, index } = validated;
  const kindOf = (name: string) => {
    const position = index.get(name);
    return position === undefined ? undefined : entries[position]!.node.kind;
  };
  const problems: CoreProblem[] = [];
  const nodeLike = createSuggester(() => graph.nodes.keys());
  const inputLike = createSuggester(() => graph.inputs);
  for (const name of new Set(request.outputs)) {
    if (index.has(name)) continue;
    problems.push({
      code: 'FP_UNKNOWN_OUTPUT',
      message: `There is no node '${name}' to output.`,
      hint: leftOutHint(validated, name) ?? nodeLike(name) ?? listNames('Nodes', graph.nodes.keys()),
    });
  }
  for (const name of request.inputs) {
    const kind = kindOf(name);
    if (kind === 'input') continue;
    if (kind === 'config') {
      problems.push({
        code: 'FP_INPUT_IN_CONFIG',
        message: `'${name}' is given both as an input and by the configuration.`,
        hint: 'Give it in one place: configuration is fixed when the graph is built, inputs at each run.',
      });
    } else if (kind === undefined) {
      problems.push({
        code: 'FP_UNKNOWN_INPUT',
        message: `No node takes the input '${name}'.`,
        hint: inputLike(name) ?? listNames('Inputs', graph.inputs),
      });
    } else {
      const place = entries[index.get(name)!]!.node.place;
      problems.push({
        code: 'FP_UNKNOWN_INPUT',
        message: `'${name}' is computed by a node, so it cannot be an input.`,
        hint: `To replace the node by a value, give it in overrides.`,
        places: place ? [place] : [],
      });
    }
  }
  for (const name of request.overrides) {
    if (kindOf(name) !== undefined) continue;
    problems.push({
      code: 'FP_UNKNOWN_OVERRIDE',
      message: `There is no node '${name}' to override.`,
      hint: nodeLike(name) ?? listNames('Nodes', graph.nodes.keys()),
    });
  }
  return problems;
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
    for (const [edge, dependency] of dependencies.entries()) {
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

function missingInputs(
  validated: ValidatedGraph,
  request: ExecutionRequest,
  needed: Uint8Array,
  provided: ReadonlySet<string>,
): CoreProblem[] {
  const { entries, graph } = validated;
  const problems: CoreProblem[] = [];
  const nameLike = createSuggester(() => [...graph.nodes.keys(), ...request.inputs]);
  let allUsers: ReadonlyMap<string, readonly GraphNode[]> | undefined;
  for (const [position, { node }] of entries.entries()) {
    if (needed[position] === 0 || node.kind !== 'input' || provided.has(node.name)) continue;
    allUsers ??= usersOfInputs(entries, needed, provided);
    const users = allUsers.get(node.name) ?? [];
    const names = nameList(users.map((user) => user.name));
    problems.push({
      code: 'FP_MISSING_INPUT',
      message: `The input '${node.name}' was not given${names === '' ? '' : `; needed by ${names}`}.`,
      hint:
        leftOutHint(validated, node.name) ??
        nameLike(node.name) ??
        'Give it in inputs, or define a node of that name.',
      places: users.slice(0, maxNames).flatMap(({ place }) => place ?? []),
    });
  }
  return problems;
}

/** By the name of what they need, the nodes that would run and cannot do without. */
function usersOfInputs(
  entries: readonly GraphEntry[],
  needed: Uint8Array,
  provided: ReadonlySet<string>,
): ReadonlyMap<string, readonly GraphNode[]> {
  const users = new Map<string, GraphNode[]>();
  for (const [position, { node }] of entries.entries()) {
    if (needed[position] === 0 || provided.has(node.name)) continue;
    for (const name of new Set(node.dependencies.flatMap((edge) => (edge.optional ? [] : edge.node)))) {
      const found = users.get(name);
      if (found === undefined) users.set(name, [node]);
      else found.push(node);
    }
  }
  return users;
}

function leftOutHint({ leftOut }: ValidatedGraph, name: string): string | undefined {
  const conditions = leftOut.get(name);
  if (conditions === undefined) return undefined;
  return `Variants of '${name}' exist, but the configuration fits none of them: ${boundedList(conditions)}.`;
}

function listNames(title: string, names: Iterable<string>): string {
  return `${title}: ${boundedList(names) || 'none'}.`;
}

/** The entries of an execution, in topological order. */
interface Chosen {
  readonly overridden: ReadonlySet<string>;
  readonly givenEntries: readonly number[];
  readonly executed: readonly number[];
}

function layOut(
  { entries, index, scopes }: ValidatedGraph,
  request: ExecutionRequest,
  { overridden, givenEntries, executed }: Chosen,
  planLevels: PlanLevels | undefined,
): Plan {
  const sourceOf = (position: number) => {
    const { node, value } = entries[position]!;
    const source = overridden.has(node.name) ? 'override' : node.kind === 'config' ? 'config' : 'input';
    return { source, value } as const;
  };
  const outputs = request.outputs.map((name) => ({ name, entry: index.get(name)! }));
  if (scopes === undefined) return layOutFlat(entries, outputs, sourceOf, givenEntries, executed);
  const present = new Set([...givenEntries, ...executed]);
  const given = new Set(givenEntries);
  return planLevels!({
    entries,
    scopes,
    executed,
    outputs,
    isGiven: (position) => given.has(position),
    isLeftOut: (position, edge) => {
      const { node, dependencies } = entries[position]!;
      return node.dependencies[edge]!.optional && !present.has(dependencies[edge]!);
    },
    sourceOf,
  });
}

function layOutFlat(
  entries: readonly GraphEntry[],
  outputs: readonly { readonly name: string; readonly entry: number }[],
  sourceOf: SourceOf,
  givenEntries: readonly number[],
  executed: readonly number[],
): Plan {
  const builder = createPlanBuilder();
  const slotOf = new Int32Array(entries.length).fill(-1);
  for (const position of givenEntries) {
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
