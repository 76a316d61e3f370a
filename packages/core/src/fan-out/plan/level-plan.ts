import type { GraphNode } from '../../model/graph.js';
import { createPlanBuilder, type PlanBuilder } from '../../plan/plan-builder.js';
import { keyOf, type Level, type Ref } from './levels.js';
import type { Selection } from './selection.js';

/** The plan of one level while it is laid out. */
export interface LevelPlan {
  readonly level: Level;
  readonly builder: PlanBuilder;
  slotOf(ref: Ref): number;
  setSlot(ref: Ref, slot: number): void;
  /** The node whose value a reference is. */
  nodeOf(ref: Ref): GraphNode;
  /** Keys of the results that are streams. */
  readonly streamed: Set<string>;
}

export function createLevelPlan(selection: Selection, level: Level): LevelPlan {
  const slots = new Map<string, number>();
  return {
    level,
    builder: createPlanBuilder(),
    slotOf: (ref) => slots.get(keyOf(ref))!,
    setSlot: (ref, slot) => void slots.set(keyOf(ref), slot),
    nodeOf: ({ entry }) => selection.entries[entry]!.node,
    streamed: new Set(),
  };
}
