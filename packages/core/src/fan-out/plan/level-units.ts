/** What a level does, in the order in which it does it. */
import { orderNodes } from '../../graph/order-nodes.js';
import { argumentOf, argumentsOf } from './block-arguments.js';
import { keyOf, type Level, type Ref, refOfEdge } from './levels.js';
import type { Selection } from './selection.js';

/** Something that a level does in one go: a node, or a whole fan-out. */
type Unit =
  | { readonly kind: 'node'; readonly position: number }
  | { readonly kind: 'block'; readonly position: number; readonly block: Level };

/** What comes first needs nothing of what comes after it. Undefined when they go in a circle. */
export function unitsInOrder(selection: Selection, level: Level): Unit[] | undefined {
  const units: Unit[] = level.entries.map((position) => ({ kind: 'node', position }));
  for (const block of level.blocks.values()) units.push({ kind: 'block', position: block.expander, block });
  units.sort((a, b) => a.position - b.position);
  const indexOfNode = new Map<number, number>();
  const indexOfBlock = new Map<Level, number>();
  for (const [index, unit] of units.entries()) {
    if (unit.kind === 'node') indexOfNode.set(unit.position, index);
    else indexOfBlock.set(unit.block, index);
  }
  const start = new Int32Array(units.length + 1);
  const targets: number[] = [];
  for (const [index, unit] of units.entries()) {
    for (const ref of refsOf(selection, unit)) {
      const origin = level.origins.get(keyOf(ref))!;
      if (origin.kind === 'node') targets.push(indexOfNode.get(ref.entry)!);
      if (origin.kind === 'collected') targets.push(indexOfBlock.get(origin.block)!);
    }
    start[index + 1] = targets.length;
  }
  const { order, cycles } = orderNodes({ start, targets: Int32Array.from(targets) });
  return cycles.length > 0 ? undefined : Array.from(order, (index) => units[index]!);
}

function refsOf(selection: Selection, unit: Unit): Ref[] {
  if (unit.kind === 'block') return argumentsOf(unit.block).map(argumentOf);
  const edges = [...selection.entries[unit.position]!.dependencies.keys()];
  return edges.map((edge) => refOfEdge(selection, unit.position, edge)).filter((ref) => ref !== undefined);
}
