/** Random graphs on the engine: through a driver, or part by part where a law needs what no driver offers. */
import { briefly } from '../../errors/fault.js';
import fc from 'fast-check';
import { createDriver, type DriverOptions } from '../../index.js';
import { draftGraph } from '../../graph/draft-graph.js';
import { branchPart } from '../../branch/branch-part.js';
import { readOncePart } from '../../read-once/read-once-part.js';
import { fanOutPart } from '../../fan-out/fan-out-part.js';
import { validateGraph } from '../../graph/validate-graph.js';
import { planExecution } from '../../plan/plan-execution.js';
import { CallTable } from '../../run/call-table.js';
import { executePlan } from '../../run/execute-plan.js';
import type { RunOptions } from '../../run/run-options.js';
import { buildModule, type BuildOptions, configOf } from './build-modules.js';
import type { Interpretation } from './interpret.js';
import { itemScope, randomGraphs, type GraphOptions, type RandomGraph } from './random-graph.js';
import { Failure } from './values.js';

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export interface Request {
  readonly graph: RandomGraph;
  readonly outputs: readonly string[];
}

/** Graphs with some of their nodes asked for. */
export function requests(options: GraphOptions = {}): fc.Arbitrary<Request> {
  return randomGraphs(options).chain((graph) =>
    fc.record({
      graph: fc.constant(graph),
      outputs: fc.uniqueArray(fc.constantFrom(...graph.nodes.map(({ name }) => name)), { minLength: 1 }),
    }),
  );
}

export const concurrencies = fc.constantFrom(1, 2, 16, undefined);

export function driverOf(
  graph: RandomGraph,
  options: BuildOptions & Pick<DriverOptions<readonly object[]>, 'adapters' | 'cache'> = {},
) {
  const { adapters = [], cache } = options;
  return createDriver<readonly object[]>({
    modules: [buildModule(graph, options)],
    config: configOf(graph),
    log: quiet,
    adapters,
    ...(cache === undefined ? {} : { cache: cache as never }),
  });
}

export function inputsOf({ nodes, given }: RandomGraph): Record<string, string> {
  const used = new Set(nodes.flatMap(({ edges }) => edges.map(({ from }) => from)));
  return Object.fromEntries(Object.entries(given).filter(([name]) => used.has(name)));
}

/** What the reference says that a successful run gives. */
export function expectedOf(reference: Interpretation, outputs: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(outputs.map((name) => [name, reference.output(name)]));
}

export function hasFailure(expected: Readonly<Record<string, unknown>>): boolean {
  return Object.values(expected).some((value) => value instanceof Failure);
}

const fanOut = fanOutPart().fanOut!;
const { branches } = branchPart();
const { readers } = readOncePart();
const parts = { ...fanOut, branches, readers, explain: briefly };

/** Runs with the scheduler choosing among the nodes that are ready as `pick` says. */
export async function runShuffled(
  { graph, outputs }: Request,
  pick: (count: number) => number,
  options: BuildOptions & Partial<RunOptions> = {},
) {
  const config = configOf(graph);
  const modules = [buildModule(graph, options)];
  const validated = validateGraph(
    draftGraph({ modules, config, allowModuleOverrides: false, hasPart: () => true, explain: briefly }),
    config,
    parts,
  );
  const inputs = inputsOf(graph);
  const request = { outputs, inputs: Object.keys(inputs), overrides: [] };
  const plan = planExecution(validated, request, parts);
  const given = plan.sources.map((source, slot) =>
    source === 'input' ? inputs[plan.nodes[slot]!.name] : plan.configValues[slot],
  );
  return await executePlan(new CallTable(plan), {
    given,
    graph: validated.graph,
    log: quiet,
    maxConcurrency: Number.POSITIVE_INFINITY,
    // Then even synchronous nodes are scheduled.
    onError: 'continue',
    signal: undefined,
    runId: undefined,
    attempt: 1,
    isSynchronous: false,
    beginFanOuts: fanOut.beginFanOuts,
    readers,
    branches,
    ...options,
    order(ready, from) {
      const at = from + pick(ready.length - from);
      [ready[from], ready[at]] = [ready[at]!, ready[from]!];
    },
  });
}

/** The value of a node with every text in it replaced, as an override of the node takes it. */
export function replaced(value: unknown, by: string): unknown {
  return Array.isArray(value) ? value.map((one, index) => replaced(one, `${by}.${index}`)) : by;
}

/** Whether the node is inside a fan-out, or anything that it needs is. */
export function usesFanOut({ nodes }: RandomGraph, name: string): boolean {
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) return false;
  return (
    itemScope(node).length > 0 || node.edges.some(({ from }) => usesFanOut({ nodes } as RandomGraph, from))
  );
}
