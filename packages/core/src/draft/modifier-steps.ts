/** Modifiers as data: what one of them would add to a definition. */
import {
  type DefinitionData,
  definitionKey,
  type ModifierContext,
  type ModifierStep,
  type NodeDraft,
} from '../model/definition.js';

const nothing: DefinitionData = { fn: () => undefined, kind: 'function', steps: [] };

/** The steps of a modifier such as `tag({ … })`, or undefined when it is none. Throws what the modifier throws. */
export function stepsOf(modifier: unknown): readonly ModifierStep[] | undefined {
  if (typeof modifier !== 'function') return undefined;
  const made: unknown = (modifier as (definition: object) => unknown)({ [definitionKey]: nothing });
  const isMade = typeof made === 'object' && made !== null && definitionKey in made;
  return isMade ? (made as { [definitionKey]: DefinitionData })[definitionKey].steps : undefined;
}

export function applySteps(
  steps: readonly ModifierStep[],
  nodes: readonly NodeDraft[],
  context: ModifierContext,
): readonly NodeDraft[] {
  return steps.reduce((made, step) => step.apply(made, context), nodes);
}
