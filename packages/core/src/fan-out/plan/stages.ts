/**
 * In how many rounds a fan-out is gone through. Usually one: each item passes through all nodes. A node that
 * needs what was collected from all items, as in `share = weight / total`, belongs to a later round.
 */
import type { Selection } from './selection.js';

/** The round of an entry inside the fan-out of an expander that it is inside of, counted from 0. */
export type StageOf = (entry: number, expander: number) => number;

/**
 * As few rounds as possible: one more for each way that leads out of the fan-out and back into it.
 */
export function fewestStages(selection: Selection): StageOf {
  const earliest: (ReadonlyMap<number, number> | undefined)[] = [];
  const stageOf: StageOf = (entry, expander) => earliest[entry]?.get(expander) ?? 0;
  for (const entry of selection.executed) {
    const stages = new Map<number, number>();
    const atLeast = (expander: number, stage: number) => {
      if (stage > (stages.get(expander) ?? 0)) stages.set(expander, stage);
    };
    for (const edge of selection.edgesOf(entry)) {
      const source = selection.sourceOf(entry, edge);
      for (const [expander, stage] of earliest[source] ?? []) atLeast(expander, stage);
      const left = selection.leftBehind(entry, edge);
      if (left !== undefined) atLeast(left, stageOf(source, left) + 1);
    }
    earliest[entry] = stages;
  }
  return stageOf;
}

/**
 * One count for all fan-outs, which rises whenever a way leads out of one. Never circular between fan-outs that
 * use each other's results, at the price of more rounds than some of them need.
 */
export function commonStages(selection: Selection): StageOf {
  const stages: number[] = [];
  for (const entry of selection.executed) {
    let stage = 0;
    for (const edge of selection.edgesOf(entry)) {
      const leaves = selection.leftBehind(entry, edge) === undefined ? 0 : 1;
      stage = Math.max(stage, (stages[selection.sourceOf(entry, edge)] ?? 0) + leaves);
    }
    stages[entry] = stage;
  }
  return (entry) => stages[entry] ?? 0;
}
