/**
 * Every two modifiers, in both orders: the same graph, or a difference that docs/reference/modifiers.md tells, or a
 * graph that is not built.
 */
import { expect, test } from 'vitest';
import {
  checkOutput,
  createDriver,
  dataLoader,
  type Driver,
  type FlowerPowerError,
  type GraphNode,
  type NodeTask,
  node,
  notNull,
  parallelizable,
  when,
} from '../index.js';
import { given, modifiers, type Row } from './__fixtures__/all-modifiers.js';
import { quiet } from './__fixtures__/run-graph.js';

/** Pairs whose values differ with the order, as the reference says. */
function mayDiffer(one: string, other: string): boolean {
  const kinds = [modifiers[one]![0], modifiers[other]![0]];
  if (kinds.every((kind) => kind === 'outcome') || kinds.every((kind) => kind === 'binding')) return true;
  // What comes first is the value that the other one changes.
  return one === 'pipeInput' && other === 'withColumns';
}

interface Look {
  readonly refused?: string;
  readonly values: string;
  readonly notes: string;
}

const untyped: (...args: never[]) => object = node;
const base = ({ rows, scale = 1 }: { rows: Row[]; scale?: number }) =>
  rows.map(({ a, b }) => ({ a: a * scale, b }));

/** Every node of the graph with its value, and what is said of it. */
async function look(...names: string[]): Promise<Look> {
  const steps = names.map((name) => modifiers[name]![1]());
  const modules = [
    { x: untyped(...([base, ...steps] as never[])) },
    { usesOn: node(() => 0, when({ on: true })) },
  ];
  const executors = { here: { execute: ({ call }: NodeTask) => call() } };
  let driver: Driver<Record<string, unknown>, object>;
  try {
    const options = { modules, config: { on: true }, executors, log: quiet };
    driver = createDriver(options as never);
  } catch (error) {
    return { refused: (error as FlowerPowerError).code, values: '', notes: '' };
  }
  const { graph } = driver;
  const made = [...graph.nodes.values()].filter(({ kind }) => kind !== 'input' && kind !== 'config');
  const lines: string[] = [];
  const notes: string[] = [];
  for (const one of made.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inputs = Object.fromEntries(Object.entries(given).filter(([name]) => graph.inputs.includes(name)));
    const { status, outputs } = await driver.run([one.name], { inputs });
    lines.push(`${one.name} ${status === 'success' ? JSON.stringify(outputs[one.name]) : status}`);
    notes.push(`${one.name} ${notesOf(one)}`);
  }
  return { values: lines.join('\n'), notes: notes.join('\n') };
}

function notesOf({ tags, kind, fanOut, cache: behavior, executor }: GraphNode): string {
  const sorted = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([sorted, kind, fanOut, behavior, executor]);
}

const names = Object.keys(modifiers);
const pairs = names.flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const));

/** Orders that are not built; collecting is refused everywhere, because nothing here is fanned out around the node. */
const refused = [
  // What works on the whole list comes before it is taken item by item.
  'parallelizable, checkOutput',
  'parallelizable, checkToFail',
  'parallelizable, dataLoader',
  // Several values would be saved to one place.
  'unpackFields, saveTo',
  'saveTo, parameterize',
  'parameterize, saveTo',
  // The parameter takes the table with its new columns already.
  'withColumns, inject',
  'withColumns, loadFrom',
  // There is more than one node to copy, or none of the name.
  'parameterize, parameterizeOne',
  'parameterize, tagOutputs',
  'parameterizeOne, tagOutputs',
];

test.each(pairs)('%s and %s', async (one, other) => {
  const first = await look(one, other);
  const second = await look(other, one);
  const both = [one, other];
  const isCollecting = both.includes('collect') && !both.includes('exclude');
  expect(first.refused !== undefined).toBe(isCollecting || refused.includes(`${one}, ${other}`));
  expect(second.refused !== undefined).toBe(isCollecting || refused.includes(`${other}, ${one}`));
  if (first.refused !== undefined || second.refused !== undefined || mayDiffer(one, other)) return;
  expect(first.values).toBe(second.values);
  // What is said of nodes that only the other one makes depends on which comes first.
  const isNoted = [one, other].some((name) => modifiers[name]![0] === 'note');
  if (!isNoted) expect(first.notes).toBe(second.notes);
});

test('what works on the whole list and comes too late says where it belongs', () => {
  for (const late of [checkOutput(notNull()), dataLoader()]) {
    const build = () =>
      createDriver({
        modules: [{ x: untyped(...([() => [[1, 2], [3]], parallelizable(), late] as never[])) }],
      });
    expect(build).toThrow(
      expect.objectContaining({
        code: 'FP_BAD_MODIFIER',
        hint: expect.stringContaining('before parallelizable'),
      }),
    );
  }
});
