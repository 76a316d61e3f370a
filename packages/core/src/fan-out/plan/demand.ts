/**
 * For which choices of branches each node of a fan-out runs. Nodes that run for different choices are taken apart,
 * so that what only a side needs that is not chosen does not run.
 */
import type { Selection } from './selection.js';

/**
 * A text that is equal for nodes of a fan-out that run under the same conditions; empty for those that always do.
 * Branches inside the fan-out make no difference, because each item chooses for itself.
 */
export type DemandOf = (position: number, expander: number) => string;

/** @param outputs - positions of the requested entries. */
export function demandOf(selection: Selection, outputs: readonly number[]): DemandOf {
  const { entries, executed } = selection;
  if (!executed.some((position) => entries[position]!.node.branch !== undefined)) return () => '';
  const byExpander = new Map<number, readonly (Conditions | undefined)[]>();
  return (position, expander) => {
    let conditions = byExpander.get(expander);
    if (conditions === undefined) {
      conditions = conditionsAround(selection, outputs, expander);
      byExpander.set(expander, conditions);
    }
    const found = conditions[position];
    return found === undefined || found === always ? '' : [...found].sort().join();
  };
}

/** The sides of branches that need a node. */
type Conditions = Set<string> | typeof always;

const always = 'always';

function conditionsAround(
  selection: Selection,
  outputs: readonly number[],
  expander: number,
): (Conditions | undefined)[] {
  const { entries, executed, scopes } = selection;
  const conditions: (Conditions | undefined)[] = [];
  for (const position of outputs) conditions[position] = always;
  // Consumers come after what they need, so each is complete when its turn comes.
  for (const position of executed.toReversed()) {
    const { dependencies, branch } = entries[position]!.node;
    const own = conditions[position]!;
    const chooses = branch !== undefined && !scopes[position]!.includes(expander);
    for (const edge of selection.edgesOf(position)) {
      const isSide = chooses && dependencies[edge]!.parameter !== branch.on;
      const source = selection.sourceOf(position, edge);
      conditions[source] = either(conditions[source], isSide ? new Set([`${position}:${edge}`]) : own);
    }
  }
  return conditions;
}

function either(one: Conditions | undefined, other: Conditions): Conditions {
  if (one === always || other === always) return always;
  return new Set([...(one ?? []), ...other]);
}
