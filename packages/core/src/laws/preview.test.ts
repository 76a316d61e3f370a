/** C51: what a preview says of each node is what the run that follows does. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CacheInspection, createPreview, memoryCacheStore, type NodePreview } from '../index.js';
import { buildModule, configOf } from './__fixtures__/build-modules.js';
import { interpret } from './__fixtures__/interpret.js';
import type { RandomGraph, RandomNode } from './__fixtures__/random-graph.js';
import { driverOf, inputsOf, replaced, requests } from './__fixtures__/run-graph.js';

interface Change {
  /** Inputs with other values than before. */
  readonly inputs: boolean;
  /** Of the nodes, by their position: those whose code is another one, and those whose values are given. */
  readonly code: readonly number[];
  readonly overrides: readonly number[];
  readonly disable: readonly number[];
  readonly ignore: readonly number[];
  readonly recompute: readonly number[];
  readonly outputs: readonly number[];
  readonly before: readonly number[];
  readonly isCold: boolean;
}

const some = (maxLength: number) => fc.uniqueArray(fc.nat({ max: 40 }), { maxLength });
const changes: fc.Arbitrary<Change> = fc.record({
  inputs: fc.boolean(),
  code: some(2),
  overrides: some(2),
  disable: some(2),
  ignore: some(2),
  recompute: some(2),
  outputs: fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 4 }),
  before: fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 6 }),
  isCold: fc.boolean(),
});

function names(graph: RandomGraph, positions: readonly number[]): string[] {
  return [...new Set(positions.map((position) => graph.nodes[position % graph.nodes.length]!.name))];
}

function inspectionOf(driver: object): CacheInspection {
  return (driver as { readonly cache: CacheInspection }).cache;
}

/** What the run did, in the words of a preview. */
type Deed = 'run' | 'cached' | 'skip';

const seen = new Map<string, number>();

async function judge(graph: RandomGraph, change: Change): Promise<void> {
  const store = memoryCacheStore();
  const lists = {
    disable: names(graph, change.disable),
    ignore: names(graph, change.ignore).filter((name) => !names(graph, change.disable).includes(name)),
    recompute: names(graph, change.recompute).filter(
      (name) => !names(graph, [...change.disable, ...change.ignore]).includes(name),
    ),
  };
  const cache = { store, ...lists };
  const first = driverOf(graph, { cache: { store } });
  if (!change.isCold) await first.execute(names(graph, change.before) as never, { inputs: inputsOf(graph) });

  const options = { constants: constantsOf(graph, names(graph, change.code)) };
  const inputs: Record<string, unknown> = inputsOf(graph);
  for (const name of change.inputs ? Object.keys(inputs) : []) inputs[name] = 'another one';
  const overrides = Object.fromEntries(
    names(graph, change.overrides).map((name) => [name, replaced(interpret(graph).output(name), 'fixed')]),
  );
  const outputs = names(graph, change.outputs);
  const preview = createPreview({
    modules: [buildModule(graph, options)],
    config: configOf(graph),
    cache,
    lastKeys: inspectionOf(first).lastKeys(),
  });
  const request = { inputs, overrides };
  const entries = store.size().entries;
  const { nodes, values } = await preview(outputs, request);
  expect(store.size().entries).toBe(entries);

  const second = driverOf(graph, { cache, ...options });
  const { outputs: made, status } = await second.run(outputs as never, request);
  // A list that does not fit a fan-out is an error, which no preview foretells.
  if (status !== 'success') return;
  expect(made).toMatchObject(values);
  const records = new Map(
    inspectionOf(second)
      .explain()
      .map((record) => [record.node, record]),
  );
  const planned = second.plan(outputs, request).nodes;
  expect(nodes.map(({ node }) => node)).toEqual(planned);
  const said = nodes.flatMap((one) => {
    const { node, action } = one;
    const record = records.get(node);
    const isBranch = graph.nodes.find(({ name }) => name === node)?.kind === 'branch';
    const deed: Deed = record === undefined ? 'skip' : record.outcome === 'hit' ? 'cached' : 'run';
    seen.set(`${action} ${deed}`, (seen.get(`${action} ${deed}`) ?? 0) + 1);
    // Nothing is kept of a branch, so nothing is recorded of it.
    if (isBranch && deed === 'skip') return [];
    return isTrue(one, deed, nodes) ? [] : [{ node, action, deed, text: record?.text }];
  });
  expect(said).toEqual([]);
}

function isTrue(
  { action, until = [], each, items }: NodePreview,
  deed: Deed,
  nodes: readonly NodePreview[],
): boolean {
  // What is not known waits for something that surely runs.
  if (action === 'unknown')
    return (
      until.length > 0 &&
      until.every((name) => nodes.some((one) => one.node === name && one.action === 'run'))
    );
  // Once for each of the items, of which there may be none.
  const runsPerItem = action === 'run' && each !== undefined && items === undefined;
  return action === deed || (runsPerItem && deed !== 'cached');
}

/** Instead of what they would compute, nodes give the same by other code. */
function constantsOf(graph: RandomGraph, changed: readonly string[]): Record<string, unknown> {
  const interpretation = interpret(graph);
  const isWanted = ({ name, kind, scope, edges, hasVariants }: RandomNode) =>
    changed.includes(name) &&
    !hasVariants &&
    kind === 'plain' &&
    scope.length === 0 &&
    edges.every(({ from }) => !graph.inputs.includes(from));
  return Object.fromEntries(
    graph.nodes.filter(isWanted).map(({ name }) => [name, interpretation.output(name)]),
  );
}

test('C51: a preview foretells what the run does with each node', async () => {
  await fc.assert(
    fc.asyncProperty(requests(), changes, ({ graph }, change) => judge(graph, change)),
    { numRuns: 200 },
  );
  for (const each of [
    'run run',
    'cached cached',
    'skip skip',
    'unknown run',
    'unknown cached',
    'unknown skip',
  ])
    expect(seen.get(each), each).toBeGreaterThan(1);
});

test('nothing of a module is called', async () => {
  const calls: string[] = [];
  await fc.assert(
    fc.asyncProperty(requests(), async ({ graph, outputs }) => {
      const module = buildModule(graph, { onCall: ({ name }) => void calls.push(name) });
      const preview = createPreview({ modules: [module], config: configOf(graph) });
      const { nodes } = await preview(outputs, { inputs: inputsOf(graph) });
      expect(nodes.map(({ node }) => node)).toEqual(
        driverOf(graph).plan(outputs, { inputs: inputsOf(graph) }).nodes,
      );
    }),
    { numRuns: 100 },
  );
  expect(calls).toEqual([]);
});
