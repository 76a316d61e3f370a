import type { NodeDraft } from '../define/definition.js';
import type { CoreProblem } from '../errors/catalogue.js';

/**
 * esbuild renames a parameter that shadows a module-level name: `rawData` becomes `rawData2`.
 *
 * @param draft - a node whose parameters were read from compiled text.
 * @param isComputed - true for the names of nodes that can be meant.
 */
export function renamedParameters(
  draft: NodeDraft,
  isComputed: (name: string) => boolean,
): readonly CoreProblem[] {
  return draft.parameters.flatMap(({ parameter, node }) => {
    if (parameter !== node || isComputed(node)) return [];
    const original = /^(.*\D)\d+$/.exec(parameter)?.[1];
    if (original === undefined || !isComputed(original)) return [];
    return {
      code: 'FP_RENAMED_PARAMETER',
      message: `The parameter '${parameter}' of '${draft.name}' names no node, but '${original}' does: a bundler has renamed it.`,
      hint: `Destructure the inputs, ({ ${original} }) => …, or name them: node({ inputs: ['${original}', …] }, ${draft.name}).`,
      places: draft.place ? [draft.place] : [],
    };
  });
}
