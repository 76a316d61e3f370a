import { boundedList } from '../errors/name-list.js';
import { isRecord } from '../errors/option-rules.js';
import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { didYouMean } from '../errors/suggest.js';
import { parameterNames } from './bind-parameters.js';
import { groupHint, hiddenMarker } from './hidden-markers.js';
import { modifierProblem } from './modifier-problem.js';
import type { PipedEdge } from './piped-edge.js';

/** Reports every bound parameter that none of the nodes has, and bindings that are not an object. */
export function isEveryParameterKnown(
  nodes: readonly NodeDraft[],
  bindings: unknown,
  step: string,
  context: ModifierContext,
): boolean {
  const [first] = nodes;
  if (first === undefined) return true;
  if (!isRecord(bindings)) {
    const hint = "Give the parameters by name: { x: 2, y: source('node') }.";
    context.report(modifierProblem(first, step, 'the parameters to bind are not an object', hint));
    return false;
  }
  const known = [...new Set(nodes.flatMap(parameterNames))];
  return reportUnknownParameters(nodes, Object.keys(bindings), known, step, context);
}

/** Reports what would be taken for data although it was meant to be a node or a value. */
export function reportHiddenMarkers(
  [first]: readonly NodeDraft[],
  bindings: Readonly<Record<string, unknown>>,
  step: string,
  context: ModifierContext,
): void {
  for (const [parameter, binding] of Object.entries(bindings)) {
    const at = hiddenMarker(binding, parameter);
    if (at === undefined || first === undefined) continue;
    const message = `${at} is a source, value or group inside a plain value, where it would be data`;
    context.report(modifierProblem(first, step, message, groupHint));
  }
}

/** @returns true when every wanted parameter is known. */
export function reportUnknownParameters(
  nodes: readonly NodeDraft[],
  wanted: readonly string[],
  known: readonly string[],
  step: string,
  context: ModifierContext,
): boolean {
  const unknown = wanted.filter((parameter) => !known.includes(parameter));
  for (const parameter of unknown) {
    const isTaken = isPiped(nodes, parameter);
    const message = isTaken
      ? `the parameter '${parameter}' takes another value already`
      : `there is no parameter '${parameter}'`;
    const hint = isTaken
      ? `Write ${step} before the modifier that changes '${parameter}' on its way.`
      : (didYouMean(parameter, known) ?? `Its parameters are: ${boundedList(known) || 'none'}.`);
    context.report(modifierProblem(nodes[0]!, step, message, hint));
  }
  return unknown.length === 0;
}

/** True for a parameter that the function has, but that can no longer be bound. */
function isPiped(nodes: readonly NodeDraft[], parameter: string): boolean {
  return nodes.some(({ parameters }) => parameters.some((edge: PipedEdge) => edge.pipedAs === parameter));
}
