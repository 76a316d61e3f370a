import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { didYouMean } from '../errors/suggest.js';
import { parameterNames } from './bind-parameters.js';
import { modifierProblem } from './modifier-problem.js';

/** Reports every bound parameter that none of the nodes has, and bindings that are no object. */
export function isEveryParameterKnown(
  nodes: readonly NodeDraft[],
  bindings: unknown,
  step: string,
  context: ModifierContext,
): boolean {
  const [first] = nodes;
  if (first === undefined) return true;
  if (typeof bindings !== 'object' || bindings === null) {
    const hint = "Give the parameters by name: { x: 2, y: source('node') }.";
    context.report(modifierProblem(first, step, 'the parameters to bind are no object', hint));
    return false;
  }
  const known = [...new Set(nodes.flatMap(parameterNames))];
  const unknown = Object.keys(bindings).filter((parameter) => !known.includes(parameter));
  for (const parameter of unknown) {
    const hint = didYouMean(parameter, known) ?? `Its parameters are: ${known.join(', ') || 'none'}.`;
    context.report(modifierProblem(first, step, `there is no parameter '${parameter}'`, hint));
  }
  return unknown.length === 0;
}
