import type { ModifierContext, NodeDraft } from '../model/definition.js';
import { modifierProblem } from './modifier-problem.js';

/**
 * Reports that a modifier which works on the whole list was written after `parallelizable`.
 *
 * @returns true when there was something to report.
 */
export function reportFannedOut(
  targets: readonly NodeDraft[],
  step: string,
  context: ModifierContext,
): boolean {
  const [fannedOut] = targets.filter(({ fanOut }) => fanOut !== undefined);
  if (fannedOut === undefined) return false;
  const message = `'${fannedOut.name}' is taken item by item already`;
  const hint = `Write ${step} before parallelizable, where it meets the whole list.`;
  context.report(modifierProblem(fannedOut, step, message, hint));
  return true;
}
