import type { CoreProblem } from '../errors/catalogue.js';
import type { Place } from '../errors/flowerpower-error.js';
import type { RenamedParameter } from './renamed-parameters.js';

/** @param node - whose parameter it is. */
export function renamedProblem(
  { parameter, original }: RenamedParameter,
  node: { readonly name: string; readonly place?: Place | undefined },
): CoreProblem {
  return {
    code: 'FP_RENAMED_PARAMETER',
    message: `The parameter '${parameter}' of '${node.name}' names no node, but '${original}' does: a bundler has renamed it.`,
    hint: `Destructure the inputs, ({ ${original} }) => …, or name them: node({ inputs: ['${original}', …] }, ${node.name}).`,
    places: node.place ? [node.place] : [],
  };
}
