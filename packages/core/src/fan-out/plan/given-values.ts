/** What a level has before anything runs in it. */
import type { SourceOf } from '../../plan/level-request.js';
import { argumentsOf } from './block-arguments.js';
import { asSettled, listFor } from './conversions.js';
import type { LevelPlan } from './level-plan.js';
import type { Selection } from './selection.js';

/** Inside a fan-out: the items, the columns, and values from around it. */
export function addArguments({ level, addGiven, setSlot, nodeOf }: LevelPlan): void {
  for (const { ref, kind } of argumentsOf(level))
    setSlot(ref, addGiven(nodeOf(ref), kind === 'capture' ? 'captured' : 'item', undefined));
}

/** Of the run itself: inputs, config values and overrides. */
export function addGivenValues(selection: Selection, plan: LevelPlan, sourceOf: SourceOf): void {
  const { level, slotOf, setSlot, nodeOf } = plan;
  const given = [...level.origins.values()].filter(({ kind }) => kind === 'given');
  for (const { ref } of given.toSorted((a, b) => a.ref.entry - b.ref.entry)) {
    const { source, value } = sourceOf(ref.entry);
    setSlot(ref, plan.addGiven(nodeOf(ref), source, value));
  }
  for (const { ref } of given) {
    if (selection.isExpander(ref.entry) || selection.scopes[ref.entry]!.length === 0) continue;
    const node = nodeOf(ref);
    setSlot(ref, plan.addInner(listFor(node.name), slotOf(ref), node));
  }
}

/** Given lists that are taken as if each of their values had been computed. */
export function addSettling({ level, addInner, slotOf, setSlot, nodeOf }: LevelPlan): void {
  for (const origin of level.origins.values()) {
    if (origin.kind !== 'settling') continue;
    setSlot(origin.ref, addInner(asSettled, slotOf(origin.from), nodeOf(origin.ref)));
  }
}
