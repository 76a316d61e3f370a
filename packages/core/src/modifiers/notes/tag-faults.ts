import { modifierProblem } from '../../draft/modifier-problem.js';
import type { CoreProblem } from '../../errors/catalogue.js';
import { isRecord } from '../../errors/option-rules.js';
import { shapeOf } from '../../errors/shape-of.js';
import type { NodeDraft } from '../../model/definition.js';

/** What types refuse in tags, for those who write JavaScript. */
export function tagFaults(node: NodeDraft, step: string, tags: unknown): readonly CoreProblem[] {
  const hint = `Write ${step === 'tag' ? "tag({ owner: 'growth' })" : "tagOutputs({ node: { owner: 'growth' } })"}.`;
  if (!isRecord(tags)) {
    return [modifierProblem(node, step, `the tags must be an object, not ${shapeOf(tags)}`, hint)];
  }
  return Object.entries(tags).flatMap(([key, value]) => {
    if (key === '') return modifierProblem(node, step, 'a tag has an empty name', hint);
    if (typeof value === 'string' || isListOfTexts(value)) return [];
    const message = `the tag '${key}' must be a text or a list of texts, not ${shapeOf(value)}`;
    return modifierProblem(node, step, message, hint);
  });
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
