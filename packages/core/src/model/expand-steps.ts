import type { ModifierContext, NodeDraft } from './definition.js';

/** What the modifiers of an export make of its node. */
export function expandSteps(node: NodeDraft, context: ModifierContext): readonly NodeDraft[] {
  const { origin, codeVersion } = node;
  return origin!.steps
    .reduce<readonly NodeDraft[]>((nodes, step) => step.apply(nodes, context), [node])
    .map((made) =>
      // What a modifier drafts of other modules has an origin of its own.
      made.codeVersion === codeVersion && made.origin !== undefined
        ? made
        : { ...made, origin: made.origin ?? origin, codeVersion: made.codeVersion ?? codeVersion },
    );
}
