/** From levels to plans: one for the run, and in it one for each fan-out. */
import type { SourceOf } from '../../plan/level-request.js';
import type { Block, Plan } from '../../plan/plan.js';
import { argumentOf, argumentsOf } from './block-arguments.js';
import { carriedAs, streamOfBlock } from './block-results.js';
import { asAsyncIterable, columnAt } from './conversions.js';
import { addArguments, addGivenValues, addSettling } from './given-values.js';
import { createLevelPlan, type LevelPlan } from './level-plan.js';
import { unitsInOrder } from './level-units.js';
import { keyOf, type Level, refOfEdge } from './levels.js';
import type { Selection } from './selection.js';

/**
 * @param outputs - the requested names and the positions of their entries.
 * @returns undefined when two fan-outs need each other's results in their first stages.
 */
export function layOutLevels(
  selection: Selection,
  root: Level,
  outputs: readonly { readonly name: string; readonly entry: number }[],
  sourceOf: SourceOf,
): Plan | undefined {
  const plan = createLevelPlan(selection, root);
  addGivenValues(selection, plan, sourceOf);
  if (!addUnits(selection, plan)) return undefined;
  const requested = outputs.map(({ name, entry }) => ({
    name,
    slot: plan.slotOf({ entry, depth: 0, form: 'plain' }),
  }));
  const planned = selection.executed.map((position) => selection.entries[position]!.node);
  return plan.build(requested, planned);
}

/** False when they go in a circle, here or in a fan-out. */
function addUnits(selection: Selection, plan: LevelPlan): boolean {
  const order = unitsInOrder(selection, plan.level);
  if (order === undefined) return false;
  addSettling(plan);
  for (const unit of order) {
    if (unit.kind === 'node') addNode(selection, plan, unit.position);
    else if (!addBlock(selection, plan, unit.block)) return false;
  }
  return true;
}

function addNode(selection: Selection, plan: LevelPlan, position: number): void {
  const entry = selection.entries[position]!;
  // All at once and before the node, because some of them are slots that are added now.
  const sources = [...entry.dependencies.keys()].map((edge) => slotOfEdge(selection, plan, position, edge));
  const slot = plan.addNode(entry, sources);
  const form = selection.isExpander(position) ? 'raw' : 'plain';
  plan.setSlot({ entry: position, depth: plan.level.depth, form }, slot);
}

function slotOfEdge(
  selection: Selection,
  { addInner, slotOf, nodeOf, streamed }: LevelPlan,
  position: number,
  edge: number,
): number {
  const ref = refOfEdge(selection, position, edge);
  if (ref === undefined) return -1;
  const { collect } = selection.entries[position]!.node.dependencies[edge]!;
  if (collect?.as !== 'asyncIterable' || streamed.has(keyOf(ref))) return slotOf(ref);
  // A stream is read once, so everyone has their own.
  return addInner(asAsyncIterable, slotOf(ref), nodeOf(ref));
}

function addBlock(selection: Selection, around: LevelPlan, level: Level): boolean {
  const block = layOutBlock(selection, around, level);
  if (block === undefined) return false;
  const { slotOf, setSlot, nodeOf } = around;
  const slot = around.addBlock(
    block,
    argumentsOf(level).map((origin) => slotOf(argumentOf(origin))),
  );
  const names = [...level.outputs.keys()];
  for (const origin of around.level.origins.values()) {
    if (origin.kind !== 'collected' || origin.block !== level) continue;
    setSlot(origin.ref, around.addInner(columnAt(names.indexOf(origin.output)), slot, nodeOf(origin.ref)));
    if (block.stream !== undefined) around.streamed.add(keyOf(origin.ref));
  }
  return true;
}

function layOutBlock(selection: Selection, around: LevelPlan, level: Level): Block | undefined {
  const inner = createLevelPlan(selection, level);
  addArguments(inner);
  if (!addUnits(selection, inner)) return undefined;
  const outputs = [...level.outputs.values()].map(({ ref }) => ({ name: '', slot: inner.slotOf(ref) }));
  const plan = inner.build(outputs, []);
  const args = argumentsOf(level);
  const expander = selection.entries[level.expander]!.node;
  return {
    plan,
    expander,
    takesItem: args[0]?.kind === 'item',
    columns: args.filter(({ kind }) => kind === 'column').map(({ ref }) => inner.nodeOf(ref).name),
    outputs: [...level.outputs].map(([name, { settled }], index) => ({
      slot: plan.outputs[index]!.slot,
      settled,
      carried: carriedAs(around.level, level, name),
    })),
    concurrency: expander.fanOut?.concurrency,
    stream: streamOfBlock(selection, around.level, level),
  };
}
