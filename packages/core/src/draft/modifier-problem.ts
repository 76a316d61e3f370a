import type { NodeDraft } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';

/** A problem of one modifier of one export, with the place of the export. */
export function modifierProblem(
  node: NodeDraft,
  step: string,
  message: string,
  hint: string | undefined,
): CoreProblem {
  return {
    code: 'FP_BAD_MODIFIER',
    message: `${step} of '${node.exportName}' in ${node.module}: ${message}.`,
    hint,
    places: node.place ? [node.place] : [],
  };
}
