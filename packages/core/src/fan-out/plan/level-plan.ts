import type { GraphEntry } from '../../graph/graph-entry.js';
import type { GraphNode } from '../../model/graph.js';
import { callStyle } from '../../plan/call-shape.js';
import type { Block, Plan } from '../../plan/plan.js';
import { createPlanBuilder, type PlanBuilder } from '../../plan/plan-builder.js';
import { keyOf, type Level, type Ref } from './levels.js';
import type { Selection } from './selection.js';

/** The plan of one level while it is laid out. */
export interface LevelPlan {
  readonly level: Level;
  readonly addGiven: PlanBuilder['addGiven'];
  /** @param sources - the slot of the value that each edge takes; -1 where an optional edge is left out. */
  addNode(entry: GraphEntry, sources: readonly number[]): number;
  addBlock(block: Block, args: readonly number[]): number;
  /** A slot that no user sees: `fn` of one other slot, with values of a node. */
  addInner(fn: (value: never) => unknown, arg: number, of: GraphNode): number;
  build(outputs: Plan['outputs'], planned: readonly GraphNode[]): Plan;
  slotOf(ref: Ref): number;
  setSlot(ref: Ref, slot: number): void;
  /** The node whose value a reference is. */
  nodeOf(ref: Ref): GraphNode;
  /** Keys of the results that are streams. */
  readonly streamed: Set<string>;
}

export function createLevelPlan(selection: Selection, level: Level): LevelPlan {
  const slots = new Map<string, number>();
  const blocks = new Map<number, Block>();
  const standsFor = new Map<number, GraphNode>();
  const waitsForItems = new Set<number>();
  /** Slots that hold streams of items. */
  const streams = new Set<number>();
  const builder = createPlanBuilder(selection.readers);
  return {
    level,
    addGiven: builder.addGiven,
    addNode(entry, sources) {
      const slot = builder.addNode(entry, (edge) => sources[edge]!);
      if (sources.some((source) => streams.has(source))) waitsForItems.add(slot);
      return slot;
    },
    addBlock(block, args) {
      const slot = builder.addInner(undefined, args, callStyle.block);
      blocks.set(slot, block);
      standsFor.set(slot, block.expander);
      waitsForItems.add(slot);
      return slot;
    },
    addInner(fn, arg, of) {
      const slot = builder.addInner(fn, [arg], 1);
      standsFor.set(slot, of);
      if (blocks.get(arg)?.stream !== undefined) streams.add(slot);
      return slot;
    },
    build(outputs, planned) {
      const hasBlocks = blocks.size > 0;
      return builder.build(outputs, planned, {
        blocks: hasBlocks ? blocks : undefined,
        standsFor,
        waitsForItems: hasBlocks ? waitsForItems : undefined,
      });
    },
    slotOf: (ref) => slots.get(keyOf(ref))!,
    setSlot: (ref, slot) => void slots.set(keyOf(ref), slot),
    nodeOf: ({ entry }) => selection.entries[entry]!.node,
    streamed: new Set(),
  };
}
