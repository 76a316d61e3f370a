import type { NodeDraft } from '../model/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';

/**
 * esbuild renames a parameter that shadows a module-level name: `rawData` becomes `rawData2`.
 *
 * @param draft - a node whose parameters were read from compiled text.
 * @param isNode - true for the names of nodes. A digit at the end of a name that no node has without it says nothing.
 */
export function renamedParameters(
  draft: NodeDraft,
  isNode: (name: string) => boolean,
): readonly CoreProblem[] {
  return draft.parameters.flatMap(({ parameter, node }) => {
    if (parameter !== node || isNode(node)) return [];
    const original = /^(.*\D)\d+$/.exec(parameter)?.[1];
    if (original === undefined || !isNode(original)) return [];
    return {
      code: 'FP_RENAMED_PARAMETER',
      message: `The parameter '${parameter}' of '${draft.name}' names no node, but '${original}' does: a bundler has renamed it.`,
      hint: `Destructure the inputs, ({ ${original} }) => …, or name them: node({ inputs: ['${original}', …] }, ${draft.name}).`,
      places: draft.place ? [draft.place] : [],
    };
  });
}
